"""The same engine in a made-up world: virtual time, faults, outages, correlated errors."""

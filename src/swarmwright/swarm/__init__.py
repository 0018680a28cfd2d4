"""The population at work: a scheduler without I/O, and the runner that drives it."""

"""Is it so: verdicts, inputs, signatures, checks and certificates."""

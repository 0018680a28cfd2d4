"""The colony's benchmarks: its specifications with their hidden judges, and its speed."""

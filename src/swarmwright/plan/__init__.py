"""How the work is cut: Processes that say which Tasks are ready and what follows from a decision."""

"""What runs in the colony's sandboxed process: the search itself. Nothing here reads a file or knows a model."""

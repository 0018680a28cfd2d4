"""Small functions of eight families, none of them a single operation, for the colony to find from their examples."""

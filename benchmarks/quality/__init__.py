"""Measures how many of the delivered functions are wrong, on problems whose hidden tests the builder never sees."""

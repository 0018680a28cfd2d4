"""Well-known little functions, each with one clause that is not what everybody remembers."""

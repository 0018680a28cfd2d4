"""Small functions of working code, by an author who never saw the search: a second set beside ``fresh``."""

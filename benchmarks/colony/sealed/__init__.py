"""Small functions of working code, by an author who never saw the search, and which nobody who works on it looks at."""

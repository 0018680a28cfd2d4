"""Small functions of working code, by an author who never saw the search: a third set of that kind."""

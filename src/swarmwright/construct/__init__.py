"""The main application: from a specification to a verified package."""

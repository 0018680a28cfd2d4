"""Small functions of everyday code that are used once: they show whether what was tuned on the other sets holds."""

"""Small functions of everyday code that nothing is tuned on: they show whether what was tuned elsewhere holds."""

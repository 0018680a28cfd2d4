"""Planted bugs: how many of 100 wrong functions are stopped, and how many right ones are stopped by mistake."""

"""A small text toolkit: words, codes and measures."""

"""Small functions of everyday code, written by somebody who never saw the search that is measured on them."""

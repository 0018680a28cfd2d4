"""Groups of functions that share a building block, as the functions of one program do."""

"""Long tasks of small steps: the file that describes one is loaded, its questions are asked, its answers written."""

"""What is wanted: stubs read into values, values printed as stubs, gaps and contradictions found."""

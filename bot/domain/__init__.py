"""The savings group in plain Python: no input, no output, no clock."""

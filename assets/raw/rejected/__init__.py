"""One row an input that could not be read."""

"""One row a cleaned document, and the functions that clean."""

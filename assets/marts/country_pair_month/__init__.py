"""One row a pair of countries, month and type."""

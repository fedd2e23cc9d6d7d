"""One suite a table: which rules its rows must keep, and the columns that have to be computed to judge them."""

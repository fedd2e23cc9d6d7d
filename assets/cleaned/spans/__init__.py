"""Where the characters of a cleaned body stand in the raw text."""

"""Near-duplicates and syndication: which pages tell the same text."""

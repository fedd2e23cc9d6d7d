"""When a page was published, and the dates in running text."""

"""One row a publisher: what it covers, tells alone, or contradicts."""

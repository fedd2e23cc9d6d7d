"""Who says what about an event: one row a mention."""

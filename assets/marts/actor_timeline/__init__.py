"""One row an actor, month, type and side."""

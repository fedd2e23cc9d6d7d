"""One row an event in the world, merged from its mentions."""

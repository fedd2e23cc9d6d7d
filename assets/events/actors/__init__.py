"""One row an actor, in every language it is named in."""

"""Names that no vocabulary knows, by how often they stand where an actor should."""

"""Sentences of the cleaned bodies beside their English."""

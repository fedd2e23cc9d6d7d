"""Why two mentions are held to be one event, or kept apart."""

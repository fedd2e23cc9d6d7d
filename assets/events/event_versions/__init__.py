"""`events.event_versions`: what was known of each event from when to when, with the evidence of the time."""

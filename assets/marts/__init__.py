"""Tables that people plot: small, sorted for their questions, made from the events."""

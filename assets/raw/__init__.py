"""Documents exactly as received, and the inputs that could not be read."""

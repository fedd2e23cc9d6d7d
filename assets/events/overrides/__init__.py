"""What people decided about which mentions are one event; it outranks every score."""

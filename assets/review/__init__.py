"""What people say of the coded rows: the review loop."""

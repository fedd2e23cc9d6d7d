"""Pages that came as HTML: their story, what they say of themselves, and where each character stands."""

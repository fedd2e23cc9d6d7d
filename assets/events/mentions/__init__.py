"""One row a coded event in one sentence, and the coder that finds it."""

"""Speed and accuracy against peers, on data anyone can get."""

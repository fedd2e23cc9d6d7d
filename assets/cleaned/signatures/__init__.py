"""The table `cleaned.signatures`: what is kept of every page to recognise its copies in later batches."""

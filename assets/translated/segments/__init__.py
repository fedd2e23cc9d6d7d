"""One row a sentence: segmentation, translation engines, memory and quality estimate."""

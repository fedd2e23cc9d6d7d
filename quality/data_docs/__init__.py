"""Data Docs: what every gate expects and found, as a folder of pages that need no network and no script."""

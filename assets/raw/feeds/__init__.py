"""Feeds and sitemaps: which pages they name."""

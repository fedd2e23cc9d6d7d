"""Labelled mentions for `benchmarks.resolution.benchmark`."""

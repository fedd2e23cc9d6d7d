"""The table `raw.superseded`: documents that a newer version of their file no longer holds."""

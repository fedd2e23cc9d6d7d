"""The table `raw.sightings`: every place at which each document was seen."""

"""Equipment and military cooperation that sentences tell of."""

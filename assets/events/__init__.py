"""Coded mentions of events, and the events in the world that they tell of."""

"""Who does it to whom: actors as source and target of a trigger, by clause, voice, marking and word order."""

"""What was translated before: every translation of a sentence, kept so that none is made twice."""

"""The same names one by one, with the sentence each stands in."""

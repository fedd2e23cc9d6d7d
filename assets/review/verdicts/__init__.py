"""People's verdicts on mentions: drawing samples, estimating precision from them, keeping them as regression
cases.
"""

"""Documents without their furniture: title, byline, date, language, body, and what was cut away."""

"""What must hold: one suite a table, and the one place that turns suites into blocking asset checks."""

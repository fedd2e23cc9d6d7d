"""What is made: one folder a table, its Dagster asset beside the plain functions that make the rows."""

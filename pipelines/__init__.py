"""How the work is run: the warehouse, intake, Dagster definitions, settings and the command line."""

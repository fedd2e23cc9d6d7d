"""The pages of the documentation that are made from definitions: commands, settings, the graph. Hand-written pages
and the data dictionary, which `pipelines.catalogue` makes, do not belong here.

    python -m pipelines.reference            # writes them all, the data dictionary too, into docs/
"""

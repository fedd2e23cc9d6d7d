"""The partitions that batched assets share. Intake adds a partition a batch; nothing else does."""

import dagster as dg

ONE_RUN = dg.BackfillPolicy.single_run()
"""A backfill of several batches is one run: each step takes them one after the other, and a gate judges each."""

BATCHES = dg.DynamicPartitionsDefinition(name="batches")

"""The partitions that batched assets share. Intake adds a partition a batch; nothing else does."""

import dagster as dg

BATCHES = dg.DynamicPartitionsDefinition(name="batches")

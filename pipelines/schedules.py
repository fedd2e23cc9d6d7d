"""The schedules. Off until switched on in the UI (Automation), or with `dagster schedule start`."""

from __future__ import annotations

import dagster as dg

from pipelines.jobs import intake_job

hourly_intake = dg.ScheduleDefinition(
    name="hourly_intake",
    job=intake_job,
    cron_schedule="0 * * * *",
    description="Looks for new files every hour. The sensor `pending_batches` then runs what was found.",
)

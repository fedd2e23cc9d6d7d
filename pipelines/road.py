"""The steps that make tables. A new one is entered here."""

from assets.cleaned.documents.asset import cleaned_documents
from assets.events.actors.asset import events_actors
from assets.events.arms.asset import events_arms
from assets.events.events.asset import events_events
from assets.events.mentions.asset import events_mentions
from assets.events.second_opinions.asset import events_second_opinions
from assets.marts.asset import marts
from assets.raw.documents.asset import raw_documents
from assets.translated.segments.asset import translated_segments
from pipelines.ledger import ops_batches, ops_merges

ASSETS = (
    raw_documents,
    cleaned_documents,
    translated_segments,
    events_mentions,
    events_events,
    events_arms,
    events_actors,
    marts,
    events_second_opinions,
    ops_batches,
    ops_merges,
)
"""The steps that make tables, in the order of the road."""

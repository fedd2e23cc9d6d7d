"""One sentence read for arms and for unknown names; apart from the asset, since spawned processes import it."""

from __future__ import annotations

from datetime import date

from assets.events.arms.find import find_arms
from assets.events.arms.rows import Arms
from assets.events.mentions.rows import Mention
from assets.events.unknown_names.find import find_unknown_names
from assets.events.unknown_names.rows import UnknownName
from assets.translated.segments.rows import Segment


def read_sentence(item: tuple[Segment, list[Mention], date | None]) -> tuple[list[Arms], list[UnknownName]]:
    """Its arms and its unknown names; the sentence comes with its mentions and its page's day of publication."""
    segment, mentions, published = item
    return find_arms(segment, mentions, published), find_unknown_names(segment, mentions)

"""`attache explain`: the trail of an event, from the merged row to the characters of its pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pipelines.cli.options import open_warehouse, warehouse_option
from pipelines.cli.tables import console
from pipelines.cli.text import harmless

_EVENT = "SELECT * FROM events.events WHERE starts_with(event_id, ?) ORDER BY event_id LIMIT 2"
_TRAIL = """
SELECT m.*, c.stance, c.differs_in, d.title, d.publisher, d.agency, d.published, d.url, d.canonical_document_id,
    s.english_text, s.engine, s.status AS translation_status, r.source_path, r.member
FROM events.mentions AS m
LEFT JOIN events.claims AS c ON c.claim_id = m.mention_id
LEFT JOIN cleaned.documents AS d ON d.document_id = m.document_id
LEFT JOIN translated.segments AS s ON s.segment_id = m.segment_id
LEFT JOIN raw.documents AS r ON r.document_id = m.document_id
WHERE m.event_id = ? ORDER BY d.published NULLS LAST, m.document_id, m.evidence_start
"""
_PAIRS = "SELECT * FROM events.pairs WHERE event_a = ? OR event_b = ? ORDER BY decision DESC, score DESC LIMIT 50"
_DAY_OF = {
    "lead": "lead (the day of the page's main event)",
    "publication": "publication (the sentence tells no day)",
}
_ISOLATE, _POP = "\u2068", "\u2069"  # Unicode isolates: a right-to-left sentence turns nothing around it


@click.command("explain")
@click.argument("event_id")
@warehouse_option
def command(event_id: str, warehouse: Path | None) -> None:
    """Print how EVENT_ID (or its first letters) came to be: reports, sentences, translations, pages, pairs.

    Offsets count characters and are half-open. Control characters of pages are shown as codes.
    """
    with open_warehouse(warehouse).reading() as query:
        found = query(_EVENT, [event_id]).to_dicts()
        if not found:
            raise click.UsageError(
                f"there is no event {harmless(event_id)!r}; `attache sql 'FROM events'` lists them"
            )
        if len(found) > 1:
            raise click.UsageError(f"several events begin with {harmless(event_id)!r}; give more letters")
        event = found[0]
        mentions = query(_TRAIL, [event["event_id"]]).to_dicts()
        pairs = query(_PAIRS, [event["event_id"], event["event_id"]]).to_dicts()
    _print_event(event)
    for number, mention in enumerate(mentions, 1):
        _print_mention(number, mention)
    _print_pairs(pairs, {m["mention_id"]: n for n, m in enumerate(mentions, 1)})


def _print_event(event: dict[str, Any]) -> None:
    who = f"{event['source_actor_id'] or '?'} → {event['target_actor_id'] or '?'}"
    mode = f"/{event['mode']}" if event["mode"] else ""
    _say(f"{event['plover_type']}{mode}  {who}  {event['event_date'] or 'no date'}  {event['status']}", style="bold")
    _say(f"  event {event['event_id']}")
    if event["place_name"] or event["place_country"]:
        unsure = ", one of several of that name" if event["place_ambiguous"] else ""
        _say(f"  place {_isolated(event['place_name'] or '')} {event['place_country'] or ''} "
             f"({event['place_precision'] or 'unknown'}{unsure})")  # fmt: skip
    _say(
        f"  told by {event['mention_count']} mentions on {event['document_count']} pages of "
        f"{event['publisher_count']} publishers, {event['independent_publisher_count']} of them independent; "
        f"languages {', '.join(event['languages'])}"
    )
    for what in ("dead", "injured"):
        if event[f"{what}_min"] is not None:
            _say(f"  {what} {event[f'{what}_min']} to {event[f'{what}_max']}")
    if event["conflicts"]:
        _say(f"  reports disagree on {', '.join(event['conflicts'])}", style="yellow")


def _print_mention(number: int, mention: dict[str, Any]) -> None:
    from rich.text import Text

    said = f" (says {_isolated(mention['claimed_by'])})" if mention["claimed_by"] else ""
    differs = f", differs in {', '.join(mention['differs_in'])}" if mention["differs_in"] else ""
    agency = f", {mention['agency']}" if mention["agency"] else ""
    _say("")
    _say(
        f"[{number}] {_isolated(mention['publisher'] or 'unknown publisher')}{agency}, "
        f"{mention['published'] or 'no date'}: {mention['stance'] or mention['status']}{said}{differs}",
        style="bold",
    )
    _say(f"  page        {_isolated(mention['title'] or 'without a title')}")
    sentence, trigger = mention["evidence_text"], mention["trigger_text"]
    at = sentence.find(trigger)
    line = Text(f"  sentence    {_ISOLATE}")
    if at < 0:
        line.append(harmless(sentence))
    else:
        line.append(harmless(sentence[:at]))
        line.append(f"»{harmless(trigger)}«", style="reverse")
        line.append(harmless(sentence[at + len(trigger) :]))
    line.append(_POP)
    console().print(line)
    if mention["language"] != "en":
        from assets.translated.segments.rows import caveat

        english = mention["english_text"] or f"not translated ({mention['translation_status'] or 'no segment'})"
        doubt = caveat(mention["translation_status"], mention["engine"])
        _say(f"  English     {_isolated(english)}" + (f" ({doubt})" if doubt else ""))
    _say(f"  read as     {_party(mention, 'source')} → {_party(mention, 'target')}, "
         f"confidence {mention['confidence']:.2f}, "
         f"date {_DAY_OF.get(mention['date_basis'], mention['date_basis'])}")  # fmt: skip
    _say(f"  body        {mention['document_id']} characters {mention['evidence_start']}–{mention['evidence_end']}")
    inside = f" (member {mention['member']})" if mention["member"] else ""
    _say(f"  raw file    {_isolated(mention['source_path'] or 'gone')}{inside} "
         f"characters {mention['raw_start']}–{mention['raw_end']}")  # fmt: skip


def _party(mention: dict[str, Any], side: str) -> str:
    """Who stands on a side, in which words, and whether the page tells its country and not the sentence."""
    whose = ", country from the page" if mention[f"{side}_from_page"] else ""
    return f"{mention[f'{side}_actor_id'] or '?'} ({_isolated(mention[f'{side}_text'] or '')}{whose})"


def _print_pairs(pairs: list[dict[str, Any]], numbers: dict[str, int]) -> None:
    if pairs:
        _say("")
        _say("Why these are one event, and what was kept apart", style="bold")
    for pair in pairs:
        a, b = (numbers.get(pair[f"mention_{side}"]) for side in "ab")
        names = f"[{a or pair['event_a'][:8]}] [{b or pair['event_b'][:8]}]"
        _say(f"  {names} {pair['decision']}, {pair['score']:+.1f} bits ({pair['probability']:.0%}): "
             f"{'; '.join(pair['reasons'])}")  # fmt: skip


def _isolated(text: str) -> str:
    return f"{_ISOLATE}{harmless(text)}{_POP}"


def _say(text: str, style: str = "") -> None:
    from rich.text import Text

    console().print(Text(text, style=style))

"""A difference between two moments in words, and as Markdown to be reviewed with a change of rules like code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assets.events.event_versions.compare import KINDS
from pipelines.history import Difference
from quality.gates import escape_markdown

_MOST_FILES = 50
_MOST_ROWS = 100


def as_markdown(found: Difference, shown: Sequence[Mapping[str, Any]]) -> str:
    """The difference with its examples. Text of pages shows as it stands, and marks nothing up."""
    parts = [
        f"## Events: {found.before.name} to {found.after.name}",
        escape_markdown(tell_rules(found, _MOST_FILES)),
    ]
    if found.changes.is_empty():
        return "\n\n".join([*parts, "No event changed."]) + "\n"
    parts += [
        _table(*found.causes_by_kind()),
        _table(("type", "language", *KINDS), found.counts("plover_type", "languages").head(_MOST_ROWS).rows()),
    ]
    if moved := found.type_changes:
        parts.append(_table(("type before", "type after", "events"), moved))
    parts += [_example(change) for change in shown]
    return "\n\n".join(parts) + "\n"


def tell_rules(found: Difference, most: int) -> str:
    """In a sentence, which files of code, vocabulary and thresholds changed."""
    if found.rules is None:
        return "Rules: not known for one of the two; they are kept since runs have numbers."
    if not found.rules:
        return "Rules: the same."
    names = [f"{file} ({change})" for file, change in found.rules[:most]]
    more = f" and {len(found.rules) - most} more" if len(found.rules) > most else ""
    return f"Rules that changed: {', '.join(names)}{more}"


def around_trigger(version: Mapping[str, Any]) -> tuple[str, str, str]:
    """The example's sentence: what stands before the words that made the coder see the event, these, and the rest."""
    sentence, trigger = version["example_text"] or "", version["example_trigger"] or ""
    at = sentence.find(trigger) if trigger else -1
    return (sentence, "", "") if at < 0 else (sentence[:at], trigger, sentence[at + len(trigger) :])


def coded_as(version: Mapping[str, Any]) -> str:
    """What an event was coded as, in a line."""
    mode = f"/{version['mode']}" if version["mode"] else ""
    sides = " → ".join(_side(version, side) for side in ("source", "target"))
    place = f", {version['place_name'] or version['place_country']}" if version["place_country"] else ""
    return (
        f"{version['plover_type']}{mode}  {sides}  {version['event_date'] or 'no date'}  {version['status']}{place}"
    )


def _side(version: Mapping[str, Any], side: str) -> str:
    country, sector = version[f"{side}_country"], version[f"{side}_sector"]
    return version[f"{side}_actor_id"] or "/".join(part for part in (country, sector) if part) or "?"


def _escaped(text: str) -> str:
    """The text as Markdown shows it, with the spaces at its ends."""
    before, after = (" " if end.isspace() else "" for end in (text[:1], text[-1:]))
    return f"{before}{escape_markdown(text)}{after}" if text.strip() else before


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [columns, ["---"] * len(columns)]
    escaped = [[escape_markdown(str(cell)) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(map(str, cells))} |" for cells in (*lines, *escaped))


def _example(change: Mapping[str, Any]) -> str:
    before, after = change["before"], change["after"]
    told = after or before
    what = f" in {', '.join(change['aspects'])}" if change["aspects"] else ""
    start, trigger, end = around_trigger(told)
    marked = _escaped(start) + (f"**{_escaped(trigger).strip()}**" if trigger else "") + _escaped(end)
    lines = [f"**{change['kind']}**{what}: {', '.join(change['causes'])}", ""]
    lines += [f"> {marked}"]
    if told["example_language"] != "en" and told["example_english"]:
        lines += [">", f"> {escape_markdown(told['example_english'])}"]
    lines += [""]
    lines += [f"- {word}: {escape_markdown(coded_as(v))}" for word, v in (("was", before), ("is", after)) if v]
    lines += [f"- {escape_markdown(told['example_publisher'] or 'unknown publisher')}, {told['example_language']}, "
              f"event `{told['event_id']}`"]  # fmt: skip
    return "\n".join(lines)

"""The headline of a page as it should read: without the site's name around it and without shouted labels."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assets.cleaned.documents.phrases import line_key, phrases

_SEPARATOR = re.compile(
    r"(?<=\w)_(?=\w)|\s+[|•·»«›/]+\s+|\s+[-–—]{1,2}\s+|\s*\|\s*|\s*»\s*|\s+::\s+|(?<=\S)\s*[-–—]\s(?=\S)"
)
_SEPARATED_LABEL = re.compile(r"^\W*([^\W\d_][^|:/–—-]{1,24}?)\s*(?:[|:/–—]|\s-)\s*(?=\S)")
_LEAST_TITLE_WORDS = 2
_MOST_SITE_WORDS = 4
_LEAST_DENSE_TITLE = 8  # characters of a script without blanks


def clean_title(title: str | None, site_names: Iterable[str], headings: Iterable[str] = ()) -> str | None:
    """A title without the site's name before or behind it, without labels such as "BREAKING:", blanks collapsed.

    `site_names` are names the site is known by (its name, its domain); `headings` are headings seen on the page: if
    the title is one of them and more, the more is the site's. A quiet label ("Explainer:") stays if a heading has it.
    """
    if not title:
        return None
    text = " ".join(title.split())
    headings = [" ".join(heading.split()) for heading in headings]
    keys = {_squashed(name) for name in site_names if name} - {""}
    text = _without_rest(text, headings)
    for _ in range(3):
        shorter = _without_site(text, keys)
        if shorter == text:
            break
        text = shorter
    # A label that the page sets as part of its heading is the headline's, unless it is shouted.
    label = _label_of(text)
    if label and (label.isupper() or text not in headings):
        text = _without_label(text)
    return text or None


def _without_rest(text: str, headings: Iterable[str]) -> str:
    """The heading itself where the title is the heading, a separator and something else."""
    key = line_key(text)
    for heading in headings:
        short = line_key(heading)
        dense = not any(character.isspace() for character in short) and len(short) >= _LEAST_DENSE_TITLE
        if (len(short.split()) < 3 and not dense) or short == key:
            continue
        if (key.startswith(f"{short} ") or key.endswith(f" {short}")) and _SEPARATOR.search(text):
            return heading
        site = text[: len(text) - len(heading)].rstrip() if text.endswith(heading) else ""
        if site.endswith(":") and len(site.split()) <= _MOST_SITE_WORDS:
            return heading  # "Daily Harbour: The border is closed"
        # "World. The border is closed", where the heading sets "World" apart
        kicker = text[: len(text) - len(heading)]
        if text.endswith(heading) and kicker.rstrip().endswith(".") and len(kicker.split()) <= 3:
            return heading
    return text


def _without_site(text: str, keys: set[str]) -> str:
    named, colon, rest = text.partition(": ")
    if (
        colon
        and len(named.split()) <= 4
        and _is_named_so(_squashed(named), keys)
        and len(rest.split()) >= _LEAST_TITLE_WORDS
    ):
        return rest.lstrip()
    quoted = "«" in text and "»" in text
    parts = [part for part in _SEPARATOR.finditer(text) if not (quoted and part[0].strip() in ("«", "»"))]
    if not parts:
        return text
    tail, head = text[parts[-1].end() :], text[: parts[0].start()]
    if _is_site(tail, keys) and len(text[: parts[-1].start()].split()) >= _LEAST_TITLE_WORDS:
        return text[: parts[-1].start()].rstrip()
    if _is_site(head, keys) and len(text[parts[0].end() :].split()) >= _LEAST_TITLE_WORDS:
        return text[parts[0].end() :].lstrip()
    return text


def _is_named_so(own: str, keys: set[str]) -> bool:
    return own in keys or any(len(key) >= 5 and own.startswith(key) for key in keys)


def _is_site(part: str, keys: set[str]) -> bool:
    own = _squashed(part)
    if not own:
        return True
    if own in keys or phrases().is_line("navigation", part):
        return True
    if re.fullmatch(r"(?:www\.)?[\w-]+(?:\.[a-z]{2,})+", part.strip().lower()):
        return True
    return len(own) >= 4 and any(
        (own.startswith(key) or key.startswith(own) or (len(key) >= 5 and key in own)) and len(part.split()) <= 5
        for key in keys
        if len(key) >= 3
    )


def _label_of(text: str) -> str | None:
    match = _SEPARATED_LABEL.match(text)
    return match[1] if match and phrases().is_line("headline_prefix", match[1]) else None


def _without_label(text: str) -> str:
    match = _SEPARATED_LABEL.match(text)
    if match and phrases().is_line("headline_prefix", match[1]) and len(text[match.end() :].split()) >= 3:
        return text[match.end() :].strip()
    return text


def _squashed(name: str) -> str:
    return line_key(name).replace(" ", "")

"""Puts around a page what the templates of a news site put there: menus, teasers, scripts, a footer.

Made-up pages are short, and the work on a page goes with all that stands in it, not with its story. The words are
drawn from a fixed seed and say nothing; the head of the page and its story are left as they are.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator

_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_END = re.compile(r"</body\s*>", re.IGNORECASE)
_WORDS = (
    *(
        "river",
        "council",
        "border",
        "market",
        "winter",
        "harbour",
        "minister",
        "season",
        "report",
        "school",
        "bridge",
    ),
    *(
        "energy",
        "village",
        "budget",
        "court",
        "weather",
        "museum",
        "train",
        "election",
        "forest",
        "science",
        "garden",
    ),
    *("travel", "kitchen", "music", "hospital", "football", "opinion", "archive"),
)


def in_site(page: str, seed: int = 7) -> str:
    """A page amid 120 menu entries, 60 teasers, 30,000 characters of scripts and a footer of 40 links."""
    rng = random.Random(seed)
    begin, end = _BODY.search(page), _END.search(page)
    start = begin.end() if begin else 0
    stop = end.start() if end and end.start() >= start else len(page)
    above = "".join(
        (_scripts(rng), '<div class="site-header"><nav class="main-menu"><ul>', *_menu(rng, 120), "</ul></nav></div>")
    )
    below = "".join(
        (*_teasers(rng, 60), "<footer><ul>", *_menu(rng, 40), "</ul><p>All rights reserved.</p></footer>")
    )
    return f"{page[:start]}{above}{page[start:stop]}{below}{page[stop:]}"


def _menu(rng: random.Random, count: int) -> Iterator[str]:
    for _ in range(count):
        words = rng.sample(_WORDS, rng.randint(1, 2))
        link = f'<a class="menu-link" href="/{"-".join(words)}/">{" ".join(words).title()}</a>'
        yield f'<li class="menu-item level-2">{link}</li>'


def _teasers(rng: random.Random, count: int) -> Iterator[str]:
    yield '<aside class="related-stories"><h2>More stories</h2>'
    for number in range(count):
        headline = " ".join(rng.choices(_WORDS, k=9)).capitalize()
        summary = " ".join(rng.choices(_WORDS, k=24)).capitalize()
        yield (
            f'<div class="teaser teaser--small" data-id="{number}"><a class="teaser__link" href="/story/{number}">'
            f'<img class="teaser__image" alt="" src="/img/{number}.jpg" width="320" height="180"></a>'
            f'<h3 class="teaser__title"><a href="/story/{number}">{headline}</a></h3>'
            f'<p class="teaser__text">{summary}.</p>'
            f'<span class="teaser__label">{rng.choice(_WORDS).title()}</span></div>'
        )
    yield "</aside>"


def _scripts(rng: random.Random) -> str:
    settings = {
        f"{rng.choice(_WORDS)}{n}": {"slot": n, "size": [300, 250], "path": rng.choice(_WORDS)} for n in range(420)
    }
    return f"<script>window.siteSettings = {json.dumps(settings)};</script>"

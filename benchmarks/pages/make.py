"""Writes made-up news pages and what is expected of them, for `benchmarks/extraction.py` and the tests of cleaning.

    python benchmarks/pages/make.py FOLDER

Nineteen layouts, each with five stories, so that every one of the seventeen languages meets several of them.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from benchmarks.pages.layouts import LAYOUTS, Story, plain  # noqa: E402

_STORIES_A_LAYOUT = 5
_UNSIGNED = ("broadcaster", "agency", "release")  # layouts that declare no person as the author, or show none


def stories() -> list[Story]:
    """The stories, English first."""
    words = tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))
    found = []
    for entry in tomllib.loads((HERE / "stories.toml").read_text(encoding="utf-8"))["story"]:
        body = tuple(line for line in entry.pop("body").splitlines() if line.strip())
        entry |= {"authors": tuple(entry["authors"]), "related": tuple(entry["related"])}
        found.append(Story(**entry, body=body, words=words[entry["language"]]))
    return found


def pages() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each page's path, its HTML and what it should give."""
    told = stories()
    english, others = told[:3], told[3:]
    for number, (name, layout) in enumerate(LAYOUTS.items()):
        chosen = [english[number % 3]]
        chosen += [others[(number * (_STORIES_A_LAYOUT - 1) + i) % len(others)] for i in range(_STORIES_A_LAYOUT - 1)]
        for story in chosen:
            yield f"{name}/{story.language}.html", layout(story), expected(name, story)


def expected(layout: str, story: Story) -> dict[str, Any]:
    """What a careful reader finds on the page."""
    body = [line for line in story.body[:3] if not line.startswith("## ")] if layout == "paywall" else story.body
    fields: dict[str, Any] = {
        "text": "\n".join(plain(line) for line in body),
        "title": story.title,
        "published": story.published[:10],
        "authors": list(story.authors),
        "publisher": story.site,
        "language": story.language,
        "url": story.url,
    }
    if layout in _UNSIGNED:
        del fields["authors"]
    if layout in ("tables", "div_soup"):
        del fields["publisher"]
    return fields


def write(folder: Path) -> int:
    """Write all pages and `expected.json`; give how many."""
    wanted = {}
    for path, html, fields in pages():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(html, encoding="utf-8")
        wanted[path] = fields
    (folder / "expected.json").write_text(json.dumps(wanted, ensure_ascii=False, indent=1), encoding="utf-8")
    return len(wanted)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    print(f"{write(Path(sys.argv[1]))} pages in {sys.argv[1]}")

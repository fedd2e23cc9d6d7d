"""How well lines of plain-text pages are told apart, beside jusText and trafilatura on the same lines.

    python -m benchmarks.text_lines [FOLDER ...] [--worst N] [--json]

A folder (by default `benchmarks/text_pages/development` and `.../held_out`) holds pages of two kinds, all invented:

* `NAME.txt`: a page written by hand. The first character of a line says what it is: `§` body, `~` may be kept or cut
  (a subtitle, a heading in the body, a caption that reads as prose), `¶` the title; any other line is furniture. The
  name begins with the language's code.
* `CODE.toml`: the parts of a page in one language (title, paragraphs, menus, related headlines, comments …), from
  which pages of several layouts are put together, always the same ones. `LAYOUTS` lists them.

Held-out pages and layouts are not for tuning: they tell whether a change carries over. A line counts as kept if it is
in the body, by itself or joined with its neighbours; precision and recall are over lines, titles and `~` lines left
out. jusText and trafilatura get every line as a paragraph of HTML, since neither reads plain text.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from assets.cleaned.documents.clean import clean_document
from assets.raw.documents.rows import RawDocument

PAGES = Path(__file__).parent / "text_pages"
MARKS = {"§": "body", "~": "either", "¶": "title"}


@dataclass(frozen=True)
class Line:
    """A line and what it is: body, either, title or furniture."""

    text: str
    kind: str = "furniture"


@dataclass(frozen=True)
class TextPage:
    """A page in its lines."""

    name: str
    language: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The page as a browser would save it."""
        return "\n".join(line.text for line in self.lines)


Pack = Mapping[str, Any]


def _furniture(texts: Sequence[str] | str) -> list[Line]:
    return [Line(text) for text in ([texts] if isinstance(texts, str) else texts)]


def _story(pack: Pack, *, inside: Mapping[int, list[Line]] | None = None, heading: bool = True) -> list[Line]:
    """The paragraphs, with what stands before the paragraph of each number in `inside`, and a heading."""
    lines: list[Line] = []
    for i, paragraph in enumerate(pack["paragraphs"]):
        lines += (inside or {}).get(i, [])
        if heading and i == 4:
            lines.append(Line(pack["heading"], "either"))
        lines.append(Line(paragraph, "body"))
    return lines


def _title(pack: Pack) -> Line:
    return Line(pack["title"], "title")


def _subtitle(pack: Pack) -> Line:
    return Line(pack["subtitle"], "either")


def portal(pack: Pack) -> list[Line]:
    """A portal's page saved whole: menus, cookie note, boxes inside the story, most-read list, footer."""
    return [
        *_furniture([*pack["cookie"], *pack["nav"], f"{pack['nav'][0]} > {pack['nav'][3]}"]),
        _title(pack),
        _subtitle(pack),
        *_furniture([pack["byline"], pack["date"], *pack["share"], pack["caption"]]),
        *_story(pack, inside={3: _furniture(pack["inline"]), 5: _furniture(pack["ad"])}),
        *_furniture([pack["tags_label"], *pack["tags"], *pack["share"], pack["related_label"], *pack["related"][:4]]),
        *_furniture([*pack["newsletter"], pack["latest_label"], *pack["related"][2:], *pack["footer"]]),
    ]


def blog(pack: Pack) -> list[Line]:
    """A small site: title twice, related posts and a comment form below, author box."""
    return [
        *_furniture([pack["nav"][0], f"{pack['title']} - {pack['nav'][1]}"]),
        _title(pack),
        *_furniture([pack["date"]]),
        *_story(pack, heading=False),
        *_furniture([", ".join(pack["tags"]), *pack["bio"], pack["related_label"], *pack["related"][:3]]),
        *_furniture([pack["comments_label"], *pack["comments"], *pack["footer"][-1:]]),
    ]


def tickered(pack: Pack) -> list[Line]:
    """Headlines with clock times above the story, other stories in its middle, reader comments below."""
    ticker = [f"{17 - i}:{(i * 13) % 60:02} {headline}" for i, headline in enumerate(pack["related"])]
    middle = _furniture([pack["related_label"], *pack["related"][:2]])
    return [
        *_furniture([pack["latest_label"], *ticker]),
        *_furniture([pack["nav"][2], pack["date"]]),
        _title(pack),
        *_furniture([pack["caption"], pack["byline"]]),
        *_story(pack, inside={2: middle, 6: _furniture(pack["related"][4])}),
        *_furniture([pack["comments_label"], *pack["comments"], *pack["newsletter"], *pack["footer"]]),
    ]


def copied(pack: Pack) -> list[Line]:
    """What somebody selected and copied: the story and a little of what stands beside it, blank lines between."""
    lines = [
        _title(pack),
        _subtitle(pack),
        *_furniture([pack["byline"], pack["date"]]),
        *_story(pack, inside={2: _furniture(pack["caption"]), 4: _furniture([pack["ad"], pack["inline"]])}),
        *_furniture([*pack["share"][:2], pack["tags_label"], *pack["tags"]]),
    ]
    return [part for line in lines for part in (line, Line(""))]


def wordy(pack: Pack) -> list[Line]:
    """Long furniture: consent and subscription texts, teasers with a sentence each, comments that are sentences."""
    teasers = [part for headline in pack["related"][:3] for part in (headline, f"{headline}. {pack['subtitle']}.")]
    return [
        *_furniture([" ".join(pack["cookie"]), " | ".join(pack["nav"]), pack["newsletter"][0]]),
        *_furniture([pack["tags_label"] + " " + " ".join(f"#{t.replace(' ', '_')}" for t in pack["tags"])]),
        _title(pack),
        *_furniture([f"{pack['byline']} | {pack['date']}", " ".join(pack["share"])]),
        *_story(pack, inside={1: _furniture(pack["caption"]), 3: _furniture(pack["newsletter"])}),
        *_furniture([*pack["bio"], pack["related_label"], *teasers, pack["comments_label"], *pack["comments"]]),
        *_furniture([" · ".join(pack["footer"][:-1]), pack["footer"][-1]]),
    ]


def magazine(pack: Pack) -> list[Line]:
    """A weekly's page: teasers with a sentence each above and below, a pull quote, readers' letters, long footer."""
    teasers = [part for headline in pack["related"][3:] for part in (headline, f"{pack['subtitle']}, {headline}.")]
    return [
        *_furniture([" / ".join(pack["nav"]), *teasers[:2]]),
        _title(pack),
        *_furniture([pack["byline"], pack["date"]]),
        *_story(pack, inside={4: [Line(pack["paragraphs"][2])], 5: _furniture(pack["newsletter"])}),
        *_furniture([*pack["share"], *pack["bio"], pack["latest_label"], *teasers]),
        *_furniture([pack["comments_label"], *pack["comments"], " - ".join(pack["footer"]), *pack["cookie"]]),
    ]


def bare(pack: Pack) -> list[Line]:
    """A reader's view: headline, date and story, two headlines of other stories at the end."""
    return [
        *_furniture(pack["date"]),
        _title(pack),
        *_story(pack, heading=False),
        *_furniture([pack["latest_label"], *pack["related"][:2]]),
    ]


LAYOUTS: dict[str, tuple[Callable[[Pack], list[Line]], ...]] = {
    "development": (portal, blog, copied, bare, magazine),
    "held_out": (portal, tickered, wordy, copied),
}


def read_pages(folder: Path) -> Iterator[TextPage]:
    """The pages of a folder. A folder that is not ours gets every layout."""
    layouts = LAYOUTS.get(folder.name, tuple(dict.fromkeys(f for group in LAYOUTS.values() for f in group)))
    for path in sorted(folder.iterdir()):
        if path.suffix == ".toml":
            pack = tomllib.loads(path.read_text(encoding="utf-8"))
            for layout in layouts:
                yield TextPage(f"{path.stem}/{layout.__name__}", path.stem, tuple(layout(pack)))
        elif path.suffix == ".txt":
            lines = path.read_text(encoding="utf-8").split("\n")
            yield TextPage(path.stem, path.stem.split("-")[0], tuple(map(_marked, lines)))


def _marked(line: str) -> Line:
    return Line(line[1:], MARKS[line[0]]) if line[:1] in MARKS else Line(line)


def _attache(page: TextPage) -> list[str]:
    digest = hashlib.sha256(page.text.encode()).hexdigest()
    raw = RawDocument(
        document_id=digest, batch="benchmark", source_path=page.name, member=None, url=None, media_type="text/plain",
        encoding="utf-8", sha256=digest, received_at=datetime(2100, 1, 1), title_hint=None, date_hint=None,
        publisher_hint=None, language_hint=None, hint_end=0, content=b"", text=page.text,
    )  # fmt: skip
    return clean_document(raw).document.text.split("\n")


def _as_html(page: TextPage) -> str:
    paragraphs = "\n".join(f"<p>{escape(line.text)}</p>" for line in page.lines if line.text.strip())
    return f"<html><body>{paragraphs}</body></html>"


def _trafilatura(page: TextPage) -> list[str]:
    from trafilatura import extract

    return (extract(_as_html(page), include_comments=False) or "").split("\n")


_STOPLISTS = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "nl": "Dutch", "pl": "Polish", "ru": "Russian", "uk": "Ukrainian", "tr": "Turkish", "ar": "Arabic",
    "fa": "Persian", "he": "Hebrew", "id": "Indonesian",
}  # fmt: skip


def _justext(page: TextPage) -> list[str]:
    import justext

    name = _STOPLISTS.get(page.language)
    # Without a list for the language, jusText's own advice: an empty one, and no stop-word thresholds.
    stoplist = justext.get_stoplist(name) if name else frozenset()
    low, high = (0.30, 0.32) if stoplist else (0, 0)
    # Its lengths are for longer paragraphs than news has; with its own it keeps next to nothing.
    found = justext.justext(
        _as_html(page), stoplist, length_low=50, length_high=110, stopwords_low=low, stopwords_high=high
    )
    return [paragraph.text for paragraph in found if not paragraph.is_boilerplate]


# Name, the module it needs, the function.
EXTRACTORS: tuple[tuple[str, str, Callable[[TextPage], list[str]]], ...] = (
    ("attache", "assets", _attache),
    ("jusText", "justext", _justext),
    ("trafilatura", "trafilatura", _trafilatura),
)


@dataclass
class Score:
    """Lines rightly kept, wrongly kept and wrongly cut."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, other: Score) -> None:
        """Count another page in."""
        self.right, self.wrong, self.missed = (
            self.right + other.right,
            self.wrong + other.wrong,
            self.missed + other.missed,
        )

    @property
    def precision(self) -> float:
        """Share of the kept lines that are body."""
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        """Share of the body's lines that were kept."""
        return self.right / max(self.right + self.missed, 1)


def judge(page: TextPage, kept: Sequence[str]) -> tuple[Score, list[str]]:
    """The score of a page, and its mistakes in words."""
    left = Counter(line for paragraph in kept for line in _lines_of(paragraph, page))
    score, mistakes = Score(), []
    for line in sorted(page.lines, key=lambda line: line.kind != "body"):
        key = " ".join(line.text.split())
        if not key:
            continue
        is_kept = left[key] > 0
        if is_kept:
            left[key] -= 1
        if line.kind == "body":
            score.right += is_kept
            score.missed += not is_kept
            mistakes += [] if is_kept else [f"cut: {key}"]
        elif line.kind == "furniture" and is_kept:
            score.wrong += 1
            mistakes.append(f"kept: {key}")
    return score, mistakes


def _lines_of(paragraph: str, page: TextPage) -> list[str]:
    """The lines of the page that a paragraph was put together from: one, or those that a line break had parted."""
    text = " ".join(paragraph.split())
    lines = [key for line in page.lines if (key := " ".join(line.text.split()))]
    if not text or text in lines:
        return [text]
    for first in range(len(lines)):
        rest, found = text, list[str]()
        for line in lines[first:]:
            # A word that a hyphen parted may have been made whole.
            given = next((form for form in (line, line.removesuffix("-")) if rest.startswith(form)), None)
            if given is None:
                break
            rest = rest[len(given) :].lstrip()
            found.append(line)
            if not rest:
                return found
    return [text]


def main() -> None:
    """Print a table a folder, or the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*", default=[PAGES / "development", PAGES / "held_out"])
    parser.add_argument("--worst", type=int, default=0, help="print the mistakes of so many pages of ours")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    figures: dict[str, dict[str, dict[str, float]]] = {}
    for folder in arguments.folders:
        pages = list(read_pages(folder))
        table = Table(title=f"{len(pages)} pages of {folder.name}: line precision / recall")
        table.add_column("language")
        columns: dict[str, dict[str, Score]] = {}
        for name, module, extract in EXTRACTORS:
            if find_spec(module) is None:
                continue
            scores: dict[str, Score] = defaultdict(Score)
            worst: list[tuple[int, str, list[str]]] = []
            started = time.process_time()
            for page in pages:
                score, mistakes = judge(page, extract(page))
                scores[page.language].add(score)
                scores["all"].add(score)
                worst.append((len(mistakes), page.name, mistakes))
            seconds = time.process_time() - started
            columns[name] = scores
            table.add_column(f"{name} ({len(pages) / seconds:.0f} pages/s)", justify="right")
            if name == "attache":
                for count, page_name, mistakes in sorted(worst, reverse=True)[: arguments.worst]:
                    if count:
                        print(page_name, *mistakes, sep="\n   ")
        for language in [*sorted({page.language for page in pages}), "all"]:
            cells = (f"{s[language].precision:.3f} / {s[language].recall:.3f}" for s in columns.values())
            table.add_row(language, *cells)
        figures[folder.name] = {
            name: {"precision": s["all"].precision, "recall": s["all"].recall} for name, s in columns.items()
        }
        if not arguments.json:
            Console().print(table)
    if arguments.json:
        print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()

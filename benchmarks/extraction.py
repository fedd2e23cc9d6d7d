"""How well and how fast pages are cleaned, beside other extractors, over any folder of pages.

    python benchmarks/pages/make.py FOLDER        # made-up pages in seventeen languages, if there are no others
    python benchmarks/extraction.py FOLDER [--repeat N] [--json] [--worst N] [--only NAME,…] [--in-site]

Layout of FOLDER: pages (`*.html`, `*.txt`, also `.gz`) anywhere below it, and `expected.json`, an object from a
page's path (relative, POSIX) to what it should give. Fields that are left out are not scored:

    {"a/page.html": {"text": "…", "title": "…", "published": "2024-06-18" | null, "authors": ["…"], "publisher": "…",
                     "language": "en", "url": "…"}}

A folder of `NAME.html` beside `NAME.json`, as `benchmarks/blind_pages`, is read too; there the bytes are decoded as
intake decodes them, for all extractors alike. `--half 1` and `--half 2` take those pages of a folder whose name's
CRC-32 is even or odd: one half to study, one that stays unseen.

The `ground-truth.json` of the article-extraction benchmark (`articleBody`, pages in `html/<id>.html.gz`) is read too.

Text is scored as that benchmark does: precision and recall of 4-gram shingles a page, averaged, and their F1. On
plain text, lines count: the expected text's lines against the kept ones. The rest is right or wrong. Titles: equal
but for the width of blanks. Dates: the day, in the zone that the page writes. Authors: the same set, but for case,
blanks and order; a page that expects none is right only if none is found. Publisher, language and address (`url`):
equal but for the width of blanks. An extractor that does not look for a field is not scored on it. `unclean` is the
share of pages on which it left a line that is listed as furniture.

`--in-site` puts every page amid the menus, teasers and scripts of a site (`benchmarks/pages/site.py`): the work on a
page goes with all that stands in it, and most pages written for a benchmark are bare.

Extractors that are not installed are left out (`pip install attache-events[benchmarks]` brings them); all are run in
this one process, on one core, in turn. `trafilatura` is called with metadata and without comments;
`trafilatura, text only` is its bare extraction, the call that cleaning builds on. `attache` is `clean_document`:
text, metadata, dates, language, the offsets of every character and the lines cut. `relative` is its seconds a page
over those of the row.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from assets.cleaned.documents.clean import clean_document
from assets.cleaned.documents.language import detect_language
from assets.raw.documents.encodings import decode
from assets.raw.documents.rows import RawDocument
from benchmarks.pages.site import in_site

_TOKEN = re.compile(r"\w+")
_GRAM = 4


@dataclass(frozen=True)
class Page:
    """One page of the folder and what it should give."""

    path: str
    text: str
    is_html: bool
    expected: dict[str, Any]


@dataclass(frozen=True)
class Found:
    """What an extractor found. None where it does not look for the field."""

    text: str
    title: str | None = None
    published: str | None = None
    authors: tuple[str, ...] | None = None
    publisher: str | None = None
    language: str | None = None
    url: str | None = None


def read_pages(folder: Path) -> list[Page]:
    """The pages of a folder in either layout. Raises SystemExit with a message where there is none."""
    expected_file, truth_file = folder / "expected.json", folder / "ground-truth.json"
    paired = sorted(path for path in folder.glob("*.html") if path.with_suffix(".json").is_file())
    if paired:
        return [_paired_page(path) for path in paired]
    if expected_file.is_file():
        expected = json.loads(expected_file.read_text(encoding="utf-8"))
    elif truth_file.is_file():
        truth = json.loads(truth_file.read_text(encoding="utf-8"))
        expected = {f"html/{k}.html.gz": {"text": v["articleBody"], "url": v.get("url")} for k, v in truth.items()}
    else:
        raise SystemExit(f"{folder}: neither expected.json nor ground-truth.json is here; see the head of this file")
    pages = []
    for path, fields in sorted(expected.items()):
        content = (folder / path).read_bytes()
        content = gzip.decompress(content) if path.endswith(".gz") else content
        text = content.decode("utf-8", "replace")
        pages.append(Page(path, text, ".htm" in path, fields))
    return pages


def _paired_page(path: Path) -> Page:
    fields = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    expected = {"text": "\n".join(fields["body"]), "published": fields["date"]}
    expected |= {key: fields[key] for key in ("url", "title", "authors", "publisher", "language", "furniture")}
    return Page(path.name, decode(path.read_bytes(), declares=True).text, True, expected)


def half(pages: list[Page], number: int) -> list[Page]:
    """One of two halves of a folder, told by the name alone: 1 to study, 2 to leave unseen."""
    return [page for page in pages if zlib.crc32(page.path.encode()) % 2 == number - 1]


def _attache(page: Page) -> Found:
    content = page.text.encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(content).hexdigest()
    document = clean_document(
        RawDocument(
            document_id=digest,
            batch="benchmark",
            source_path=page.path,
            member=None,
            url=page.expected.get("url"),
            media_type="text/html" if page.is_html else "text/plain",
            encoding="utf-8",
            sha256=digest,
            received_at=datetime(2100, 1, 1),
            title_hint=None,
            date_hint=None,
            publisher_hint=None,
            language_hint=None,
            hint_end=0,
            content=b"",
            text=page.text,
        )
    ).document
    published = str(document.published) if document.published else ""
    return Found(
        document.text,
        document.title,
        published,
        document.authors,
        document.publisher or "",
        document.language,
        document.url or "",
    )


def _bare_trafilatura(page: Page) -> Found:
    from trafilatura import bare_extraction

    found = bare_extraction(page.text, include_comments=False)
    return Found((found.text or "") if found else "")


def _trafilatura(page: Page) -> Found:
    from trafilatura import bare_extraction

    found = bare_extraction(page.text, url=page.expected.get("url"), with_metadata=True, include_comments=False)
    if found is None:
        return Found("", None, "", ())
    authors = tuple(a.strip() for a in (found.author or "").split(";") if a.strip())
    return Found(found.text or "", found.title, found.date or "", authors, found.sitename or "", url=found.url or "")


def _resiliparse(page: Page) -> Found:
    from resiliparse.extract.html2text import extract_plain_text

    return Found(extract_plain_text(page.text, main_content=True))


def _readability(page: Page) -> Found:
    from lxml.html import fromstring
    from readability import Document

    document = Document(page.text)
    return Found(fromstring(document.summary()).text_content(), document.short_title())


def _newspaper(page: Page) -> Found:
    import newspaper

    article = newspaper.Article(page.expected.get("url") or "http://page.example/")
    article.download(input_html=page.text)
    article.parse()
    published = str(article.publish_date.date()) if article.publish_date else ""
    return Found(article.text, article.title, published, tuple(article.authors))


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    """The stop words of all of jusText's languages, since a crawl does not tell which one a page is in."""
    import justext

    return frozenset(word for language in justext.get_stoplists() for word in justext.get_stoplist(language))


def _justext(page: Page) -> Found:
    import justext

    paragraphs = justext.justext(page.text.encode(), _stop_words(), encoding="utf-8")
    return Found("\n".join(p.text for p in paragraphs if not p.is_boilerplate))


# Name, the module it needs, the function.
EXTRACTORS: tuple[tuple[str, str, Callable[[Page], Found]], ...] = (
    ("attache", "assets", _attache),
    ("trafilatura", "trafilatura", _trafilatura),
    ("trafilatura, text only", "trafilatura", _bare_trafilatura),
    ("resiliparse", "resiliparse", _resiliparse),
    ("readability-lxml", "readability", _readability),
    ("newspaper4k", "newspaper", _newspaper),
    ("jusText", "justext", _justext),
)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words with their counts; a shorter text is one run."""
    tokens = _TOKEN.findall(text)
    runs = [tuple(tokens[i : i + _GRAM]) for i in range(max(1, len(tokens) - _GRAM + 1))]
    return Counter(runs if tokens else [])


def overlap(found: Counter[Any], expected: Counter[Any]) -> tuple[float, float]:
    """Precision and recall of counted things; of nothing against nothing, both are 1."""
    common = sum((found & expected).values())
    precision = common / sum(found.values()) if found else float(not expected)
    recall = common / sum(expected.values()) if expected else float(not found)
    return precision, recall


def _lines(text: str) -> Counter[str]:
    return Counter(" ".join(line.split()) for line in text.split("\n") if line.strip())


@dataclass(frozen=True)
class Run:
    """What one extractor gave for the pages, in their order, and how long it took."""

    results: tuple[Found, ...]
    seconds: float
    failed: float


def run(pages: list[Page], extract: Callable[[Page], Found], repeat: int) -> Run:
    """Run an extractor over the pages `repeat` times; the seconds are CPU seconds of one time."""
    results: list[Found] = []
    failed = 0
    if pages:
        _warm(extract, pages[0])
    started = time.process_time()
    for _ in range(repeat):
        results = []
        for page in pages:
            try:
                results.append(extract(page))
            except Exception:  # other extractors raise what they like; a page lost is a page scored empty
                failed += 1
                results.append(Found(""))
    return Run(tuple(results), max(time.process_time() - started, 1e-9) / repeat, failed / repeat)


def score(pages: list[Page], results: Sequence[Found]) -> dict[str, float | None]:
    """All figures of one extractor over the pages; None where nothing was to be scored."""
    pairs = list(zip(pages, results, strict=True))
    figures = dict(
        _text_figures("", [(r.text, p.expected["text"]) for p, r in pairs if "text" in p.expected], shingles)
    )
    plain = [(r.text, p.expected["text"]) for p, r in pairs if "text" in p.expected and not p.is_html]
    if plain:
        figures |= dict(_text_figures("line ", plain, _lines))
    left = [any(line in r.text for line in p.expected["furniture"]) for p, r in pairs if p.expected.get("furniture")]
    if left:
        figures["unclean"] = sum(left) / len(left)
    return figures | {name: _share(right(page, found) for page, found in pairs) for name, right in FIELDS.items()}


def _field_right(field: str, found_as: str | None = None) -> Callable[[Page, Found], bool | None]:
    """Whether a field is right; None where the page does not tell or the extractor does not look for it."""

    def right(page: Page, found: Found) -> bool | None:
        value = getattr(found, found_as or field)
        if field not in page.expected or value is None:
            return None
        return _bare(value) == _bare(page.expected[field])

    return right


def _bare(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return sorted(_bare(item).casefold() for item in value)
    return " ".join((value or "").split())


FIELDS: dict[str, Callable[[Page, Found], bool | None]] = {
    name: _field_right(name) for name in ("title", "published", "authors", "publisher", "language", "url")
}


def _warm(extract: Callable[[Page], Found], page: Page) -> None:
    """Let an extractor load its models and compile its patterns before it is timed."""
    with suppress(Exception):
        extract(page)


def _text_figures(
    name: str, pairs: list[tuple[str, str]], count: Callable[[str], Counter[Any]]
) -> Iterator[tuple[str, float | None]]:
    scores = [overlap(count(found), count(expected)) for found, expected in pairs]
    if not scores:
        yield from ((f"{name}{figure}", None) for figure in ("precision", "recall", "F1"))
        return
    precision, recall = (sum(s[i] for s in scores) / len(scores) for i in (0, 1))
    yield f"{name}precision", precision
    yield f"{name}recall", recall
    yield f"{name}F1", 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _share(right: Iterator[bool | None]) -> float | None:
    values = [value for value in right if value is not None]
    return sum(values) / len(values) if values else None


def _language_of(page: Page) -> str:
    """The language a page is filed under: as expected, or as its text is detected."""
    return str(page.expected.get("language") or detect_language(page.expected.get("text", "")))


def _print_worst(pages: list[Page], results: Sequence[Found], most: int) -> None:
    """The pages whose text or fields are furthest off, with what was found instead."""
    faults: list[tuple[float, str]] = []
    for page, found in zip(pages, results, strict=True):
        told: list[str] = []
        lost = 0.0
        if "text" in page.expected:
            precision, recall = overlap(shingles(found.text), shingles(page.expected["text"]))
            lost = 2 - precision - recall
            if lost > 0.02:
                told.append(f"precision {precision:.3f}, recall {recall:.3f}")
        for name, right in FIELDS.items():
            if right(page, found) is False:
                lost += 0.2
                told.append(f"{name} {getattr(found, name)!r} for {page.expected[name]!r}")
        if told:
            faults.append((lost, f"{page.path}: {'; '.join(told)}"))
    for _, text in sorted(faults, reverse=True)[:most]:
        print(text)


def main() -> None:
    """Print the tables, or the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repeat", type=int, default=1, help="run every extractor so many times")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="list the N pages attache does worst")
    parser.add_argument("--half", type=int, choices=(1, 2), help="only the pages of this half")
    parser.add_argument(
        "--in-site", action="store_true", help="with a site's menus, teasers and scripts around pages"
    )
    parser.add_argument("--only", default="", help="names of the extractors to run, parted by commas")
    arguments = parser.parse_args()
    pages = read_pages(arguments.folder)
    pages = half(pages, arguments.half) if arguments.half else pages
    if arguments.in_site:
        pages = [replace(page, text=in_site(page.text)) if page.is_html else page for page in pages]
    chosen = [name for name in re.split(r",(?! )", arguments.only) if name]  # "trafilatura, text only" is one
    runs = {
        name: run(pages, extract, arguments.repeat)
        for name, module, extract in EXTRACTORS
        if find_spec(module) is not None and (not chosen or name in chosen)
    }
    own = runs.get("attache")
    figures = {
        name: score(pages, r.results)
        | {
            "pages/s": len(pages) / r.seconds,
            "relative": own.seconds / r.seconds if own else None,
            "failed": r.failed,
        }
        for name, r in runs.items()
    }
    by_language: dict[str, dict[str, float | None]] = {}
    if own:
        for language in sorted({_language_of(page) for page in pages}):
            part = [(p, r) for p, r in zip(pages, own.results, strict=True) if _language_of(p) == language]
            by_language[language] = score([p for p, _ in part], [r for _, r in part]) | {"pages": len(part)}
    if arguments.json:
        print(json.dumps({"extractors": figures, "languages": by_language}, indent=1))
        return
    _print_table(f"{len(pages)} pages of {arguments.folder}", figures)
    if by_language:
        _print_table("attache, by language", by_language)
    if own and arguments.worst:
        _print_worst(pages, own.results, arguments.worst)


def _print_table(title: str, figures: dict[str, dict[str, float | None]]) -> None:
    table = Table(title=title)
    table.add_column("", no_wrap=True)
    for column in next(iter(figures.values())):
        table.add_column(column, justify="right", no_wrap=True)
    for name, row in figures.items():
        table.add_row(name, *("–" if value is None else f"{value:.3f}" for value in row.values()))
    Console(width=max(160, Console().width)).print(table)


if __name__ == "__main__":
    main()

"""How well and how fast pages are cleaned, beside other extractors, over any folder of pages.

    python benchmarks/extraction.py FOLDER [--repeat N] [--json]

Layout of FOLDER: pages (`*.html`, `*.txt`, also `.gz`) anywhere below it, and `expected.json`, an object from a
page's path (relative, POSIX) to what it should give. Fields that are left out are not scored:

    {"a/page.html": {"text": "…", "title": "…", "published": "2024-06-18" | null, "authors": ["…"], "url": "…"}}

The `ground-truth.json` of the article-extraction benchmark (`articleBody`, pages in `html/<id>.html.gz`) is read too.

Text is scored as that benchmark does: precision and recall of 4-gram shingles a page, averaged, and their F1. On
plain text, lines count: the expected text's lines against the kept ones. Title, date and authors are right or wrong.
Extractors that are not installed are left out; all that are run in this one process, one core, in turn.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from assets.cleaned.documents.clean import clean_document
from assets.raw.documents.rows import RawDocument

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


def read_pages(folder: Path) -> list[Page]:
    """The pages of a folder in either layout. Raises SystemExit with a message where there is none."""
    expected_file, truth_file = folder / "expected.json", folder / "ground-truth.json"
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
    return Found(document.text, document.title, published, document.authors)


def _trafilatura(page: Page) -> Found:
    from trafilatura import bare_extraction

    found = bare_extraction(page.text, url=page.expected.get("url"), with_metadata=True, include_comments=False)
    if found is None:
        return Found("", None, "", ())
    authors = tuple(a.strip() for a in (found.author or "").split(";") if a.strip())
    return Found(found.text or "", found.title, found.date or "", authors)


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


def _justext(page: Page) -> Found:
    import justext

    paragraphs = justext.justext(page.text.encode(), justext.get_stoplist("English"))
    return Found("\n".join(p.text for p in paragraphs if not p.is_boilerplate))


# Name, the module it needs, the function.
EXTRACTORS: tuple[tuple[str, str, Callable[[Page], Found]], ...] = (
    ("attache", "assets", _attache),
    ("trafilatura", "trafilatura", _trafilatura),
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


def score(pages: list[Page], extract: Callable[[Page], Found], repeat: int) -> dict[str, float | None]:
    """All figures of one extractor over the pages; None where nothing was to be scored."""
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
    seconds = max(time.process_time() - started, 1e-9)
    pairs = list(zip(pages, results, strict=True))
    figures = dict(
        _text_figures("", [(r.text, p.expected["text"]) for p, r in pairs if "text" in p.expected], shingles)
    )
    plain = [(r.text, p.expected["text"]) for p, r in pairs if "text" in p.expected and not p.is_html]
    figures |= dict(_text_figures("line ", plain, _lines))
    figures["title"] = _share(_same(r.title, p.expected["title"]) for p, r in pairs if "title" in p.expected)
    dated = [
        (r.published, p.expected["published"] or "")
        for p, r in pairs
        if "published" in p.expected and r.published is not None
    ]
    figures["date"] = _share(found == wanted for found, wanted in dated)
    signed = [
        (r.authors, p.expected["authors"]) for p, r in pairs if "authors" in p.expected and r.authors is not None
    ]
    figures["authors"] = _share(sorted(found) == sorted(wanted) for found, wanted in signed)
    figures["pages/s"] = len(pages) * repeat / seconds
    figures["failed"] = failed / repeat
    return figures


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


def _same(found: str | None, expected: str | None) -> bool:
    return " ".join((found or "").split()) == " ".join((expected or "").split())


def _share(right: Iterator[bool]) -> float | None:
    values = list(right)
    return sum(values) / len(values) if values else None


def main() -> None:
    """Print the table, or the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repeat", type=int, default=1, help="run every extractor so many times")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    pages = read_pages(arguments.folder)
    figures = {
        name: score(pages, extract, arguments.repeat)
        for name, module, extract in EXTRACTORS
        if find_spec(module) is not None
    }
    if arguments.json:
        print(json.dumps(figures, indent=1))
        return
    table = Table(title=f"{len(pages)} pages of {arguments.folder}")
    table.add_column("extractor")
    for column in next(iter(figures.values())):
        table.add_column(column, justify="right")
    for name, row in figures.items():
        table.add_row(name, *("–" if value is None else f"{value:.3f}" for value in row.values()))
    Console().print(table)


if __name__ == "__main__":
    main()

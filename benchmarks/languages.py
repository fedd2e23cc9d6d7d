"""How surely the language of short paragraphs is told, beside lingua and py3langid on the same texts.

    python -m benchmarks.languages [--json]

The texts are the body lines of `benchmarks/text_pages` (over twenty languages, all invented), whole and cut to their
first 120, 60 and 30 characters at a word. A text counts as right, wrong, or undetermined, by what `detect_language`
says and by what the others say, who always say something. The second table is of `paragraph_languages`: each text as
a paragraph of a page in its own language (`false alarms` are those called another), and in a page of every other
language (`found` are those told as what they are, `third` as neither). Speed is of one core.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec

from rich.console import Console
from rich.table import Table

from assets.cleaned.documents.language import UNDETERMINED, detect_language, paragraph_languages
from benchmarks.text_lines import PAGES, read_pages

LENGTHS = (0, 120, 60, 30)
"""Characters that a paragraph is cut to; 0 leaves it whole."""


def paragraphs() -> dict[str, list[str]]:
    """The body lines of the made-up pages by language, each once, without wrapped ones."""
    found: dict[str, set[str]] = {}
    for folder in sorted(PAGES.iterdir()):
        for page in read_pages(folder):
            lines = {line.text.strip() for line in page.lines if line.kind == "body"}
            if lines and max(map(len, lines)) > 70:
                found.setdefault(page.language, set()).update(line for line in lines if any(map(str.isalpha, line)))
    return {language: sorted(lines) for language, lines in sorted(found.items())}


def cut(text: str, length: int) -> str:
    """The beginning of a text, ended at a word where it has words."""
    if not length or len(text) <= length:
        return text
    head = text[: length + 1]
    return head.rsplit(" ", 1)[0] if " " in head else head[:length]


def _lingua() -> Callable[[str], str]:
    from lingua import LanguageDetectorBuilder

    detector = LanguageDetectorBuilder.from_all_languages().with_low_accuracy_mode().build()

    def detect(text: str) -> str:
        found = detector.detect_language_of(text)
        return found.iso_code_639_1.name.lower() if found else UNDETERMINED

    return detect


def _py3langid() -> Callable[[str], str]:
    import py3langid

    return lambda text: str(py3langid.classify(text)[0])


DETECTORS: dict[str, tuple[str, Callable[[], Callable[[str], str]]]] = {
    "attache": ("assets", lambda: detect_language),
    "lingua": ("lingua", _lingua),
    "py3langid": ("py3langid", _py3langid),
}


def figures() -> Iterator[dict[str, float | str]]:
    """One row a detector and length."""
    texts = paragraphs()
    for name, (module, make) in DETECTORS.items():
        if find_spec(module) is None:
            continue
        detect = make()
        detect("The council met on Tuesday.")
        for length in LENGTHS:
            right = wrong = unsure = 0
            started = time.process_time()
            for language, lines in texts.items():
                for line in lines:
                    found = detect(cut(line, length))
                    right += found == language
                    unsure += found == UNDETERMINED
                    wrong += found not in (language, UNDETERMINED)
            count = right + wrong + unsure
            seconds = time.process_time() - started
            yield {
                "detector": name,
                "characters": length or "all",
                "texts": count,
                "right": right / count,
                "wrong": wrong / count,
                "und": unsure / count,
                "texts/s": count / seconds,
            }


def paragraphs_in_pages() -> Iterator[dict[str, float | str]]:
    """One row a length: paragraphs in pages of their own and of other languages."""
    texts = paragraphs()
    for length in LENGTHS:
        own = foreign = alarms = undetermined = found = third = 0
        for page_language in texts:
            for language, lines in texts.items():
                told = paragraph_languages([cut(line, length) for line in lines], page_language)
                strange = sum(code not in (language, page_language, UNDETERMINED) for code in told)
                if language == page_language:
                    own += len(lines)
                    alarms += strange
                    undetermined += told.count(UNDETERMINED)
                else:
                    foreign += len(lines)
                    found += told.count(language)
                    third += strange
        yield {
            "characters": length or "all",
            "own": own,
            "false alarms": alarms / own,
            "und": undetermined / own,
            "foreign": foreign,
            "found": found / foreign,
            "third": third / foreign,
        }


def _shown(title: str, rows: Sequence[Mapping[str, float | str]]) -> Table:
    table = Table(title=title)
    for column in rows[0]:
        table.add_column(column, justify="right")
    for row in rows:
        table.add_row(
            *(str(v) if not isinstance(v, float) else f"{v:.3f}" if v < 10 else f"{v:.0f}" for v in row.values())
        )
    return table


def main() -> None:
    """Print the figures as tables, or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    alone, in_pages = list(figures()), list(paragraphs_in_pages())
    if arguments.json:
        print(json.dumps({"alone": alone, "in pages": in_pages}, indent=1))
        return
    console = Console()
    console.print(_shown(f"Paragraphs alone, {len(paragraphs())} languages", alone))
    console.print(_shown("Paragraphs in pages", in_pages))


if __name__ == "__main__":
    main()

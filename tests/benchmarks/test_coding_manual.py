"""The coding manual: its examples are what the coder says, its marks are true, and it covers the ontology whole."""

from __future__ import annotations

import re
from collections import Counter

import pycountry
import pytest

from assets.vocabulary.plover import load_ontology
from benchmarks.coding_manual import (
    CODINGS,
    MANUAL,
    NO_EVENT,
    Example,
    differences,
    figures_line,
    read_examples,
    with_mark,
)

TEXT = MANUAL.read_text(encoding="utf-8")
EXAMPLES = read_examples(TEXT)
LANGUAGES = ("ar", "de", "en", "es", "fr", "ru", "tr")
NOT_THE_TYPE = {"type", "event", "no such event"}
NOT_THE_COUNTRIES = NOT_THE_TYPE | {"source", "target"}
FEWEST_READ = 0.9
_HEADING = re.compile(r"^### ([A-Z]+)$", re.MULTILINE)


def _section(name: str) -> str:
    return re.split(r"^##", TEXT.split(f"\n### {name}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_coder_reads_what_is_unmarked_and_only_that(language: str) -> None:
    stale = {e.text: differences(e) for e in EXAMPLES if e.language == language and differences(e) != e.marked}
    assert not stale, "what differs now; python -m benchmarks.coding_manual --mark writes the marks anew"


@pytest.mark.parametrize(("amiss", "what"), [(NOT_THE_TYPE, "type"), (NOT_THE_COUNTRIES, "countries")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_stay_few(language: str, amiss: set[str], what: str) -> None:
    rows = [e for e in EXAMPLES if e.language == language]
    right = sum(not amiss & set(e.marked) for e in rows)
    assert right / len(rows) >= FEWEST_READ, f"{what} right in {right} of {len(rows)}"


def test_every_type_has_its_section_with_the_ontologys_figures() -> None:
    types = load_ontology().types
    assert _HEADING.findall(TEXT) == list(types)
    for name, entry in types.items():
        section = _section(name)
        assert entry.definition in section
        assert figures_line(name) in section
        assert all(f"**{part}" in section for part in ("Counts", "Does not count", "Who", "Contexts", "Pitfalls"))


@pytest.mark.parametrize("name", load_ontology().types)
def test_every_type_has_examples_in_several_scripts(name: str) -> None:
    rows = Counter(e.language for e in read_examples(_section(name)) if e.plover_type == name)
    assert rows["en"] >= 3
    assert rows["ar"] and rows["ru"]
    assert sum(rows[language] for language in ("de", "es", "fr", "tr")) >= 1


def test_the_ontologys_examples_of_modes_stand_in_the_manual() -> None:
    in_manual = {(e.plover_type, e.mode, e.text) for e in EXAMPLES}
    for name, entry in load_ontology().types.items():
        assert len(entry.examples) >= 2
        for mode, of_mode in entry.modes.items():
            assert (name, mode, of_mode.example) in in_manual


def test_codings_are_in_the_vocabulary() -> None:
    types = load_ontology().types
    codings = [e for e in EXAMPLES if e.plover_type]
    assert len(codings) > 150
    assert any(e.expected[0] == NO_EVENT for e in EXAMPLES)
    for example in codings:
        assert example.mode is None or example.mode in types[example.plover_type or ""].modes
        assert example.expected[2] in {"actual", "planned", "offered", "denied", "claimed", "hypothetical"}
        sides = re.split(" [→↔] ", example.expected[1])
        assert len(sides) == 2
        assert all(side == "–" or pycountry.countries.get(alpha_3=side) for side in sides), example.text


def test_arabic_stands_in_a_cell_of_its_own_that_runs_right_to_left() -> None:
    for line in TEXT.splitlines():
        for cell in line.split("|"):
            if re.search("[\u0600-\u06ff]", cell):
                assert re.fullmatch(r' <span dir="rtl" lang="ar">[^<>A-Za-z]+</span> ', cell), line


def test_a_wrong_row_is_noticed_and_its_mark_comes_and_goes() -> None:
    row = "| en | Estonia expelled a Chinese diplomat. | SANCTION, expel | CHN → EST | planned | Wrong |"
    [example] = read_examples(f"{CODINGS}\n|---|\n{row}")
    wrong = differences(example)
    assert wrong == ("source", "target", "status")
    marked = with_mark(row, wrong)
    assert marked == f"{row[:-2]} **(not read yet: source, target, status)** |"
    [again] = read_examples(f"{CODINGS}\n|---|\n{marked}")
    assert again.marked == wrong
    assert with_mark(marked, ()) == row
    nothing = Example(0, "en", "Estonia expelled a Chinese diplomat.", (NO_EVENT, "–", "–"), ())
    assert differences(nothing) == ("no such event",)


def test_a_row_of_the_wrong_width_is_named() -> None:
    with pytest.raises(ValueError, match="line 3 of the manual"):
        read_examples(f"{CODINGS}\n|---|\n| en | Two cells |")

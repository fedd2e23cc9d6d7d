"""A new language begins with files that load, and mistakes in vocabularies are named by line."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.events.mentions.language import Language
from assets.events.mentions.sentence import Sentence
from assets.vocabulary.coding import Events, describe, read_coding_vocabulary
from assets.vocabulary.files import FOLDER, VocabularyError, read_vocabulary_file
from assets.vocabulary.places_in_toml import line_of
from assets.vocabulary.plover import load_ontology
from assets.vocabulary.scaffold import scaffold


@pytest.mark.parametrize("language", ["sw", "pt", "uk"])
def test_a_new_language_loads_as_it_is_written(language: str, tmp_path: Path) -> None:
    files = scaffold(language, tmp_path)
    assert {file.name for file in files} == {"grammar.toml", "actors.toml", "events.toml"}
    vocabulary = read_coding_vocabulary(tmp_path / language, language)
    assert "0 triggers" in describe(vocabulary)
    events = (tmp_path / language / "events.toml").read_text()
    grammar = (tmp_path / language / "grammar.toml").read_text()
    assert all(f"\n{key} = " in grammar for key in ("adjective_after_noun", "elsewhere", "passive_auxiliaries"))
    assert all(f'# type = "{name}"' in events for name in load_ontology().types)


def test_a_scaffold_that_is_filled_in_codes(tmp_path: Path) -> None:
    scaffold("sw", tmp_path)
    events = tmp_path / "sw" / "events.toml"
    events.write_text(events.read_text() + '\n[[event]]\ntype = "ASSAULT"\nverbs = ["=alishambulia"]\n')
    language = Language(read_coding_vocabulary(tmp_path / "sw", "sw"))
    sentence = Sentence("Jeshi la Kenya alishambulia Somalia.", language)
    assert [hit.meaning.entry.type for hit in sentence.triggers] == ["ASSAULT"]
    assert {hit.meaning.country for hit in sentence.actor_words} >= {"KEN", "SOM"}


def test_nothing_is_overwritten_and_codes_are_checked(tmp_path: Path) -> None:
    scaffold("sw", tmp_path)
    with pytest.raises(VocabularyError, match="already"):
        scaffold("sw", tmp_path)
    for wrong in ("xx", "swahili", "../e", "SW"):
        with pytest.raises(VocabularyError, match="no ISO 639-1 code"):
            scaffold(wrong, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["sw"]


def test_a_mistake_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "events.toml"
    good = '[[event]]\ntype = "AID"\nverbs = ["help"]\n'
    path.write_text(f'ignore = []\n\n{good}\n[[event]]\ntype = "INVADE"\nverbs = ["x"]\n')
    with pytest.raises(VocabularyError, match=r"line 7: event\.1 = .*INVADE"):
        read_vocabulary_file(path, Events)
    path.write_text(f"{good}strenght = 1\n")
    with pytest.raises(VocabularyError, match=r"line 4: event\.0\.strenght"):
        read_vocabulary_file(path, Events)


@pytest.mark.parametrize("language", ["en", "ar", "tr"])
def test_lines_are_found_in_the_real_files(language: str) -> None:
    text = (FOLDER / language / "events.toml").read_text(encoding="utf-8")
    entries, lines = tomllib.loads(text)["event"], text.splitlines()
    for number in range(0, len(entries), max(len(entries) // 7, 1)):
        line = line_of(text, ("event", number, "type"))
        assert line and lines[line - 1].strip() == f'type = "{entries[number]["type"]}"'


@given(
    tables=st.lists(st.sampled_from(["a", "b", "a.c"]), min_size=1, max_size=6),
    key=st.sampled_from(["x", "y"]),
)
def test_every_array_entry_leads_to_its_own_line(tables: list[str], key: str) -> None:
    tables = ["a", *tables]
    text = "\n".join(f"[[{name}]]\n{key} = {number}" for number, name in enumerate(tables))
    data = tomllib.loads(text)
    for position, entry in enumerate(data["a"]):
        line = line_of(text, ("a", position, key))
        assert line and text.splitlines()[line - 1] == f"{key} = {entry[key]}"

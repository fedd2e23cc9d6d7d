"""Corrections from CSV, and the memory as TMX, out and in again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.translated.memory.exchange import ExchangeError, Skipped, read_corrections, read_tmx, write_tmx
from assets.translated.memory.memory import correction, entry


def test_corrections_are_read_and_bad_lines_are_named(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text(
        '\ufefflang,source,english,note\nar,"وصل الوفد، ثم غادر.","The delegation arrived, then left.",x\n'
        "de-AT,Er  kam.,He came.,\nen,He came.,He came.,\nde,,nothing,\n,Er kam.,He came.,\n",
        encoding="utf-8",
    )
    found = list(read_corrections(path))
    assert found[:2] == [
        correction("ar", "وصل الوفد، ثم غادر.", "The delegation arrived, then left.", "corrections.csv"),
        correction("de", "Er kam.", "He came.", "corrections.csv"),
    ]
    assert [s.where for s in found[2:] if isinstance(s, Skipped)] == [f"corrections.csv, line {n}" for n in (4, 5, 6)]


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"lang,source\nar,x\n", b"\xff\xfe\x00"])
def test_a_file_that_is_no_table_of_corrections(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(ExchangeError, match=r"bad\.csv"):
        list(read_corrections(path))
    with pytest.raises(ExchangeError):
        list(read_corrections(tmp_path / "absent.csv"))


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(lambda s: s.strip())


@given(st.lists(st.tuples(st.sampled_from(["ar", "de"]), TEXT, TEXT), max_size=5))
@settings(max_examples=50, deadline=None)
def test_corrections_survive_tmx(
    tmp_path_factory: pytest.TempPathFactory, triples: list[tuple[str, str, str]]
) -> None:
    path = tmp_path_factory.mktemp("tmx") / "memory.tmx"
    wanted = [correction(lang, source, " ".join(english.split()), "memory.tmx") for lang, source, english in triples]
    wanted = [e for e in wanted if e.source_text and e.english_text]
    assert write_tmx(wanted, path) == len(wanted)
    assert list(read_tmx(path)) == wanted


def test_what_an_engine_made_does_not_come_back_as_a_persons_word(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    write_tmx([entry("de", "Er kam.", "He came.", "firefox", "de-en", quality=0.9)], path)
    assert 'type="x-engine"' in path.read_text(encoding="utf-8")
    assert [type(found) for found in read_tmx(path)] == [Skipped]


def test_tmx_of_other_tools_is_read(tmp_path: Path) -> None:
    path = tmp_path / "tool.tmx"
    path.write_text(
        '<?xml version="1.0"?><tmx version="1.4"><header srclang="de"/><body>'
        '<tu><tuv xml:lang="DE-de"><seg>Er <bpt i="1"/>kam<ept i="1"/>.</seg></tuv>'
        '<tuv xml:lang="en-GB"><seg>He came.</seg></tuv></tu>'
        '<tu><tuv xml:lang="de"><seg>Allein.</seg></tuv></tu>'
        "</body></tmx>"
    )
    found = list(read_tmx(path))
    assert found[0] == correction("de", "Er kam.", "He came.", "tool.tmx")
    assert found[1] == Skipped("tool.tmx, unit 2", "no English beside another language")


def test_codes_of_a_tool_are_no_words_and_utf_16_is_read(tmp_path: Path) -> None:
    path = tmp_path / "workbench.tmx"
    text = (
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><body>'
        '<tu><prop type="x-Origin">TM</prop><tuv xml:lang="DE-DE"><seg><bpt i="1">{\\b </bpt>Die Armee<ept i="1">}'
        '</ept> zog<ph x="2">{\\pict<sub>Fahne</sub>}</ph> ab<!-- so -->.</seg></tuv><tuv xml:lang="EN-GB"><seg>'
        '<ut>{\\cs1}</ut>The <hi type="bold">army<it pos="end">&lt;i></it></hi> withdrew.</seg></tuv></tu>'
        '<tu><tuv xml:lang="AR-01"><seg>انسحب الجيش.</seg></tuv><tuv xml:lang="es-419"><seg>Se retiró.</seg></tuv>'
        '<tuv xml:lang="en-US"><seg>It withdrew.</seg></tuv></tu></body></tmx>'
    )
    path.write_bytes(text.encode("utf-16"))
    assert list(read_tmx(path)) == [
        correction("de", "Die Armee zog ab.", "The army withdrew.", "workbench.tmx"),
        correction("ar", "انسحب الجيش.", "It withdrew.", "workbench.tmx"),
        correction("es", "Se retiró.", "It withdrew.", "workbench.tmx"),
    ]


@pytest.mark.parametrize("content", ["", "<html></html>", "<tmx><body><tu>", "not xml"])
def test_what_is_no_tmx_is_said(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bad.tmx"
    path.write_text(content)
    with pytest.raises(ExchangeError):
        list(read_tmx(path))


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret words")
    path = tmp_path / "attack.tmx"
    path.write_text(
        f'<!DOCTYPE tmx [<!ENTITY x SYSTEM "file://{secret}">]><tmx><body><tu>'
        '<tuv xml:lang="de"><seg>Er kam &x;.</seg></tuv><tuv xml:lang="en"><seg>He &x; came.</seg></tuv>'
        "</tu></body></tmx>"
    )
    assert [found.reason for found in read_tmx(path) if isinstance(found, Skipped)] == [
        "holds an entity (&name;), which is not read; write the character itself"
    ]

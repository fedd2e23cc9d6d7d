"""The memory in and out of files: TMX 1.4 for translation tools, CSV for people's corrections.

Files come from users: they are read with limits and without entities, and what cannot be used is named, line by
line, while the rest goes on.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree

from lxml import etree

from assets.cleaned.documents.language import normalise_language
from assets.translated.memory.memory import correction
from assets.translated.memory.rows import HUMAN, MemoryEntry

ENGLISH = "en"
# Elements of a segment that hold a tool's own codes for its layout, and no words of the sentence.
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut", "sub"})
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_COLUMNS = ("lang", "source", "english")
# XML 1.0 allows no other control characters; they have no place in a sentence either.
_CONTROLS = {code: " " for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: " ", 0xFFFF: " "}


class ExchangeError(Exception):
    """A file cannot be read as what it should be; the message says what, where and what to do."""


@dataclass(frozen=True)
class Skipped:
    """One part of a file that was not taken, and why."""

    where: str
    reason: str


def read_corrections(path: Path) -> Iterator[MemoryEntry | Skipped]:
    """Corrections from a CSV file with the columns lang, source and english (others are ignored).

    Raises ExchangeError when the file cannot be read or lacks a column.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if missing := [name for name in _COLUMNS if name not in (rows.fieldnames or ())]:
                raise ExchangeError(f"{path}: no column {', '.join(missing)}; expected lang, source, english")
            for row in rows:
                where = f"{path.name}, line {rows.line_num}"
                yield _entry(row["lang"], row["source"], row["english"], where, path.name)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ExchangeError(f"{path} cannot be read as CSV in UTF-8: {error}") from None


def one_correction(lang: str | None, source: str | None, english: str | None) -> MemoryEntry | Skipped:
    """A person's English for one sentence, or why it cannot be taken."""
    return _entry(lang, source, english, "the command line", "command line")


def read_tmx(path: Path) -> Iterator[MemoryEntry | Skipped]:
    """The units of a TMX file that pair English with another language, as a person's translations.

    Raises ExchangeError when the file cannot be read or is no TMX.
    """
    number = 0
    try:
        with path.open("rb") as file:
            for unit in _units(file):
                number += 1
                yield from _from_unit(unit, f"{path.name}, unit {number}", path.name)
                unit.clear()
    except (OSError, etree.XMLSyntaxError) as error:
        raise ExchangeError(f"{path} cannot be read as TMX: {error}") from None


def write_tmx(entries: Iterable[MemoryEntry], path: Path) -> int:
    """Writes the memory as TMX 1.4, one unit an entry with engine, model and quality as properties; their number."""
    root = ElementTree.Element("tmx", version="1.4")
    header = {
        "creationtool": "attache",
        "creationtoolversion": "1",
        "segtype": "sentence",
        "o-tmf": "attache",
        "adminlang": ENGLISH,
        "srclang": "*all*",
        "datatype": "plaintext",
    }
    ElementTree.SubElement(root, "header", header)
    body = ElementTree.SubElement(root, "body")
    count = 0
    for entry in entries:
        unit = ElementTree.SubElement(body, "tu", tuid=entry.memory_id)
        properties = {"engine": entry.engine, "model": entry.model, "glossary": entry.glossary}
        if entry.quality is not None:
            properties["quality"] = f"{entry.quality:g}"
        for name, value in properties.items():
            if value:
                ElementTree.SubElement(unit, "prop", type=f"x-{name}").text = value.translate(_CONTROLS)
        for language, text in ((entry.language, entry.source_text), (ENGLISH, entry.english_text)):
            variant = ElementTree.SubElement(unit, "tuv", {"xml:lang": language})
            ElementTree.SubElement(variant, "seg").text = text.translate(_CONTROLS)
        count += 1
    ElementTree.indent(root, " ")
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
    return count


def _units(file: BinaryIO) -> Iterator[etree._Element]:
    """The `tu` elements of a file, one at a time, without entities, networks or huge trees."""
    events = etree.iterparse(
        file, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    is_first = True
    for event, element in events:
        if is_first and etree.QName(element).localname != "tmx":
            raise ExchangeError(f"the file is XML but no TMX: it starts with <{etree.QName(element).localname}>")
        is_first = False
        if event == "end" and isinstance(element.tag, str) and etree.QName(element).localname == "tu":
            yield element


def _from_unit(unit: etree._Element, where: str, origin: str) -> Iterator[MemoryEntry | Skipped]:
    if any(element.tag is etree.Entity for element in unit.iter()):
        yield Skipped(where, "holds an entity (&name;), which is not read; write the character itself")
        return
    texts: dict[str, str] = {}
    for variant in unit.iter("{*}tuv"):
        language = normalise_language(variant.get(_XML_LANG) or variant.get("lang"))
        segment = variant.find("{*}seg")
        if language and segment is not None:
            texts.setdefault(language, _words(segment))
    properties = {p.get("type"): "".join(str(t) for t in p.itertext()) for p in unit.iter("{*}prop")}
    if properties.get("x-engine", HUMAN) != HUMAN:
        # What an engine once made is no person's word, though it comes back in a file.
        yield Skipped(where, f"made by the engine {properties['x-engine']}, not by a person")
        return
    others = [language for language in texts if language != ENGLISH]
    if ENGLISH not in texts or not others:
        yield Skipped(where, "no English beside another language")
    else:
        yield from (_entry(language, texts[language], texts[ENGLISH], where, origin) for language in others)


def _words(segment: etree._Element) -> str:
    """The text of a segment without the codes, comments and instructions in it; what follows these counts."""
    parts = [segment.text or ""]
    for child in segment:
        is_text = isinstance(child.tag, str) and etree.QName(child).localname not in _CODES
        parts += [_words(child) if is_text else "", child.tail or ""]
    return "".join(parts)


def _entry(
    lang: str | None, source: str | None, english: str | None, where: str, origin: str
) -> MemoryEntry | Skipped:
    language = normalise_language(lang)
    if language is None or language == ENGLISH:
        return Skipped(where, f"{lang!r} is no code of a language other than English, such as ar")
    if not (source or "").strip() or not (english or "").strip():
        return Skipped(where, "source or english is empty")
    return correction(language, source or "", " ".join((english or "").split()), origin)

"""Russian words taken apart by pymorphy3 (dictionary of OpenCorpora): lemmas, and what their endings tell."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pymorphy3
    from pymorphy3.tagset import OpencorporaTag

_LEAST_SCORE = 0.02  # share of a form's uses below which a reading of it is left out
_MARKINGS = {
    "nomn": "subject",
    "gent": "of",
    "gen2": "of",
    "datv": "target",
    "accs": "object",
    "ablt": "agent",
    "loct": "place",
    "loc2": "place",
}
_NUMBERED = frozenset({"NOUN", "NPRO", "ADJF", "VERB"})
_PARTS = {"NOUN": "noun", "NPRO": "noun", "ADJF": "adjective", "PRTF": "adjective", "GRND": "converb"}

Reading = tuple[str, frozenset[str]]


def readings(word: str) -> Iterator[Reading]:
    """Lemmas of a word in lower case, each with what the ending tells where the word is a form of it.

    That is the part of speech (`noun`, `adjective`, `converb`), the case by the part it marks (`subject`, `object`,
    `target`, `of`, `agent`, `place`), `plural`, `passive`, `planned` (the simple future) and `own` (the
    first person). A word may be several forms of one
    lemma; the cases are then all those it may stand in, and none where it is never inflected.
    """
    parses = [parse for parse in _analyser().parse(word) if parse.score >= _LEAST_SCORE]
    tense = next((parse.tag.tense for parse in parses if "VERB" in parse.tag), None)
    for parse in parses:
        tag = parse.tag
        if tag.tense == "futr" and tense != "futr":
            continue  # "находится" is seldom what somebody will do
        if "PRTF" in tag:  # "заключённых" is a form of "заключённый" as well as of "заключить"
            yield _participle(parse), _traits(tag) - {"passive"} | {"noun"}
            if "pssv" in tag:
                continue  # "the detained writer" tells of no arrest now
        yield parse.normal_form, _traits(tag)
        is_reflexive = "VERB" in tag and "impf" in tag and parse.normal_form.endswith("ся") and "3per" in tag
        if is_reflexive:  # "обстреливается", is shelled
            yield parse.normal_form[:-2], _traits(tag) | {"passive"}


def lemma(word: str) -> str:
    """The likeliest lemma of a word, a place or a person where the word may name one; in lower case."""
    parses = _analyser().parse(word)
    if any(parse.normal_form == word.lower() for parse in parses):
        return word.lower()
    named = (p for p in parses if word[0].isupper() and ("Geox" in p.tag or "Surn" in p.tag or "Orgn" in p.tag))
    return str(next(named, parses[0]).normal_form)


def is_known(word: str) -> bool:
    """Whether the dictionary has the word."""
    return bool(_analyser().word_is_known(word.lower()))


def _participle(parse: pymorphy3.analyzer.Parse) -> str:
    first = parse.inflect({"nomn", "masc", "sing"})
    return str(first.word) if first else str(parse.word)


def _traits(tag: OpencorporaTag) -> frozenset[str]:
    found = {_PARTS[tag.POS]} if tag.POS in _PARTS else set()
    if tag.case in _MARKINGS and "Fixd" not in tag:
        found.add(_MARKINGS[tag.case])
    if "pssv" in tag:
        found.add("passive")
    if tag.tense == "futr":
        found.add("planned")
    if tag.person == "1per" and tag.POS == "VERB":
        found.add("own")
    if tag.number == "plur" and tag.POS in _NUMBERED:
        found.add("plural")
    return frozenset(found)


@lru_cache(maxsize=1)
def _analyser() -> pymorphy3.MorphAnalyzer:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")

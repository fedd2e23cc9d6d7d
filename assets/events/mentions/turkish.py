"""Turkish words taken apart: which stems a word may be built on, and what its suffixes tell.

Suffixes are read by their written shapes (Göksel and Kerslake, Turkish: A Comprehensive Grammar, 2005, chapters 6
to 8): a stem stands where the rest of the word is a whole chain of suffixes. Which stems are words is not known
here; the lexicon asks only for those of its vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LEAST_STEM = 2
_I, _A = "[ıiuü]", "[ae]"

# Possession, then case: "ordu-su-na", "uçak-lar-ı-nın". A possessed word puts n before its case.
_KI = rf"(?:ki(?:l{_A}r)?(?:n?{_I}n?|n?{_A})?)?"
_PLAIN = (
    rf"(?:(?P<origin>[dt]{_A}n)|(?P<place>[dt]{_A}{_KI})|(?P<of>n?{_I}n(?:ki)?)|(?P<with>y?l{_A})"
    rf"|(?P<agent>[cç]{_A})|(?P<target>y?{_A})|(?P<object>y?{_I}))?"
)
_OWNED = (
    rf"(?P<possessed>s?{_I}|l{_A}r[ıi])(?:(?P<origin_>nd{_A}n)|(?P<place_>nd{_A}{_KI})|(?P<of_>n{_I}n)|(?P<with_>yl{_A})"
    rf"|(?P<agent_>nc{_A})|(?P<target_>n{_A})|(?P<object_>n{_I}))?"
)
_CASES = rf"(?:{_OWNED}|{_PLAIN})(?:[dt]{_I}r)?"
_NOUN = re.compile(rf"(?:l{_A}r)?(?:{_I}?m{_I}z)?{_CASES}")
_NAME = re.compile(rf"n?{_PLAIN}")  # "Irak'ı" is no possessed Irak; names may end in a possessive: "Emirlikleri'ni"
_POSSESSION = re.compile(rf"(?:l{_A}r)?(?:s?{_I}|l{_A}r[ıi])")
_PERSON = rf"(?:l{_A}r|{_I}?m|k|n|n{_I}z|y?{_I}z|s{_I}n(?:l{_A}r)?)?(?:[dt]{_I}r)?"
_VERB = re.compile(
    rf"(?P<passive>(?:{_I}[ln]|n)(?:{_I}l)?)?(?P<able>y?{_A}bil)?"
    rf"(?P<negative>(?:y?{_A})?m(?:{_A}|(?={_I}yor)))?(?:"
    rf"(?P<nominal>(?:(?:[dt]{_I}|y?{_A}c{_A})[kğ](?:l{_A}r)?(?=[ıiuüae])|m{_A}(?:l{_A}r)?){_CASES})"
    rf"|(?P<relative>y?{_A}n)(?:l{_A}r{_I}?n?{_A}?)?"
    rf"|(?P<infinitive>m{_A}[kğ])(?:l{_A}|t{_A}n?|{_I}|{_A})?"
    rf"|(?P<converb>y?{_I}p|y?{_A}r{_A}k|y?{_I}nc{_A}|[dt]{_I}kt{_A}n)|(?P<without>m{_A}d{_A}n)"
    rf"|(?:[dt]{_I}|m{_I}ş|{_I}?yor|m{_A}kt{_A}|(?P<necessity>m{_A}l[ıi])|(?P<future>y?{_A}c{_A}[kğ])|{_I}r|{_A}r|r|z"
    rf"|(?P<condition>s{_A}))(?:y?[dt]{_I}|y?m{_I}ş|(?P<if>y?s{_A}))?{_PERSON})"
)
_VERB_TRAITS = {
    "passive": "passive",
    "negative": "negative",
    "without": "negative",
    "able": "hypothetical",
    "necessity": "hypothetical",
    "condition": "hypothetical",
    "if": "hypothetical",
    "future": "planned",
    "infinitive": "infinitive",
    "nominal": "embedded",
    "relative": "relative",
    "converb": "converb",
}
_CASE_NAMES = ("origin", "place", "of", "with", "agent", "target", "object", "possessed")
_HARD = {"ğ": "k", "b": "p", "c": "ç", "d": "t"}  # what a softened end of a stem is without its suffix
_NARROWING = re.compile(rf"{_I}yor")

Reading = tuple[str, frozenset[str]]


def readings(word: str) -> Iterator[Reading]:
    """Stems that a folded word may be built on, with what the suffixes tell. The stem of a verb ends in a hyphen.

    What suffixes tell: of nouns `possessed` and the case by the part it marks (`object`, `target`, `origin`, `of`,
    `with`, `place`, `agent`); of verbs `passive`, `negative`, `planned`, `hypothetical`, and their place in the
    sentence: `embedded` ("that he attacked"), `relative` ("who attacked"), `infinitive`, `converb`.
    """
    name, apostrophe, ending = word.partition("'")
    if apostrophe and (match := _NAME.fullmatch(ending)):
        yield "+" + name, _case_traits(match)
        yield name, _case_traits(match)
        yield from _owned_titles(name, _case_traits(match))
    for split in range(_LEAST_STEM, len(word)):
        stem, rest = word[:split], word[split:]
        if match := _NOUN.fullmatch(rest):
            traits = _case_traits(match)
            yield stem, traits
            if stem[-1] in _HARD and rest[0] in "ıiuüae":
                yield stem[:-1] + _HARD[stem[-1]], traits
        if match := _VERB.fullmatch(rest):
            traits = _verb_traits(match)
            for base in _verb_stems(stem, rest, match):
                yield base + "-", traits


def _owned_titles(name: str, traits: frozenset[str]) -> Iterator[Reading]:
    """ "Bakanı'nın", "Büyükelçiliği'ne": a title that is written as a name is possessed before its apostrophe."""
    for split in range(_LEAST_STEM, len(name)):
        stem, rest = name[:split], name[split:]
        if _POSSESSION.fullmatch(rest):
            yield stem, traits | {"possessed"}
            if stem[-1] in _HARD:
                yield stem[:-1] + _HARD[stem[-1]], traits | {"possessed"}


def infinitive_stem(word: str) -> str | None:
    """The key of a folded infinitive ("saldır-" of "saldırmak"), null for other words."""
    return word[:-3] + "-" if len(word) > 4 and word.endswith(("mak", "mek")) else None


def _verb_stems(stem: str, rest: str, match: re.Match[str]) -> Iterator[str]:
    yield stem
    if match["passive"] and stem[-1] == "r" and stem[-2] not in "aeıioöuü":
        yield stem[:-1] + rest[0] + "r"  # "çevrildi" of "çevirmek"
    if stem[-1] == "d":
        yield stem[:-1] + "t"  # "ediyor" of "etmek"
    if _NARROWING.match(rest):
        yield stem + "a"
        yield stem + "e"  # "destekliyor" of "desteklemek"


def _case_traits(match: re.Match[str]) -> frozenset[str]:
    groups = match.groupdict()
    return frozenset(name for name in _CASE_NAMES if groups.get(name) or groups.get(name + "_"))


def _verb_traits(match: re.Match[str]) -> frozenset[str]:
    traits = {trait for group, trait in _VERB_TRAITS.items() if match[group]}
    if match["nominal"] and match["nominal"].lstrip("y")[1:2] == "c":
        traits.add("planned")  # "saldıracağı", that he will attack
    if "embedded" in traits:
        traits |= _case_traits(match) - {"possessed"}
    return frozenset(traits)

"""The beginnings of a new language's folder: files that load as they are, with what is to be filled in and why.

They are made from what the packages know of the language (its name, word order left to the writer, the morphology at
hand) and from the ontology, so that no type or word list can be forgotten.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

from babel import Locale, UnknownLocaleError

from assets.vocabulary.files import FOLDER, VocabularyError
from assets.vocabulary.plover import load_ontology

_WIDTH = 110
_HINTS = {
    "elsewhere": "goalkeeper, novel, tumour: beside these nothing is coded that has not two named sides",
    "determiners": "articles, numerals and adjectives of degree that may stand before an actor: the, a, two, several",
    "prepositions.agent": "marks who acts in the passive: by",
    "prepositions.target": "marks who is acted upon: on, against, to",
    "prepositions.origin": "from",
    "prepositions.with": "with, together with",
    "prepositions.between": "between",
    "prepositions.of": "of, where it makes a possessor",
    "prepositions.place": "in, at, near",
    "prepositions.topic": "about, over, after: what stands outside the act",
    "voice.passive_auxiliaries": "forms that make the passive: =was, =were, =been",
    "voice.perfect_auxiliaries": "forms that make the perfect: =has, =have, =had",
    "clauses.boundaries": "while, because, although, when",
    "clauses.relatives": "who, which, that",
    "clauses.complementisers": "that, whether",
    "clauses.coordinators": "and, or, as well as",
    "clauses.circumstances": "of the boundaries, those of time, reason and place: because, after, before",
    "clauses.correlatives": "both ~ and",
    "clauses.negative_correlatives": "neither ~ nor",
    "status.negation": "not, never, no",
    "status.planned": "will, plan to, due to",
    "status.offered": "offer to, ready to",
    "status.hypothetical": "if, would, could",
    "status.denied": "deny, refute",
    "status.attempted": "attempt, thwart, prevent",
    "status.background": "last year, historically",
    "reporting.verbs": "say, announce, report: never events of their own",
    "reporting.attributions": "according to",
    "reporting.doubt": "allegedly, reportedly",
    "reporting.mood": "verb forms that only reported speech has (German sei, werde)",
    "references.both_countries": "the two countries, both sides",
    "references.the_country": "the country",
    "references.pronouns": "he, she, they",
    "references.possessives": "his, her, their",
    "casualties.dead": "kill, dead, die",
    "casualties.injured": "wound, injured",
}


def scaffold(language: str, folder: Path = FOLDER) -> list[Path]:
    """Write the folder of a new language (ISO 639-1) under `folder`; the files written.

    Raises VocabularyError for a code that is no language or whose folder holds a vocabulary already.
    """
    name = language_name(language)
    made = folder / language
    files = {
        "grammar.toml": _grammar(language, name),
        "actors.toml": _actors(name),
        "events.toml": _events(name),
    }
    there = [file for file in files if (made / file).exists()]
    if there:
        raise VocabularyError(f"{made} holds {', '.join(there)} already; nothing was written")
    made.mkdir(parents=True, exist_ok=True)
    for file, text in files.items():
        (made / file).write_text(text, encoding="utf-8")
    return [made / file for file in files]


def language_name(language: str) -> str:
    """The English name of a language. Raises VocabularyError for what is no ISO 639-1 code that CLDR knows."""
    try:
        if len(language) != 2 or not language.isascii() or not language.islower():
            raise ValueError(language)
        name = Locale.parse(language).english_name
    except (UnknownLocaleError, ValueError):
        raise VocabularyError(f"{language!r} is no ISO 639-1 code of a language, such as sw or pt") from None
    return str(name)


def _grammar(language: str, name: str) -> str:
    lines = [
        f"# {name} grammar for the event coder. Formats and meaning of every key: docs/adding-a-language.md.",
        "# word_order: SVO, VSO, V2 (verb second, or last) or SOV. The verb's place tells who acts.",
        'word_order = "SVO"',
        "# morphology: lemma (simplemma knows the language), stem (snowball does), or both, tried in order.",
        f"morphology = {_morphology(language)}",
        "# adjective_after_noun: true where the order is: the army Malian.",
        "adjective_after_noun = false",
    ]
    table = ""
    for key, hint in _HINTS.items():
        section, _, entry = key.rpartition(".")
        if section != table:
            lines += ["", f"[{section}]"]
            table = section
        lines += [f"# {hint}", f"{entry} = []"]
    lines += ["", "[numbers]", "# number words and words that scale: two = 2, dozens = 24, hundred = 100", ""]
    return "\n".join(lines)


def _morphology(language: str) -> str:
    import simplemma.strategies.dictionaries.dictionary_factory as lemmas
    import snowballstemmer

    known = language in lemmas.SUPPORTED_LANGUAGES
    stems = language_name(language).lower() in snowballstemmer.algorithms()
    found = [kind for kind, at_hand in (("lemma", known), ("stem", stems)) if at_hand] or ["lemma"]
    return "[" + ", ".join(f'"{kind}"' for kind in found) + "]"


def _actors(name: str) -> str:
    sectors = load_ontology().sectors
    lines = [
        f"# {name} actors. Formats: docs/adding-a-language.md.",
        "# Names of countries and capitals come from CLDR and GeoNames. List demonyms (`adjectives`), seats of",
        "# government (`metonyms`) and spellings that these lack (`names`).",
        "#",
        "# [country.MLI]",
        "# names = []",
        "# adjectives = []",
        "# metonyms = []",
        "",
        "# Who acts for a country: words that stand beside its name (the … army). One entry a sector:",
    ]
    for code, meaning in sectors.items():
        lines += [f"# {code}: {meaning}", "# [[role]]", f'# sector = "{code}"', "# words = []", ""]
    for kind, example, sector in (("organisation", "African Union", "IGO"), ("group", "…", "REB")):
        lines += [f"# [[{kind}]]", f'# name = "{example}"', f'# sector = "{sector}"', "# words = []", ""]
    return "\n".join(lines)


def _events(name: str) -> str:
    lines = [
        f"# {name} event triggers. Formats: docs/adding-a-language.md. Types: attache ontology show TYPE.",
        "# An entry needs verbs, nouns or phrases: take away the # as you fill one in, and repeat it as you need.",
        "",
        "# Phrases that look like triggers and are not: heart attack, strike a deal.",
        "ignore = []",
        "",
        "[sets]",
        '# Named word lists, used as "@arms" in `with` and `without`.',
        "arms = []",
        "",
    ]
    for plover_type, entry in load_ontology().types.items():
        about = f"{plover_type}: {entry.definition}"
        lines += textwrap.wrap(about, _WIDTH, initial_indent="# ", subsequent_indent="# ")
        for mode in (None, *entry.modes):
            lines += ["# [[event]]", f'# type = "{plover_type}"']
            lines += [f'# mode = "{mode}"'] if mode else []
            lines += ["# verbs = []", "# nouns = []", ""]
    return "\n".join(lines)

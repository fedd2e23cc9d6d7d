"""From a word's surface to the keys by which the lexicon knows it, one strategy a language, cached a word.

Keys: `=form` exact in any case, `^Form` exact in this case, `+form` exact but for attached prefixes, `form` a base,
`~stem` a stem.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from assets.events.mentions import russian, turkish
from assets.events.mentions.text import tokenise
from assets.vocabulary.coding import Grammar

_ARABIC_MARKS = re.compile("[\u064b-\u065f\u0670\u0640\u200c-\u200f\u202a-\u202e\u2066-\u2069]")
# Shapes of letters that old systems stored instead of the letters: ligatures, Arabic as it is joined, full width.
_PRESENTATION_FORMS = re.compile("[\ufb00-\ufdff\ufe70-\ufefc\uff01-\uffee]")
_ARABIC_FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك"})
_ARABIC_SUFFIXES = ("هما", "كما", "تين", "تان", "يين", "يون", "وا", "ها", "هم", "هن", "كم", "نا", "ات", "ون", "ين",
                    "ان", "يه", "ته", "تم", "ه", "ي", "ا")  # fmt: skip
_ARABIC_PRONOUNS = frozenset({"هما", "كما", "ها", "هم", "هن", "كم", "نا", "ه", "ي"})
_ARABIC_PREPOSITIONS = ("ب", "ل", "ك")
_UNDECLINED = frozenset({"noun"})
_VERBAL = frozenset({"verbal"})  # of a key that only a verb has: أمني is no form of يمني, قصفت none of the noun قصف
_TURKISH_LONG = str.maketrans("âîûÂÎÛ", "aiuaiu")  # written or not: mahkûm, mahkum
_TURKISH_I = str.maketrans({"İ": "i", "I": "ı"})
_SNOWBALL = {"ar": "arabic", "de": "german", "en": "english", "es": "spanish", "fr": "french", "ru": "russian",
             "tr": "turkish", "it": "italian", "nl": "dutch", "pt": "portuguese"}  # fmt: skip


class Analysis(NamedTuple):
    """The keys of a word; `clitics` tells for a key which attached letters were cut off its front to reach it.

    In Arabic these are a conjunction (و ف) before a preposition (ب ل ك), either or both. `traits` tells for a key
    what the word's ending says of it: its case, voice, negation, mood (listed in `turkish.readings`).
    """

    keys: tuple[str, ...]
    clitics: dict[str, str]
    traits: dict[str, frozenset[str]] = {}  # noqa: RUF012 (shared by the words that have none, never written)


def fold(word: str, language: str) -> str:
    """The word without case and without what writers leave out at will (Arabic vowels and hamza seats, ё)."""
    if not word.isascii() and _PRESENTATION_FORMS.search(word):
        word = unicodedata.normalize("NFKC", word)
    if language == "ar":
        return _ARABIC_MARKS.sub("", word).translate(_ARABIC_FOLD)
    if language == "tr":
        word = word.translate(_TURKISH_I).translate(_TURKISH_LONG)
    return word.casefold().replace("ё", "е").replace("’", "'").replace("ʼ", "'")


class Morphology:
    """Word analysis for one language by the strategies that its grammar names."""

    def __init__(self, language: str, grammar: Grammar) -> None:
        self.language = language
        self._strategies = grammar.morphology
        self._stemmer = _stemmer(language) if {"lemma", "stem", "russian"} & set(self._strategies) else None
        self.inflects_last = "turkish" in self._strategies  # which word of a phrase bears case, voice and mood
        self._participles = tuple(grammar.participle_endings.items())
        self._cache: dict[str, Analysis] = {}
        self._prefixes: dict[int, set[str]] = {}
        self._suffixes: dict[int, set[str]] = {}

    def register_affix(self, affix: str, *, is_prefix: bool) -> str:
        """Have words that begin (or end) with `affix` carry the key returned. To be called before any analysis."""
        folded = fold(affix, self.language)
        (self._prefixes if is_prefix else self._suffixes).setdefault(len(folded), set()).add(folded)
        return f"{folded}*" if is_prefix else f"*{folded}"

    def analyse(self, surface: str) -> Analysis:
        """The keys of a word as it stands in a text."""
        found = self._cache.get(surface)
        if found is None:
            if len(self._cache) > 200_000:
                self._cache.clear()
            found = self._cache[surface] = self._analyse(surface)
        return found

    def pattern_key(self, word: str) -> str:
        """The key under which a vocabulary word is filed. A word unknown to the lemmatiser is filed by its stem."""
        if word[0] in "=^+" and len(word) > 1:
            folded = fold(word[1:], self.language)
            return word[0] + {"^": word[1:], "+": folded}.get(word[0], self._without_article(word[1:], folded))
        folded = fold(word, self.language)
        if "arabic" in self._strategies:
            return self._without_article(word, folded)
        if "turkish" in self._strategies:
            return turkish.infinitive_stem(folded) or folded
        if self._files_by_stem(word):
            return "~" + self._stem(folded)
        return folded

    def _without_article(self, written: str, folded: str) -> str:
        """The word without ال; what begins with أل, another letter as written, has no article (ألمانيا)."""
        has_article = "arabic" in self._strategies and written.startswith("ال")
        return folded[2:] if has_article and len(folded) > 4 else folded

    def _files_by_stem(self, word: str) -> bool:
        if not word[0].isalpha() or self._stemmer is None:
            return False
        if "russian" in self._strategies:
            return not russian.is_known(word)
        if "stem" in self._strategies:
            return True
        return "lemma" in self._strategies and not _is_known(word, self.language)

    def _analyse(self, surface: str) -> Analysis:
        folded = fold(surface, self.language) or surface  # of marks alone (a lone tatweel) nothing is left
        keys = {"=" + folded: "", "^" + surface: "", "+" + folded: "", folded: ""}
        traits: dict[str, frozenset[str]] = {}
        if folded[0].isalpha():
            if "turkish" in self._strategies:
                traits = dict(turkish.readings(folded))
                keys |= dict.fromkeys(traits, "")
                traits = {key: found for key, found in traits.items() if found}
            elif "russian" in self._strategies:
                traits = self._add_russian(keys, surface, folded)
            elif "arabic" in self._strategies:
                keys.setdefault("=" + self._without_article(surface, folded), "")
                stems = _arabic_without_prefixes(folded)
                for stem, clitic in _arabic_with_article(folded, stems):
                    keys.setdefault("+" + stem, clitic)
                for form, clitic in _arabic_forms(stems, is_feminine=_ARABIC_MARKS.sub("", surface).endswith("ة")):
                    keys.setdefault(form, clitic)
                verbal = _arabic_forms(_arabic_imperfects(stems), is_feminine=False) + _arabic_perfects(stems)
                for form, clitic in verbal:
                    if form not in keys:
                        keys[form], traits[form] = clitic, _VERBAL
            else:
                self._add_bases(keys, surface, folded)
        for base in tuple(keys):
            if base[0] not in "=^+~*":
                self._add_affix_keys(keys, base, traits)
        return Analysis(tuple(keys), {key: clitic for key, clitic in keys.items() if clitic}, traits)

    def _add_bases(self, keys: dict[str, str], surface: str, folded: str) -> None:
        bases = {folded}
        if "lemma" in self._strategies:
            lemma = _lemma(surface, self.language)
            bases |= {fold(base, self.language) for base in (lemma, *self._verbs_of_participle(lemma))}
        for base in bases:
            keys.setdefault(base, "")
            if self._stemmer is not None:
                keys.setdefault("~" + self._stem(base), "")
        if len(bases) == 1 and self._stemmer is not None and not _is_known(surface, self.language):
            keys.setdefault(self._stem(folded), "")

    def _verbs_of_participle(self, lemma: str) -> list[str]:
        """The known infinitives whose participle a word may be that the lemma list takes for an adjective."""
        found = ((lemma[: -len(ending)], verbs) for ending, verbs in self._participles if lemma.endswith(ending))
        infinitives = [root + verb for root, verbs in found if root for verb in verbs]
        return [verb for verb in infinitives if _is_known(verb, self.language)]

    def _add_russian(self, keys: dict[str, str], surface: str, folded: str) -> dict[str, frozenset[str]]:
        traits: dict[str, frozenset[str]] = {}
        readings = [(fold(lemma, self.language), found) for lemma, found in russian.readings(surface)]
        uninflected = any(key == folded for key, _ in readings)  # Баку is more than the dative of бак
        for key, found in readings:
            keys.setdefault(key, "")
            keys.setdefault("+" + key, "")
            own = () if uninflected and key != folded else ("=" + folded, "+" + folded, folded)
            for of in (key, "+" + key, *own):  # forms are listed too where they are irregular
                traits[of] = traits.get(of, frozenset()) | found
        if any(lemma == folded and found == _UNDECLINED for lemma, found in russian.readings(surface)):
            for key in ("=" + folded, "+" + folded, folded):
                traits[key] = _UNDECLINED  # "Баку" tells no case, though it could be one of "бак"
        if not russian.is_known(surface):
            keys.setdefault("~" + self._stem(folded), "")
            keys.setdefault(self._stem(folded), "")
            traits["~" + self._stem(folded)] = traits[folded]
        return {key: found for key, found in traits.items() if found}

    def _add_affix_keys(self, keys: dict[str, str], base: str, traits: dict[str, frozenset[str]]) -> None:
        found = [base[:length] + "*" for length, affixes in self._prefixes.items() if base[:length] in affixes]
        found += ["*" + base[-length:] for length, affixes in self._suffixes.items() if base[-length:] in affixes]
        for key in found:
            keys.setdefault(key, keys[base])
            if base in traits:
                traits[key] = traits.get(key, frozenset()) | traits[base]

    def name_pattern(self, name: str) -> str:
        """A proper name as the lexicon is to file it: by its lemmas where names are inflected, else as it is."""
        if "russian" not in self._strategies or name[0] in "=^+":
            return name
        words = [t.text for t in tokenise(name, self.language)]
        lemmas = (fold(russian.lemma(word), self.language) if word.isalpha() else word for word in words)
        return " ".join("+" + lemma for lemma in lemmas)

    def _stem(self, word: str) -> str:
        assert self._stemmer is not None
        return str(self._stemmer.stemWord(word))


def _stemmer(language: str):  # type: ignore[no-untyped-def]
    if language not in _SNOWBALL:
        return None
    import snowballstemmer

    return snowballstemmer.stemmer(_SNOWBALL[language])


@lru_cache(maxsize=100_000)
def _lemma(word: str, language: str) -> str:
    import simplemma

    try:
        lemma = simplemma.lemmatize(word, lang=language)
        if lemma == word and word[0].isupper():
            lemma = simplemma.lemmatize(word.lower(), lang=language)
    except ValueError:  # a language without lemma lists
        return word
    return str(lemma)


@lru_cache(maxsize=100_000)
def _is_known(word: str, language: str) -> bool:
    import simplemma

    try:
        return bool(simplemma.is_known(word, lang=language))
    except ValueError:
        return False


def _arabic_forms(stems: list[tuple[str, str]], *, is_feminine: bool) -> list[tuple[str, str]]:
    """Base forms of an Arabic word, each with the attached letters cut off its front.

    A written ة ends a feminine noun of its own (تجارة is not تاجر) except on adjectives in ي and participles
    in م, whose masculine the vocabulary lists.
    """
    forms: list[tuple[str, str]] = []
    for stem, clitic in stems:
        forms.append((stem, clitic))
        for suffix in _ARABIC_SUFFIXES:
            cut = stem[: -len(suffix)]
            if not stem.endswith(suffix) or len(cut) < 3:
                continue
            if is_feminine and suffix == "ه" and not (cut.endswith("ي") or cut.startswith("م")):
                continue
            forms.append((cut, clitic))
            if suffix in ("ته", "ات", "تين", "تان", "يه"):
                forms.append((cut + "ه", clitic))
            if suffix == "يه":
                forms.append((cut + "ي", clitic))
            if suffix in _ARABIC_PRONOUNS and cut.endswith("ت"):
                forms.append((cut[:-1] + "ه", clitic))  # ة is written ت before a pronoun
    return forms


def _arabic_without_prefixes(word: str) -> list[tuple[str, str]]:
    stems = [(word, "")]
    if word[0] in "وف" and len(word) > 3:
        stems.append((word[1:], word[0]))
    for stem, clitic in tuple(stems):
        if stem.startswith("لل") and len(stem) > 4:
            stems.append((stem[2:], clitic + "ل"))
            stems.append((stem[1:], clitic + "ل"))  # the noun itself may begin with ل
        elif stem[0] in "بلك" and len(stem) > 3:
            stems.append((stem[1:], clitic + stem[0]))
    for stem, clitic in tuple(stems):
        if stem.startswith("ال") and len(stem) > 4:
            stems.append((stem[2:], clitic))
    return stems


def _arabic_perfects(stems: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The stems without the ت of a perfect in the third person feminine; no noun ends so."""
    return [
        (stem[:-1], clitic)
        for stem, clitic in stems
        if stem.endswith("ت") and len(stem) > 3 and clitic[-1:] not in _ARABIC_PREPOSITIONS
    ]


def _arabic_imperfects(stems: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What the stems without a preposition or an article are as verbs in the third person masculine."""
    return [
        (imperfect, clitic)
        for stem, clitic in stems
        if clitic[-1:] not in _ARABIC_PREPOSITIONS
        and not stem.startswith("ال")
        and ("ال" + stem, clitic) not in stems
        for imperfect in _arabic_imperfect(stem)
    ]


def _arabic_with_article(word: str, stems: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The forms of a word without conjunction and preposition but with its article: لل is ل before ال."""
    bare = word[1:] if word[0] in "وف" and len(word) > 3 else word
    kept = [(stem, clitic) for stem, clitic in stems if word == clitic + stem]
    if bare.startswith("لل") and len(bare) > 4:
        conjunction = word[0] if bare is not word else ""
        kept.append(("ال" + bare[2:], conjunction + "ل"))
    return kept


def _arabic_imperfect(word: str) -> list[str]:
    """The third person masculine of an imperfect in another person, or with the future س."""
    if word[0] == "س" and len(word) > 4 and word[1] in "يتنا":
        return ["ي" + word[2:]]
    if word[0] in "تنا" and len(word) > 3:
        return ["ي" + word[1:]]
    return []

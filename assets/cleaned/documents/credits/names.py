"""The names of people in a credit: parted, without the words around them, written as names are written.

Which lines of a page hold a credit is decided in `lines/features.py` and `bylines.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache

from babel import UnknownLocaleError

from assets.cleaned.documents.characters import is_cased
from assets.cleaned.documents.credits.houses import names_house
from assets.cleaned.documents.phrases import MARKS, fold, line_key, phrases
from assets.vocabulary.world import capital_names, cities_of_several_words, countries_of_several_words, country_names

_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
INITIALS = re.compile(r"(?:[A-ZÀ-ÞА-Я]\.\s?){2,4}")  # as which an author may sign
_NAME_SPLIT = re.compile(r"\s*(?:[,،、，；;&/／|｜•·]|\s[–—-]\s|(?<=\w\w\w)\.\s)\s*")
_NAME_WORD = rf"[^\W\d_][\w{MARKS}\u200c\u200d.'’‘`ʼ-]*"  # Persian parts words by a joiner of no width
_NAME = re.compile(rf"{_NAME_WORD}(?:\s+{_NAME_WORD}){{0,5}}")
_WITH_ARTICLE = re.compile(r"[a-z]{1,3}[-'’‘][^\W\d_a-z]")  # "al-Rashid", "d'Amico"
_ROMAN = re.compile(r"[IVX]+")
_LONGEST_PARTICLE = 3
_MOST_ROLE_WORDS = 3
# Brackets, addresses and handles, of which the last may stand right behind a name ("Jane Doe@janedoe").
_BESIDE_NAME = re.compile(r"\([^)]*\)|\[[^\]]*\]|\S+@[\w-]+\.\S+|@\w+")
_OTHERS_ROLE = re.compile(r"(?:^|[,;&]|\s[^\W\d_]{1,4}\s)(?:\s?[^\s,;&()]+){2,4}\s*\((?P<role>[^()]{3,20})\)")
_GENERATION = re.compile(r"\s(?:Jr|Sr)$")
_ABBREVIATION = re.compile(r"(?:TV|[A-ZÄÖÜ]{3,5})(?:-[A-Z]\w+)?\s+[A-Z]\w*[a-z]")  # of an employer: "ARD Kairo"
_STATE = re.compile(r"[a-zà-ÿ]\s[A-Z]{2,3}$")  # of a town: "Serra DF"
_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,3}")
_WHOLLY_BRACKETED = re.compile(r"[(（\[【〔]([^()（）\[\]【】〔〕]{3,80})[)）\]】〕]")
_LONGEST_DENSE_LABEL = 14
_DENSE_PLACE = re.compile(r"^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,10}\s?[=＝]\s?(?=\S)")  # "ソウル＝佐藤花子"
_HANGUL_NAME = re.compile(r"[\uac00-\ud7af]{2,4}")
_KANJI_NAME = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々]{3,6}")
_THREE_DENSE = re.compile(r"[\u3400-\u9fff]{3}(?: [\u3400-\u9fff]{3})+")  # as Chinese names follow each other
# Family and given name of a Japanese who parts them have two characters each at most, or three and two.
_LONG_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々]{3,7}(?: [\u3040-\u30ff\u3400-\u9fff々]{3,7})+")
_DENSE_PERSON = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々]{1,4} ?[\u3040-\u30ff\u3400-\u9fff々]{1,4}")
_LEAST_HOUSE = 4  # letters of a house's name within a desk's
_GLUED_AND = re.compile(r"\s+(?:و(?=[\u0621-\u064a]{2})|ו(?=[\u05d0-\u05ea]{2}))")
_DENSE_NAME = re.compile(
    r"[\u3400-\u9fff]{2,4}|[\uac00-\ud7af]{2,4}|(?=.*[\u3040-\u30ff])[\u3040-\u30ff\u3400-\u9fff]{3,8}"
)


@lru_cache(maxsize=1)
def _join_pattern() -> re.Pattern[str]:
    words = _any_of("byline_join")
    return re.compile(rf"\s+(?:{words}|{words.upper()})\s+")  # "Dan" is a name, "dan" an Indonesian "and"


@lru_cache(maxsize=1)
def _leading_join() -> re.Pattern[str]:
    words = _any_of("byline_join")
    return re.compile(rf"^(?:(?:{words})\s+(?=\S)|(?i:{words})\s+(?=\S+\s+\S|{phrases().agencies.pattern}))")


@lru_cache(maxsize=1)
def _place_pattern() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{_any_of('byline_place')})(?:\s+(?=[^\W\d_])|$)")


def _any_of(reason: str) -> str:
    words = sorted(filter(None, phrases().words_of(reason)), key=len, reverse=True)
    return "|".join(map(re.escape, words)) or r"(?!)"


def split_names(text: str, language: str = "en") -> tuple[str, ...]:
    """The names of people in what follows a byline phrase; () if it reads like anything else.

    `language` tells how capitals are written small (Turkish I and İ).
    """
    if INITIALS.fullmatch(text):
        return (text,)
    text = text if text.isascii() else _without_tight_place(_DENSE_PLACE.sub("", text), language)
    text = _BESIDE_NAME.sub(" ", _OTHERS_ROLE.sub(_marked_as_other, text)).strip(" :：|-–—/／=＝")
    if len(text) > 160 or text.count(" ") > 22:
        return ()
    joins, places = _join_pattern(), _place_pattern()
    parts = [part for chunk in _NAME_SPLIT.split(text) for part in joins.split(chunk)]
    names: list[str] = []
    for part in parts:
        name = _bare_name(part, places)
        if phrases().after_start("credit_other", name) is not None:
            break  # photographers and editors follow
        name = _bare_name(told, places) if names and (told := _told_of_another(part)) else name
        if names and (
            _begins_with_role(part)
            or tells_no_author(name)
            or (name.isupper() and not names[0].isupper() and " " in names[0])
        ):
            break
        found = _names_of_part(name)
        if not found and (names or not _may_be_place(name, parts)):
            # Roles, places and dates follow the names.
            return _quiet_all(names, language)
        names += found
    return _quiet_all(names, language)


def _without_tight_place(text: str, language: str) -> str:
    """A text of a script without capitals without the country or capital that a hyphen joins: "ليلى حداد-بيروت"."""
    first, hyphen, second = text.partition("-")
    if not hyphen or is_cased(text):
        return text
    if is_place(second, language):
        return first
    return second if is_place(first, language) else text


def joined_by_word(text: str) -> list[str]:
    """The parts of a text between the words that join names: "Jane Doe and John Smith"."""
    return _join_pattern().split(text)


def _bare_name(part: str, places: re.Pattern[str]) -> str:
    """A part of a byline without the place, the paper, the role and the buttons behind the name."""
    part = _leading_join().sub("", " ".join(part.split()))
    part = places.split(part.lower() if part.islower() else part, maxsplit=1)[0]  # "Jane Doe in Warsaw"
    if part.isupper() and (place := places.search(part.lower())) and len(part.lower()) == len(part):
        part = part[: place.start()]
    return without_employer(_without_stop(_without_particles(_without_titles(without_buttons(part)))))


def without_employer(name: str) -> str:
    """A name without the role or the agency behind it: "Jane Doe Staff Reporter", "Jane Doe Associated Press"."""
    bare = without_role(name)
    if phrases().is_line("role", bare):
        return bare  # "Our Special Correspondent"
    words = bare.split()
    for n in range(min(_MOST_ROLE_WORDS, len(words) - 2), 1, -1):
        if phrases().is_line("role", " ".join(words[:n])) and looks_like_name(" ".join(words[n:])):
            return " ".join(words[n:])  # "Our correspondent Jane Doe"
    for n in range(min(_MOST_ROLE_WORDS, len(words) - 2), 0, -1):
        behind = " ".join(words[-n:])
        named = looks_like_name(" ".join(words[:-n])) and is_cased(behind) and not phrases().names_desk(words[0])
        role = phrases().is_line("role", behind) and not phrases().is_line("organisation", behind)
        if named and (role or (n > 1 and phrases().agencies.fullmatch(behind))):
            return " ".join(words[:-n])
    return bare


def before_place(text: str) -> str:
    """What stands before the place of a line, if it is a name's length: "Jane Doe reports from Kyiv"."""
    first = line_key(text.split()[0]) if text.strip() else ""
    return (
        text if first in phrases().words_of("byline_place") else _place_pattern().split(text, maxsplit=1)[0].strip()
    )


def _names_of_part(name: str) -> list[str]:
    desk, _, person = name.partition(" ")
    if person and not is_cased(desk) and phrases().names_desk(desk) and _DENSE_PERSON.fullmatch(person):
        return [desk, person]  # "北里日報政治部 佐伯 奈緒"
    if _HANGUL_NAME.fullmatch(person) and phrases().names_desk(desk):
        return [person]  # "항구일보 김민수"
    if person and name.endswith(phrases().ends_of("byline")) and not is_cased(name):
        name = name.rpartition(" ")[0]  # "王小明 李娜 北京报道"
    if _THREE_DENSE.fullmatch(name) or _LONG_DENSE.fullmatch(name) or _are_chinese_names(name):
        words = name.split()
        others = (n for n, word in enumerate(words) if phrases().after_start("credit_other", word) is not None)
        return words[: next(others, len(words))]
    return _joined_names(name) if looks_like_name(name) else _dense_names(name)


def _begins_with_role(part: str) -> bool:
    """Whether what stands behind a name begins with the word for what its bearer does: "كاتب وباحث سوري"."""
    words = part.split()
    return len(words) > 1 and not is_cased(words[0]) and line_key(words[0]) in phrases().words_of("role")


def _told_of_another(part: str) -> str | None:
    """Who else is credited behind the first: "Reporting by Jane Doe; writing by John Smith"."""
    told = phrases().after_start("byline", _leading_join().sub("", " ".join(part.split())))
    return told if told and " " in told and not phrases().names_desk(told) else None


def tells_no_author(name: str) -> bool:
    """Whether a part behind the names is a place, a role or an employer."""
    if phrases().after_start("byline", name) is not None:
        return True  # "Editing by …": others than the authors follow
    if names_house(name) or name.startswith("The "):
        return True
    cased = is_cased(name)
    ends = {line_key(word) for word in (name.split()[0], name.split()[-1])} if " " in name else set()
    if ends & phrases().words_of("office") or phrases().contains("role", f" {name} "):
        return True  # "Studio Nairobi", "Ankara Bürosu", "Special to the Post"
    if (cased and " " not in name) or _ends_with_role(name) or _ABBREVIATION.match(name) or _STATE.search(name):
        return True
    return cased and " " in name and name.casefold() in cities_of_several_words()


def is_place(text: str, language: str) -> bool:
    """Whether a text is the name of a country or a capital in a language."""
    return line_key(text) in _places(language)


@lru_cache(maxsize=16)
def _places(language: str) -> frozenset[str]:
    names: set[str] = set()
    with suppress(UnknownLocaleError, ValueError):
        for table in (country_names(language), capital_names(language)):
            names.update(name for known in table.values() for name in known)
    return frozenset(map(line_key, names)) - {""}


def names_place(text: str) -> bool:
    """Whether words that could be a name's are a large city's or a country's: "New Delhi", "South Sudan"."""
    return text.casefold() in cities_of_several_words() or text.casefold() in countries_of_several_words()


def is_own_desk(name: str, publisher: str | None) -> bool:
    """Whether a name is a desk's that bears the name of the house: "Mint Web Desk", "北里日報政治部"."""
    own = line_key(publisher or "")
    if not own or not phrases().names_desk(name) or name.isupper():
        return False
    words = name.split()
    if line_key(words[-1]) in phrases().words_of("role"):
        return False  # "Gulf Courier staff" is what one does
    if len(words) == 1:
        return not own.isascii() and len(name) > len(own) and line_key(name).startswith(own)
    rest = line_key(" ".join(word for word in words if not phrases().is_line("organisation", word)))
    return rest != "" and len(rest) >= _LEAST_HOUSE and f"{own} ".startswith(f"{rest} ")


def _may_be_place(name: str, parts: Sequence[str]) -> bool:
    """Whether a part that is no name is a place before others: "القاهرة - ليلى حداد", "à Dakar, Awa Diallo"."""
    if len(parts) > 1 and _place_pattern().match(f" {' '.join(parts[0].split())}"):
        return True
    if phrases().names_desk(name):
        return False
    return len(parts) > 1 and name != "" and " " not in name and " ".join(parts[0].split()) == name and name.isalpha()


def _quiet_all(names: Sequence[str], language: str) -> tuple[str, ...]:
    """The names, each once, those in capitals as names are written; a place of one word before them left out."""
    known = phrases()
    place = len(names) > 1 and " " not in names[0] and all(" " in name for name in names[1:])
    if place and (is_cased(names[0]) or not known.names_desk(names[0])):
        names = names[1:]
    return tuple(dict.fromkeys(n if known.names_desk(n) else quiet_name(n, language) for n in names))


def _marked_as_other(match: re.Match[str]) -> str:
    """Nothing in place of a name with "(photos)" behind it; the bracket of an author stays."""
    inside = match["role"].strip(" :")
    return "" if phrases().after_start("credit_other", f"{inside}:") == "" else match[0]


def without_buttons(name: str) -> str:
    """A name without the button or the label of a date run together with it: "Jane Doe Leave a comment"."""
    words = name.split()
    for k in range(2, len(words)):
        rest = " ".join(words[k:])
        if any(phrases().is_line(reason, rest) for reason in ("comment_form", "social", "reading_time")):
            return " ".join(words[:k])
        labels = (phrases().after_start(reason, rest) for reason in ("date_line", "updated"))
        if any(label is not None and len(label) <= _LONGEST_PARTICLE for label in labels):
            return " ".join(words[:k])
    return name


def _without_titles(name: str) -> str:
    """A name without academic and other titles before it: "د. فاروق الأتاسي", "Dr. Jane Doe"."""
    words = name.split()
    titles = phrases().words_of("title_before")
    if phrases().agencies.fullmatch(fold(name)):
        return name  # of single letters, one of which may be a title: "أ ف ب"
    while len(words) > 2 and line_key(words[0]) in titles:
        words.pop(0)
    if len(words) == 2 and words[0].endswith(".") and line_key(words[0]) in titles:
        words.pop(0)
    return " ".join(words)


def _without_particles(name: str) -> str:
    """A name without the small word before the date that was taken out behind it: "Awa Diallo le"."""
    words = name.split()
    while len(words) > 2 and words[0][0].isupper() and words[-1].islower() and len(words[-1]) <= _LONGEST_PARTICLE:
        words.pop()
    return " ".join(words)


def _are_chinese_names(text: str) -> bool:
    """Whether words of two and three characters are Chinese names in a row: all begin with a common surname."""
    words = text.split()
    surnames = phrases().words_of("surname")
    return len(words) > 1 and all(w[0] in surnames and _HAN_NAME.fullmatch(w) for w in words)


def surnamed(name: str) -> bool:
    """Whether a word is a Chinese or Japanese person's name: as short as one, with a common surname at its head."""
    surnames = phrases().words_of("surname")
    if _HAN_NAME.fullmatch(name) and name[0] in surnames:
        return True
    return bool(_KANJI_NAME.fullmatch(name)) and any(name[:k] in surnames for k in (2, 3) if 1 <= len(name) - k <= 3)


def _ends_with_role(text: str) -> bool:
    """Whether a part of a byline is what somebody does: "Political Editor"."""
    words = text.split()
    return bool(words) and line_key(words[-1]) in phrases().words_of("role")


def quiet_name(name: str, language: str = "en") -> str:
    """A name, or the last word of one, that is shouted in capitals, as names are written in the language."""
    words = name.split()
    if len(words) < 2 or not words[-1].isupper() or len(words[-1]) < 3 or _ROMAN.fullmatch(words[-1]):
        return name
    if name.isupper():
        return " ".join(_titled(word, language) if len(word) > 1 else word for word in words)
    if any(word.isupper() and len(word) > 2 for word in words[:-1]):
        return name
    return " ".join([*words[:-1], _titled(words[-1], language)])


def _titled(word: str, language: str) -> str:
    if language not in ("tr", "az"):
        return word.title()
    return word[0] + word[1:].replace("I", "ı").replace("İ", "i").lower()


def _without_stop(name: str) -> str:
    """A name without stops around it; the one of an initial stays."""
    bare = name.strip(" .")
    if _GENERATION.search(bare):
        return f"{bare}." if name.rstrip().endswith(".") else bare
    return f"{bare}." if len(bare) > 2 and bare[-2].isspace() and bare[-1].isupper() and name[-1] == "." else bare


def without_role(name: str) -> str:
    """A name without the word for its bearer's work before or behind it: "박지훈 기자", "特派員 高梨恵子"."""
    words = name.split()
    roles = phrases().words_of("role")
    shouted = len(words) > 2 and " ".join(words[:-1]).isupper()  # "LUCÍA RAMOS Corresponsal"
    if shouted and not words[-1].isupper() and line_key(words[-1]) in roles:
        words.pop()
    while len(words) > 1 and not is_cased(words[-1]) and line_key(words[-1]) in roles:
        words.pop()
    while len(words) > 1 and not is_cased(words[0]) and line_key(words[0]) in roles:
        words.pop(0)
    if words and "・" in words[0] and words[0].partition("・")[0] in roles:
        words[0] = words[0].partition("・")[2] or words[0]
    if len(words) == 1 and words[0].endswith(_role_endings()):
        role = next(role for role in _role_endings() if words[0].endswith(role))
        words = [words[0][: -len(role)] or words[0]] if _DENSE.search(words[0]) else words
    return " ".join(words)


@lru_cache(maxsize=1)
def _role_endings() -> tuple[str, ...]:
    """Words for what somebody does that scripts without blanks set right behind the name, longest first."""
    roles = (role for role in phrases().words_of("role") if not role.isascii())
    return tuple(sorted(roles, key=lambda role: (-len(role), role)))


def _joined_names(name: str) -> list[str]:
    """Two names that Arabic or Hebrew joins by a letter, if there are enough words for two."""
    parts = _GLUED_AND.split(name)
    return parts if len(parts) == 2 and all(len(part.split()) >= 2 for part in parts) else [name]


def _dense_names(text: str) -> list[str]:
    """Names of a script that writes them without blanks inside; () if any word is none."""
    words, known = text.split(), phrases()
    if any(known.is_line(reason, text) for reason in ("navigation", "role", "social", "organisation")):
        return []
    return words if words and all(_DENSE_NAME.fullmatch(word) for word in words) else []


def looks_like_name(text: str) -> bool:
    """Whether a few words are written as a person's or a desk's name is: capitals in cased scripts, no digits."""
    words = text.split()
    if not 1 <= len(words) <= 6 or not _NAME.fullmatch(text):
        return False
    known = phrases()
    if any(known.is_line(reason, text) for reason in ("navigation", "role", "social", "author_bio")):
        return False
    cased = is_cased(text)
    if not cased:
        return 2 <= len(words) <= 4
    if not words[0][0].isupper() or not (words[-1][0].isupper() or _WITH_ARTICLE.match(words[-1])):
        return False
    return all(w[0].isupper() or len(w) <= _LONGEST_PARTICLE or "'" in w or "-" in w for w in words)


def glued_credit(line: str) -> tuple[str, ...]:
    """The people of a line that is a credit written without blanks: "記者王小明／台北報導", "〔記者王小明〕"."""
    inner = _WHOLLY_BRACKETED.fullmatch(line.strip())
    return (_glued_names(inner[1]) or _signed_in_brackets(inner[1])) if inner else _glued_names(line)


def _signed_in_brackets(text: str) -> tuple[str, ...]:
    """The people of brackets that hold a town as well, or several people: "ソウル=西田美穂", "西田美穂、山本健太"."""
    bare = text if text.isascii() else _DENSE_PLACE.sub("", text)
    names = [name.strip() for name in bare.split("、")]
    told = (bare != text or len(names) > 1) and all(surnamed(name) for name in names)
    return tuple(names) if told else ()


def _glued_names(text: str) -> tuple[str, ...]:
    """The names right behind a word such as "记者", told by their common surnames."""
    match = _dense_bylines().search(text.strip(), 0, _LONGEST_DENSE_LABEL)
    if match is None:
        return ()
    parts = re.split(r"[、，,\s]+", re.split(r"[／/]", text.strip()[match.end() :])[0])
    names = [_without_dense_role(name) for name in parts if name]
    return tuple(names) if names and all(surnamed(name) for name in names) else ()


def _without_dense_role(name: str) -> str:
    """A name without the word for its bearer's work set right before it: "通讯员李红"."""
    role = next((role for role in _role_endings() if name.startswith(role) and len(name) > len(role)), "")
    return name[len(role) :]


@lru_cache(maxsize=1)
def _dense_bylines() -> re.Pattern[str]:
    """The byline phrases of scripts that set no blanks between words."""
    words = (word.strip(" :：") for word in phrases().starts_of("byline"))
    dense = sorted({word for word in words if word and "\u3400" <= word[-1] <= "\u9fff"}, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, dense)) or '(?!)'})\s*[:：]?\s*")

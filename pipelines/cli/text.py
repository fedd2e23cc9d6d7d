"""Text of pages on a terminal and in spreadsheets: it must show, and do nothing."""

from __future__ import annotations

import unicodedata

# What spreadsheet programs take for the beginning of a formula (OWASP, CSV Injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_JOINERS = "\u200c\u200d"


def harmless(text: str) -> str:
    """The text without what a terminal obeys: control and layout characters are shown as codes."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if _is_harmless(c) else f"\\u{ord(c):04x}" for c in text.replace("\r\n", "\n"))


def _is_harmless(character: str) -> bool:
    if character in _JOINERS or character == "\n":
        return True
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs")


def without_formula(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text

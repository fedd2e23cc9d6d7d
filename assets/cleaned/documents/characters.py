"""What kinds of characters a text holds: asked of every line of every page, so at the speed of C."""

from __future__ import annotations

import re

_ASCII_DIGIT = re.compile(r"[0-9]")


def has_digit(text: str) -> bool:
    """Whether a digit of any script stands in a text."""
    return _ASCII_DIGIT.search(text) is not None if text.isascii() else any(map(str.isdigit, text))


def has_letter(text: str) -> bool:
    """Whether a letter of any script stands in a text."""
    return any(map(str.isalpha, text))


def is_cased(text: str) -> bool:
    """Whether a letter of a script with capitals stands in a text."""
    return any(map(str.isupper, text)) or any(map(str.islower, text))

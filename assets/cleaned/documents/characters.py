"""What kinds of characters a text holds: asked of every line of every page, so at the speed of C."""

from __future__ import annotations

import re

# What `str.isdigit` says yes to: digits of all scripts, and those that are raised, lowered or circled (to which
# Unicode adds no more).
_DIGIT = re.compile(
    "[\\d"
    "\u00b2-\u00b3\u00b9\u1369-\u1371\u19da\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c"
    "\u2488-\u2490\u24ea\u24f5-\u24fd\u24ff\u2776-\u277e\u2780-\u2788\u278a-\u2792\U00010a40-\U00010a43"
    "\U00010e60-\U00010e68\U00011052-\U0001105a\U0001f100-\U0001f10a]"
)


def has_digit(text: str) -> bool:
    """Whether a digit of any script stands in a text."""
    return _DIGIT.search(text) is not None


def has_letter(text: str) -> bool:
    """Whether a letter of any script stands in a text."""
    return any(map(str.isalpha, text))


def is_cased(text: str) -> bool:
    """Whether a letter of a script with capitals stands in a text."""
    return any(map(str.isupper, text)) or any(map(str.islower, text))

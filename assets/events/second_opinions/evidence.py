"""Whether words that a model says it copied from a text are in that text, and where."""

from __future__ import annotations

import re

# Marks of layout that models drop or add while copying: soft hyphen, tatweel, zero-width and bidirectional controls.
_LAYOUT = "\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_UNSEEN = re.compile(f"[{_LAYOUT}]")
_BETWEEN = f"[{_LAYOUT}]*"
_SPACE = rf"[\s{_LAYOUT}]+"
_LONGEST_QUOTE = 2000


def locate(quote: str, text: str) -> tuple[int, int] | None:
    """Half-open character offsets in `text` of the first place where `quote` stands, or None.

    Letters must be the same, one by one; only runs of white space and marks that nobody sees may differ.
    """
    quote = _UNSEEN.sub("", quote).strip()
    if not quote or len(quote) > _LONGEST_QUOTE:
        return None
    plain = text.find(quote)
    if plain >= 0:
        return plain, plain + len(quote)
    words = (_BETWEEN.join(re.escape(letter) for letter in word) for word in quote.split())
    found = re.search(_SPACE.join(words), text)
    return found.span() if found else None

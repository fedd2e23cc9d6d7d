"""Which house a page's lines name as its publisher: in copyright lines, menus, titles, contacts and credits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assets.cleaned.documents.addresses import host_of, site_label
from assets.cleaned.documents.credits.agency_credits import agency_credit
from assets.cleaned.documents.credits.masthead import house_beside_byline, name_on_top
from assets.cleaned.documents.lines.features import LineFeatures
from assets.cleaned.documents.lines.model import Label
from assets.cleaned.documents.phrases import fold, line_key, phrases
from assets.vocabulary.pages import page_words

_COPYRIGHT_MARK = re.compile(r"©\ufe0f?|\(c\)|copyright", re.IGNORECASE)
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)\d\d|\d\d))?")
_EMAIL = re.compile(r"\S+@\S+")
_MOST_PUBLISHER_WORDS = 9
_QUOTED_NAME = re.compile(r"[^«»„“”\"]{2,60}\s[«„“\"]([^«»„“”\"]{2,60})[»”“\"]")


def find_publisher(
    features: Sequence[LineFeatures],
    labels: Sequence[Label],
    url: str | None,
    hint: str | None,
    title_line: int | None = None,
) -> str | None:
    """The publisher or agency the page names, else the host of its address.

    `title_line` is given where the lines are a whole page from its top.
    """
    if hint and hint.strip():
        return hint.strip()
    cut = [i for i, label in enumerate(labels) if label.kind == "drop"]
    return (
        _named_as_host(features, cut, url)
        or _named_in_title(features, labels)
        or (name_on_top(features, labels, title_line) if title_line is not None else None)
        or next((name for i in reversed(cut) if (name := _copyright_line(features[i], labels[i]))), None)
        or (house_beside_byline(features, labels, title_line) if title_line is not None else None)
        or _signed(features, labels)
        or next((name for i in cut if (name := _contact_name(features[i].text))), None)
        or next((name for i in cut[:12] if (name := _named_in_menu(features[i].text))), None)
        or agency_credit([f.text for f, label in zip(features, labels, strict=True) if label.kind == "body"])
        or host_of(url)
    )


def _named_as_host(features: Sequence[LineFeatures], cut: list[int], url: str | None) -> str | None:
    """A cut line that is the site's name: its letters begin, or are, the name of the domain."""
    label = (site_label(url) or "").replace("-", "")
    if len(label) < 3:
        return None
    for i in cut:
        words = features[i].key.split()
        if not 1 <= len(words) <= 5 or len(features[i].text) > 50:
            continue
        squashed = "".join(words)
        named = squashed == label or (len(words[0]) >= 4 and label.startswith(words[0]) and words[0].isascii())
        if named and not _COPYRIGHT_MARK.search(features[i].text):
            return features[i].text
    return None


_MENU_MARK = re.compile(r"[|•·»>]|\s{2,}")


def _named_in_menu(text: str) -> str | None:
    """The one part of a row of menu entries that is no menu entry: "Site name | Home | World | Sport"."""
    parts = [part.strip() for part in _MENU_MARK.split(text) if part.strip()]
    if len(parts) < 3:
        return None
    others = [part for part in parts if not phrases().is_line("navigation", part)]
    return others[0] if len(others) == 1 and len(others[0].split()) <= 4 else None


def _copyright_line(feature: LineFeatures, label: Label) -> str | None:
    return None if label.reason == "caption" else _copyright_holder(feature.text)


def _named_in_title(features: Sequence[LineFeatures], labels: Sequence[Label]) -> str | None:
    """What a second form of the title has more than the title ("Title - Site"), if a line of its own says it too."""
    title = next((f.text for f, label in zip(features, labels, strict=True) if label.kind == "title"), None)
    lines = {f.key for f, label in zip(features, labels, strict=True) if label.kind == "drop"}
    for feature, label in zip(features, labels, strict=True):
        if title and label.reason == "repeated_title" and feature.text.startswith(title) and feature.text != title:
            rest = feature.text[len(title) :].strip(" \t|-–—:»/•·")
            if line_key(rest) in lines and 1 <= len(rest.split()) <= 5:
                return rest
    return None


def _copyright_holder(text: str) -> str | None:
    """The name in a copyright line, without mark, year and the usual formula."""
    if len(text) > 200 or not _COPYRIGHT_MARK.search(text):
        return None
    marked = _COPYRIGHT_MARK.split(text)
    # Before the mark may stand the links of a footer.
    rest = _YEARS.sub(" ", marked[-1] if any(c.isalpha() for c in marked[-1]) else " ".join(marked))
    formulas = (*page_words().start.get("copyright", ()), *page_words().contains.get("copyright", ()))
    for formula in sorted(formulas, key=len, reverse=True):
        rest = _remove_folded(rest, formula)
    parts = [part.strip(" \t.,:;|–—-") for part in re.split(r"[|.,،]|\s{3,}", rest)]
    names = [part for part in parts if part and 1 <= len(part.split()) <= _MOST_PUBLISHER_WORDS]
    if not names or not any(c.isalpha() for c in names[0]):
        return None
    return _in_quotes(names[0]) or " ".join(names[0].split())


def _in_quotes(holder: str) -> str | None:
    """The name that quotation marks set apart behind what its holder is: "Редакция газеты «Северный край»"."""
    match = _QUOTED_NAME.fullmatch(" ".join(holder.split()))
    return match[1].strip() if match and len(match[1].strip()) > 1 else None


def _remove_folded(text: str, phrase: str) -> str:
    """Take a phrase out of a text, however its letters are written."""
    folded, wanted = fold(text), fold(phrase)
    if len(folded) != len(text) or wanted not in folded:
        return text
    at = folded.index(wanted)
    return f"{text[:at]}   {text[at + len(wanted) :]}"


def _signed(features: Sequence[LineFeatures], labels: Sequence[Label]) -> str | None:
    """A short line right above the body that ends as a credit does: "AGENCY/", "Agency –"."""
    first = next((i for i, label in enumerate(labels) if label.kind == "body"), None)
    if not first or labels[first - 1].kind != "drop":
        return None
    text = features[first - 1].text
    if len(text) <= 40 and text.endswith(("/", "–", "—", " -")):
        agency = phrases().agencies.search(text)
        if agency and text[agency.start() - 1 : agency.start()] == "(":
            return agency[0]
        name = text.strip(" /–—-")
        return _quiet(name) if 1 <= len(name.split()) <= 4 else None
    return None


def _quiet(name: str) -> str:
    """A name shouted in capitals as a name is written; short ones are abbreviations and stay."""
    words = (word.capitalize() if word.isupper() and len(word) > 4 else word for word in name.split())
    return " ".join(words)


def _contact_name(text: str) -> str | None:
    """The name that stands before an e-mail address in a contact line."""
    match = _EMAIL.search(text) if len(text) <= 300 else None
    if not match:
        return None
    name = text[: match.start()].strip(" \t:|,-–")
    return name if 1 <= len(name.split()) <= 5 and len(line_key(name)) > 3 and ":" not in name else None

"""The line model: which lines of a page are its title, its body, and which are furniture, and why.

It looks at the shape of each line (`features.py`), at its neighbours, at how often it recurs in the page and across
the pages of its publisher. It knows no language beyond the phrase lists, which only help: shape decides where they
say nothing. It takes lines as plain strings and says nothing about offsets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from assets.cleaned.documents.features import LineFeatures, features_of
from assets.cleaned.documents.names import looks_like_name, split_names
from assets.cleaned.documents.phrases import fold, line_key, phrases

KEPT = frozenset({"body", "heading", "subtitle"})

# A line without a full stop may be a paragraph from this length on; most headlines are shorter.
_LONG_OPEN, _LONG_OPEN_WORDS = 80, 13
_MOST_LABEL_WORDS = 3
_LEAST_VERSE = 3  # lines
_LEAST_DENSE_TITLE = 7  # characters; a name has fewer
_MOST_CREDIT_WORDS = 6
_NEWSLETTER_BOX = 3  # lines
_NEAR_SIGNED = 8  # lines
_ENOUGH_PROSE = 250  # characters of body after which a comment form is the page's, not a link to it
_MOST_HEADING_WORDS = 8
_MOST_HEADING_CHARACTERS = 70
_MOST_TITLE_CHARACTERS = 260
_ZONE_REASONS = frozenset({"related_story", "author_bio"})
_SIGNED_REASONS = frozenset({"date_line", "byline"})
# What may stand inside a story without ending it.
_INSIDE_REASONS = frozenset({"image", "advertisement", "caption", "link", "newsletter", "repeated"})
_MOST_TEASERS = 6
_MOST_TAIL = 2  # paragraphs
_END_REASONS = frozenset({"tag", "social", "author_bio", "comment_form", "copyright", "navigation"})
_BOUNDARY_REASONS = frozenset({"navigation", "symbol", "social", "image"})
_MOST_CANDIDATES = 80
_GRAM = 4
_TOLD_IN_STORY = 0.2  # of a headline's parts of words, the least that its story shares
_NAME_END = re.compile(r"\s[-–—|·•]\s")


@dataclass(frozen=True)
class Label:
    """What a line is: title, subtitle, body, heading or drop; and, if dropped, why."""

    kind: str
    reason: str | None = None


@dataclass(frozen=True)
class PageLines:
    """The labelled lines of a page, one label a line, and the title as it should read."""

    labels: tuple[Label, ...]
    features: tuple[LineFeatures, ...]
    title: str | None
    title_line: int | None


def label_lines(
    lines: Sequence[str],
    language: str,
    *,
    title_hint: str | None = None,
    furniture: Collection[str] = (),
) -> PageLines:
    """Label every line of a page.

    `lines` are stripped and not empty; `furniture` holds keys (`line_key`) of lines that recur across pages of the
    same publisher; `title_hint` is a title given beside the page.
    """
    return _Page(lines, language, title_hint, furniture).labelled()


@lru_cache(maxsize=256)
def grams(text: str) -> frozenset[str]:
    """Runs of four letters within the words of a text: alike for inflected forms of a word, in any language."""
    found: set[str] = set()
    for word in line_key(text).split():
        if len(word) <= _GRAM:
            found.add(word)
        else:
            found.update(word[i : i + _GRAM] for i in range(len(word) - _GRAM + 1))
    return frozenset(found)


def shared(text: str, others: Set[str]) -> float:
    """Share (0 to 1) of a text's grams that are among `others`."""
    own = {gram for gram in grams(text) if len(gram) >= 3}
    return len(own & others) / len(own) if own else 0.0


class _Page:
    """The lines of one page while they are being labelled."""

    def __init__(
        self, lines: Sequence[str], language: str, title_hint: str | None, furniture: Collection[str]
    ) -> None:
        self.features = tuple(features_of(line, language) for line in lines)
        self.title_hint = title_hint
        self.counts = Counter(f.key for f in self.features)
        self.reasons: list[str | None] = [f.overt_reason for f in self.features]
        for i, feature in enumerate(self.features):
            if self.reasons[i] is None and feature.key in furniture and feature.key:
                self.reasons[i] = "furniture"
        self.unpunctuated = self._unpunctuated()
        self._mark_tickers(language)
        self._mark_split_bylines()
        self._mark_labelled_headlines()
        self._mark_captions()
        self.kinds: dict[int, str] = {}
        self.zone: str | None = None

    def labelled(self) -> PageLines:
        title_line, title = self._find_title()
        self._mark_titles(title_line, title)
        self._mark_repeated(title_line)
        self._walk_prose(title_line)
        if not self.kinds:
            self._keep_short_page(title_line)
        self._cut_tail()
        self._fill_between(title_line)
        self._keep_subtitles(title_line)
        labels = tuple(self._label(i, title_line) for i in range(len(self.features)))
        return PageLines(labels, self.features, title, title_line)

    # What kind of page it is

    def _unpunctuated(self) -> set[int]:
        """Long lines that are prose though no full stop ends them, as on many Arabic sites.

        All of them where most long lines of the page are so; else those that stand among prose on both sides, if
        there is more than one.
        """
        long = [i for i, f in enumerate(self.features) if self.reasons[i] is None and self._is_long(f)]
        open_ended = [i for i in long if not self.features[i].ends_sentence]
        if len(long) >= 3 and len(open_ended) * 2 > len(long):
            return set(open_ended)
        among = [i for i in open_ended if self._meets_prose(i, -1) and self._meets_prose(i, 1)]
        return set(among) if len(among) > 1 else {i for i in among if self.features[i].ends_with_symbol}

    @staticmethod
    def _is_long(feature: LineFeatures) -> bool:
        return len(feature.text) >= _LONG_OPEN and feature.words >= _LONG_OPEN_WORDS and not feature.is_list

    def _meets_prose(self, i: int, step: int) -> bool:
        """Whether, going on from a line, prose comes before anything but long lines and short sentences."""
        i += step
        while 0 <= i < len(self.features) and self.reasons[i] in (None, *_INSIDE_REASONS):
            feature = self.features[i]
            if self.reasons[i] is not None:
                i += step
                continue
            if feature.is_prose and feature.ends_sentence:
                return True
            if not (self._is_long(feature) or feature.ends_sentence):
                return False
            i += step
        return False

    def _is_prose(self, i: int) -> bool:
        return self.reasons[i] is None and (self.features[i].is_prose or i in self.unpunctuated)

    def _mark_tickers(self, language: str) -> None:
        """Headlines with a clock time before them, on the same line or the line above."""
        for i, feature in enumerate(self.features):
            rest = feature.ticker_rest
            if (
                self.reasons[i] is None
                and rest
                and line_key(rest)
                and not features_of(rest, language).ends_as_statement
            ):
                self.reasons[i] = "ticker"
        timed = [
            i + 1
            for i in range(len(self.features) - 1)
            if self.reasons[i] == "date_line"
            and (self.features[i].ticker_rest == "" or self.features[i].is_age)
            and self._is_headline(i + 1)
        ]
        following = [i for i in timed if i + 2 in timed or i - 2 in timed]
        for i in following:
            self.reasons[i] = "ticker"

    def _mark_split_bylines(self) -> None:
        """A byline whose "By" stands on a line of its own, and the name on the next."""
        known = phrases()
        for i in range(len(self.features) - 1):
            label, name = self.features[i], self.features[i + 1]
            if (
                len(label.text) <= 14
                and known.after_start("byline", f"{label.text} ") == ""
                and not label.ends_sentence
            ):
                names = split_names(name.text)
                if names and self.reasons[i + 1] is None:
                    self.reasons[i] = self.reasons[i + 1] = "byline"

    def _mark_labelled_headlines(self) -> None:
        """Mark "Label: headline" lines whose label stands alone elsewhere on the page, above other stories."""
        for i, feature in enumerate(self.features):
            label, colon, rest = feature.text.partition(":")
            if self.reasons[i] is None and colon and rest.strip() and not feature.ends_as_statement:
                key = line_key(label)
                if 0 < len(key.split()) <= _MOST_LABEL_WORDS and self.counts[key] and self._heads_others(key, i):
                    self.reasons[i] = "related_story"

    def _mark_captions(self) -> None:
        """A short sentence that the sign before its picture's photographer follows on a line of its own."""
        for i in range(len(self.features) - 1):
            sentence, credit = self.features[i], self.features[i + 1]
            signed = credit.text.startswith(("©", "Foto", "Photo")) and credit.words <= _MOST_CREDIT_WORDS
            if signed and self.reasons[i] is None and sentence.ends_as_statement and not sentence.is_prose:
                self.reasons[i] = "caption"

    def _heads_others(self, key: str, i: int) -> bool:
        """Whether a label stands alone on a line below `i`, with a headline under it."""
        return any(
            feature.key == key and j + 1 < len(self.features) and self._is_headline(j + 1)
            for j, feature in enumerate(self.features[i + 1 :], i + 1)
        )

    def _is_headline(self, i: int) -> bool:
        """Whether a line could be some story's headline."""
        feature = self.features[i]
        return self.reasons[i] is None and not self._is_prose(i) and feature.words >= 3 and not feature.is_list

    # The title

    def _strong_lines(self) -> list[int]:
        """Long prose; any prose where none is long, or where date or author stand right above the first."""
        prose = [i for i in range(len(self.features)) if self._is_prose(i)]
        strong = [i for i in prose if self.features[i].is_strong]
        if not strong or self._begins_signed(prose[0], strong[0]):
            return prose
        return strong

    def _begins_signed(self, first: int, strong: int) -> bool:
        """Whether the date or author of the page tell that its story begins with a line above the first long one."""
        above = self.reasons[max(first - _NEAR_SIGNED, 0) : first]
        return not _SIGNED_REASONS.isdisjoint(above) and _SIGNED_REASONS.isdisjoint(self.reasons[first:strong])

    def _find_title(self) -> tuple[int | None, str | None]:
        strong = self._strong_lines()
        first = self._story_start(strong) if strong else len(self.features)
        if self.title_hint:
            key = line_key(self.title_hint)
            found = next((i for i, f in enumerate(self.features) if f.key == key), None)
            return found, self.title_hint.strip()
        candidates = [i for i in range(min(first, len(self.features))) if self._may_be_title(i)]
        if len(candidates) > _MOST_CANDIDATES:
            # A headline stands at the very top of a page or near its story; what lies between is menus and lists.
            candidates = candidates[: _MOST_CANDIDATES // 4] + candidates[-3 * _MOST_CANDIDATES // 4 :]
        if not candidates:
            candidates = [i for i in strong[:1] if i == 0 and self._may_head(i) and len(strong) > 1]
        if not candidates:
            return None, None
        body = set().union(*(grams(self.features[i].text) for i in strong)) if strong else set()
        scores = {i: self._title_score(i, first, body, candidates) for i in candidates}
        best = max(candidates, key=lambda i: scores[i])
        for i in candidates:
            # The title stands above the subtitle, which shares as many words with the story.
            if i < best and scores[i] >= scores[best] - 0.45 and not self._boundary_between(i, best):
                return i, self._shortest_title(i, candidates)
        return best, self._shortest_title(best, candidates)

    def _story_start(self, strong: list[int]) -> int:
        """The first long prose of the story: not a teaser's above the headline, if date or author tell where that is.

        A headline that has its date or author between itself and its prose, while no prose above has, is the page's.
        """
        prose = [i for i in range(len(self.features)) if self._is_prose(i)]
        if any(self.reasons[i] in _SIGNED_REASONS for i in range(strong[0])):
            return strong[0]
        for i in prose[1 : _MOST_TEASERS + 1]:
            signed, above = False, i - 1
            while above >= 0 and self.reasons[above] is not None:
                signed = signed or self.reasons[above] in _SIGNED_REASONS
                above -= 1
            if signed and self._is_headline(above) and not self.features[above].ends_as_statement:
                return i
        return strong[0]

    def _may_head(self, i: int) -> bool:
        """Whether running text at the top of a page may be its headline: short, and no statement."""
        return len(self.features[i].text) <= 160 and not self.features[i].ends_as_statement

    def _may_be_title(self, i: int) -> bool:
        feature = self.features[i]
        if self.reasons[i] is not None or len(feature.text) > _MOST_TITLE_CHARACTERS:
            return False
        if feature.ends_as_statement and 0 < i == len(self.features) - 1:
            return False  # the last of several lines
        if feature.is_dense and len(feature.text) < _LEAST_DENSE_TITLE:
            return False
        if feature.ends_with_colon or feature.words < 3 or feature.text.endswith("/") or feature.is_menu:
            return False
        return not (feature.is_prose and feature.ends_as_statement)

    def _title_score(self, i: int, first: int, body: set[str], candidates: list[int]) -> float:
        feature = self.features[i]
        score = 2.0 * shared(feature.text, body)
        twins = [j for j in candidates if j != i and _same_title(feature.text, self.features[j].text)]
        score += 0.9 if twins else 0.0
        score += 0.4 * (1 - (first - i) / max(first, 1))
        score -= 0.25 if self._boundary_between(i, first) and not twins else 0.0
        score -= 0.3 if feature.words <= 3 or feature.is_list else 0.0
        score -= 0.2 if feature.ends_as_statement else 0.0
        score -= 0.6 if self._is_shouted_name(i, body) else 0.0
        return score

    def _is_shouted_name(self, i: int, body: set[str]) -> bool:
        """Whether a page's first line is the site's name in capitals, above the day; no story is told of it."""
        name = _NAME_END.split(self.features[i].text)[0]
        shouted = name.isupper() and shared(name, body) < _TOLD_IN_STORY
        return i == 0 and shouted and self.reasons[1:2] == ["date_line"]

    def _boundary_between(self, start: int, end: int) -> bool:
        return any(self.reasons[j] in _BOUNDARY_REASONS for j in range(start + 1, end))

    def _shortest_title(self, best: int, candidates: list[int]) -> str:
        """Of two forms of one title, the one without the site's name."""
        forms = [
            self.features[j].text for j in candidates if _same_title(self.features[best].text, self.features[j].text)
        ]
        return min([self.features[best].text, *forms], key=len)

    def _mark_titles(self, title_line: int | None, title: str | None) -> None:
        if title is None:
            return
        for i, feature in enumerate(self.features):
            if i != title_line and self.reasons[i] in (None, "furniture") and _same_title(title, feature.text):
                self.reasons[i] = "repeated_title"

    def _mark_repeated(self, title_line: int | None) -> None:
        seen: set[str] = set()
        for i, feature in enumerate(self.features):
            if self.reasons[i] is not None or i == title_line or self.counts[feature.key] < 2 or not feature.key:
                continue
            if self._is_prose(i):
                whole = " ".join(fold(feature.text).split())
                if whole not in seen:  # the first of a repeated paragraph stays
                    seen.add(whole)
                    continue
            self.reasons[i] = "repeated"

    # The body

    def _walk_prose(self, title_line: int | None) -> None:
        """Accept running text from the title on, leaving out what belongs to other stories and to readers."""
        start = 0 if title_line is None else title_line + 1
        story = grams(self.features[title_line].text) if title_line is not None else set()
        seen = 0
        self.zone = None
        headlines: list[int] = []
        i = start
        while i < len(self.features):
            feature, reason = self.features[i], self.reasons[i]
            if (
                reason == "comment_form"
                and not self._asks_for_address(i)
                and (seen >= _ENOUGH_PROSE or sum(1 for _ in self.kinds) >= 2)
            ):
                self._cut_rest(i)
                return
            if reason in _ZONE_REASONS and self._opens_zone(i):
                self.zone, headlines = reason, []
            elif self._is_prose(i):
                if self.zone is None or self._is_speech(i) or self._resumes(i, len(headlines), story):
                    self.zone = None
                    self.kinds[i] = "body"
                    seen += len(feature.text)
                    story |= grams(feature.text)
                else:
                    self.reasons[i] = self.zone
                    headlines.append(i)
            elif self.zone is not None and reason is None and self._is_speech(i):
                self.zone, self.kinds[i] = None, "body"
            elif reason is None and self.zone is not None:
                if self._ends_zone(i, headlines) and self._next_is_body(i, len(headlines), story):
                    self.zone = None
                else:
                    self.reasons[i] = self.zone
                    headlines.append(i)
            i += 1

    def _asks_for_address(self, i: int) -> bool:
        """Whether the field of a form belongs to a newsletter that is offered amid the story."""
        return "newsletter" in self.reasons[max(i - _NEWSLETTER_BOX, 0) : i]

    def _is_speech(self, i: int) -> bool:
        """Whether a line is one more of the page's exchanges that begin with a dash, and no headline."""
        if not (self.features[i].starts_with_dash and self.features[i].ends_sentence):
            return False
        return sum(f.starts_with_dash and f.ends_sentence for f in self.features[:i]) >= 2

    def _ends_zone(self, i: int, headlines: list[int]) -> bool:
        """Whether a short line is a heading of the story, not one more of the headlines above it: it is shorter."""
        if not headlines or not self._is_heading(i):
            return False
        lengths = [len(self.features[j].text) for j in headlines if not self.features[j].is_prose]
        mean = sum(lengths) / max(len(lengths), 1)
        return len(self.features[i].text) < 0.5 * mean

    def _opens_zone(self, i: int) -> bool:
        """A label alone opens a zone of other stories; "Read also: headline" holds its story on the same line."""
        phrase = phrases().find(self.features[i].text)
        return phrase is not None and (
            phrase.kind == "line"
            or self.features[i].ends_with_colon
            or (phrase.kind == "start" and self.features[i].words <= _MOST_LABEL_WORDS)
        )

    def _cut_rest(self, start: int) -> None:
        for i in range(start, len(self.features)):
            if self.reasons[i] is None:
                self.reasons[i] = "comment_form"

    def _prose_run(self, i: int) -> list[int]:
        """The run of prose that begins at `i`, cut lines aside."""
        run: list[int] = []
        for j in range(i, len(self.features)):
            if self._is_prose(j):
                run.append(j)
            elif self.reasons[j] is None or self.reasons[j] in _ZONE_REASONS:
                break
        return run

    def _resumes(self, i: int, headlines: int, story: Set[str]) -> bool:
        """Whether prose after a label for other stories is the story going on, not another one's summary."""
        feature = self.features[i]
        if headlines == 0 and not feature.ends_as_statement and len(feature.text) < 150:
            return False
        run = self._prose_run(i)
        told = shared(" ".join(self.features[j].text for j in run), story)
        if self.zone == "author_bio":
            return len(run) >= 3 and told >= 0.35
        if feature.is_bulleted and not feature.starts_with_dash and self._has_no_list():
            return told >= 0.35  # more likely an item of the list under the label
        if self._sums_up_headline(i):
            return told >= 0.6 and len(run) >= 2
        # A few headlines under a label are a box inside the story; many are more likely its end.
        return headlines <= 3 or told >= (0.1 if len(run) >= 2 else 0.25)

    def _has_no_list(self) -> bool:
        """Whether the story has begun, and nothing in it is bulleted or numbered so far."""
        return bool(self.kinds) and not any(self.features[j].is_bulleted for j in self.kinds)

    def _sums_up_headline(self, i: int) -> bool:
        """Whether the prose at `i` tells what the headline above it announces."""
        above = next((j for j in range(i - 1, -1, -1) if self.features[j].words >= 3), None)
        if above is None or self.reasons[above] not in _ZONE_REASONS:
            return False
        return shared(self.features[above].text, grams(self.features[i].text)) >= 0.35

    def _next_is_body(self, i: int, headlines: int, story: Set[str]) -> bool:
        return i + 1 < len(self.features) and self._is_prose(i + 1) and self._resumes(i + 1, headlines, story)

    def _is_heading(self, i: int) -> bool:
        feature = self.features[i]
        if self.reasons[i] is not None or feature.is_list or feature.starts_low:
            return False
        return feature.words <= _MOST_HEADING_WORDS and len(feature.text) <= _MOST_HEADING_CHARACTERS

    def _cut_tail(self) -> None:
        """Cut a line or two of prose under a name, below the page's tags or buttons: the box about the author."""
        accepted = sorted(self.kinds)
        for place in range(max(len(accepted) - _MOST_TAIL, 2), len(accepted)):
            above, below = accepted[place - 1], accepted[place]
            if self.reasons[below - 1] is not None or not looks_like_name(self.features[below - 1].text):
                continue
            if self._is_about(below) or any(self._ends_story(i) for i in range(above + 1, below)):
                for i in (below - 1, *accepted[place:]):
                    self.kinds.pop(i, None)
                    self.reasons[i] = "author_bio"
                return

    def _is_about(self, i: int) -> bool:
        """Whether prose under a name tells of the person's work: it names a role, or the name again."""
        name, words = self.features[i - 1].key.split(), self.features[i].key.split()
        return name[0] in words[:3] or not phrases().words_of("role").isdisjoint(words[:4])

    def _ends_story(self, i: int) -> bool:
        return self.reasons[i] in _END_REASONS or (self.reasons[i] is None and self.features[i].is_list)

    def _keep_short_page(self, title_line: int | None) -> None:
        """A page without running text: keep the sentences and long lines that nothing speaks against."""
        for i, feature in enumerate(self.features):
            if self.reasons[i] is not None or (title_line is not None and i <= title_line) or feature.is_list:
                continue
            if (feature.ends_sentence and feature.words >= 4) or feature.words >= 9:
                self.kinds[i] = "body"
        if not self.kinds:
            below = range(0 if title_line is None else title_line + 1, len(self.features))
            said = (i for i in below if self.reasons[i] is None and self.features[i].ends_sentence)
            self.kinds |= dict.fromkeys((i for i in said if self.features[i].words >= 2), "body")

    def _fill_between(self, title_line: int | None) -> None:
        """Decide the short lines that stand between accepted paragraphs, or right after one."""
        accepted = sorted(self.kinds)
        if not accepted:
            return
        for before, after in zip(accepted, [*accepted[1:], len(self.features)], strict=True):
            between = [i for i in range(before + 1, after) if self.reasons[i] is None]
            self._fill_run(between, before, after if after < len(self.features) else None)

    def _fill_run(self, run: list[int], before: int, after: int | None) -> None:
        if after is not None and (self._is_verse(run) or self._is_enumeration(run, before)):
            self.kinds |= dict.fromkeys(run, "body")
            return
        self._keep_sentences(run, before, after)
        undecided = [i for i in run if i not in self.kinds]
        listed = [i for i in undecided if self.features[i].is_bulleted]
        for i in undecided:
            bulleted = self.features[i].is_bulleted
            if bulleted and (len(listed) >= 2 or self.features[before].ends_with_colon) and self._follows(i, before):
                self.kinds[i] = "body"
            elif after is not None and self._stays_between(i, undecided, after):
                self.kinds[i] = "heading"
            else:
                self.reasons[i] = self._between_reason(i, run, after)

    def _is_verse(self, run: list[int]) -> bool:
        """Whether short lines between two paragraphs are verse: one after another, and many end with a comma."""
        if len(run) < _LEAST_VERSE or run[-1] - run[0] >= len(run):
            return False
        features = [self.features[i] for i in run]
        if any(f.is_list or f.is_bulleted for f in features):
            return False
        return sum(f.ends_with_comma or f.ends_sentence for f in features) * 2 >= len(run) and any(
            f.ends_with_comma for f in features
        )

    def _is_enumeration(self, run: list[int], before: int) -> bool:
        """Whether lines right behind a paragraph are a list that it, or the first of them, announces by a colon."""
        if not run or run[-1] - before != len(run):
            return False
        announced = self.features[before].ends_with_colon
        items = [self.features[i] for i in (run if announced else run[1:])]
        if not items or not (announced or self.features[run[0]].ends_with_colon):
            return False
        return all(f.is_bulleted or f.ends_with_comma or f.ends_sentence for f in items)

    def _keep_sentences(self, run: list[int], before: int, after: int | None) -> None:
        """Keep short sentences that go on from a paragraph, or stand under a heading between two paragraphs."""
        pending: list[int] = []
        for i in run:
            feature = self.features[i]
            if not feature.ends_sentence or feature.words < 3:
                pending.append(i)
            elif self._follows(i, before) or (after is not None and not pending):
                self.kinds[i] = "body"
                pending = []
            elif after is not None and feature.ends_as_statement and self._lead_on(pending):
                self.kinds |= dict.fromkeys(pending, "heading")
                self.kinds[i] = "body"
                pending = []
            else:
                pending.append(i)

    def _lead_on(self, pending: list[int]) -> bool:
        """Whether undecided lines above a sentence are its heading, the line that announces a list, or both."""
        if len(pending) > 2 or not all(self._is_heading(j) for j in pending):
            return False
        return len(pending) == 1 or self.features[pending[-1]].ends_with_colon

    def _follows(self, i: int, before: int) -> bool:
        """Whether nothing stands between a line and the paragraph before it that would end the story."""
        return all(self._is_passable(j) for j in range(before + 1, i))

    def _is_passable(self, i: int) -> bool:
        """Whether a short sentence may still belong to the paragraph before such a line."""
        return i in self.kinds or self.reasons[i] in _INSIDE_REASONS

    def _stays_between(self, i: int, run: list[int], after: int) -> bool:
        feature = self.features[i]
        if feature.starts_quoted and feature.words >= 5:
            return True
        if feature.ends_with_colon and feature.words >= 3 and i + 1 == after:
            return True
        if self.unpunctuated and len(run) == 1 and feature.words >= 6 and self.kinds.get(i - 1) == "body":
            return True  # a short sentence, on a page where sentences have no full stop
        undecided = [j for j in run if j not in self.kinds]
        if i != run[-1] or len(undecided) > 2 or not self._is_heading(i):
            return False
        if len(undecided) == 2 and len(feature.text) >= 0.5 * len(self.features[undecided[0]].text):
            return False  # two alike are two stories' headlines
        return all(self.reasons[j] in ("image", "advertisement") for j in range(i + 1, after))

    def _between_reason(self, i: int, run: list[int], after: int | None) -> str:
        feature = self.features[i]
        if feature.is_list or feature.starts_low or (feature.words <= 3 and len(run) > 1):
            return "tag"
        if after is None:
            return "after_body" if feature.words < 5 else "related_story"
        return "related_story"

    def _keep_subtitles(self, title_line: int | None) -> None:
        """Lines between title and body that share the story's words: the standfirst."""
        accepted = sorted(self.kinds)
        if title_line is None or not accepted:
            return
        story = set().union(*(grams(self.features[i].text) for i in accepted))
        kept = 0
        for i in range(title_line + 1, accepted[0]):
            feature = self.features[i]
            if self.reasons[i] is not None or feature.words < 5 or feature.is_list or feature.starts_low or kept == 2:
                continue
            if shared(feature.text, story) >= 0.5:
                self.kinds[i] = "subtitle"
                kept += 1

    def _label(self, i: int, title_line: int | None) -> Label:
        if i == title_line:
            return Label("title")
        if i in self.kinds:
            return Label(self.kinds[i])
        return Label("drop", self.reasons[i] or self._position_reason(i, title_line))

    def _position_reason(self, i: int, title_line: int | None) -> str:
        accepted = self.kinds
        if accepted and i < min(accepted):
            if title_line is not None and i > title_line:
                return "header"
            return "related_story" if self.features[i].words >= 5 else "navigation"
        return "after_body"


def _same_title(one: str, other: str) -> bool:
    """Whether two lines are one title, with or without the site's name behind or before it."""
    a, b = line_key(one), line_key(other)
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if len(short) < 20 or len(short.split()) < 3 or len(long) - len(short) > 45:
        return False
    long_text = one if line_key(one) == long else other
    return (long.startswith(f"{short} ") or long.endswith(f" {short}")) and any(
        sep in long_text for sep in ("|", " - ", " – ", " — ", "»", ":", "•", "/", ">", "›")
    )

"""A sentence as the coder reads it: tokens, what the lexicon finds in them, and the clauses they fall into."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from assets.events.mentions.language import Language
from assets.events.mentions.last_verbs import clause_ends
from assets.events.mentions.lexicon import MAXIMUM_GAP, Match
from assets.events.mentions.meanings import ActorWord, Ignored, NumberWord, ObjectWord, PlaceWord, Sign, Trigger
from assets.events.mentions.separable import parted_verbs
from assets.events.mentions.text import Token, tokenise

_CLAUSE_MARKS = frozenset(";:—–()[]؛")
_OPENING_BRACKETS, _CLOSING_BRACKETS = frozenset("(["), frozenset(")]")
_COMMAS = frozenset(",،")
_SEMICOLONS = frozenset(";؛")  # what follows is a main clause, which no comma ends
CONJUNCTIONS = ("و", "ف")
"""Letters that, attached to a verb, open a clause."""
CONVERB = "clause.converb"
"""How a clause opens whose subject stands in the main clause behind it."""
_CIRCUMSTANCE_REACH = 2  # tokens from where a clause opens within which its conjunction begins: past a comma
_SPEAKER_WORDS = 8  # a speaker's name and title are hardly longer, nor what follows the verb at a sentence's end
# Of a word that is several of them ("that") the last counts; so the order must be a fixed one.
_OPENING_SIGNS = ("clause.boundaries", "clause.relatives", "clause.complementisers")
_MODIFIERS = 2  # words between what joins clauses and the subject: "and the West African bloc"
_RELATIVE_SIGNS = ("clause.relatives", "clause.article_relatives")
_VERB_SIGNS = ("voice.auxiliary", "voice.perfect", "reporting.verbs", "reporting.mood")
_FINITE_SIGNS = ("voice.perfect", "reporting.verbs")
_SPEECH = frozenset({"ACCUSE", "AGREE", "CONCEDE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})
"""Types whose verbs may follow, with their subject behind them, what somebody says by them."""


class Sentence:
    """One sentence read once. Positions are token numbers; `clauses[i]` is the number of token i's clause."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.tokens: list[Token] = tokenise(text, language.code)
        self.analyses = [language.morphology.analyse(token.text) for token in self.tokens]
        self.actor_words: list[Match[ActorWord]] = []
        self.triggers: list[Match[Trigger]] = []
        self.ignored: list[Match[Ignored]] = []
        self.numbers: dict[int, Match[NumberWord]] = {}
        self.places: dict[int, Match[PlaceWord]] = {}
        self.objects: dict[int, list[int]] = defaultdict(list)
        self.signs: dict[str, list[Match[Sign]]] = defaultdict(list)
        wide: list[Match[Trigger]] = []
        for match in language.lexicon.find(self.analyses):
            if len(match.gaps) <= MAXIMUM_GAP or self._reports_at_length(match):
                self._sort_in(match)
            elif isinstance(match.meaning, Trigger):
                wide.append(match)  # type: ignore[arg-type]
        for match in parted_verbs(language, self.tokens, self.analyses):
            self._sort_in(match)
        self.numbers = {m.start: m for m in longest_first(self.numbers.values())}
        # A headline ends in no mark: there a bare participle is passive, "to" with a verb is what will be.
        self.is_headline = bool(self.tokens) and self.tokens[-1].text[-1].isalnum()
        self.prepositions = self._prepositions()
        self.postpositions = self._postpositions()
        self.clauses, self.openers = self._clauses(wide)
        self.triggers += [match for match in wide if self._embraces(match)]

    def _sort_in(self, match: Match) -> None:
        meaning = match.meaning
        if isinstance(meaning, ObjectWord):
            for group in meaning.groups:
                self.objects[group].append(match.start)
        elif isinstance(meaning, Sign):
            self.signs[meaning.kind].append(match)
        elif isinstance(meaning, Trigger):
            self.triggers.append(match)
        elif isinstance(meaning, ActorWord):
            self.actor_words.append(match)
        elif isinstance(meaning, PlaceWord):
            known = self.places.get(match.start)
            if self.tokens[match.start].text[0].isupper() and (known is None or match.end > known.end):
                self.places[match.start] = match
        elif isinstance(meaning, NumberWord):
            longest = self.numbers.get(match.start)
            if longest is None or match.end > longest.end:
                self.numbers[match.start] = match
        else:
            self.ignored.append(match)

    def _reports_at_length(self, match: Match) -> bool:
        """Whether a verb of reporting and its particle stand around one phrase: "teilte der … in Berlin mit"."""
        reports = isinstance(match.meaning, Sign) and match.meaning.kind == "reporting.verbs"
        return reports and not any(self.tokens[p].text in _COMMAS for p in match.gaps)

    def _embraces(self, match: Match[Trigger]) -> bool:
        """Whether a verb and what closes its phrase stand around their clause: "macht Minsk für … verantwortlich"."""
        last = match.end - 1
        if self.clauses[match.start] != self.clauses[last]:
            return False
        closes = match.end == len(self.tokens) or self._is_mark(match.end)
        return closes or self.sign_at("clause.coordinators", match.end) or self._is_mark(last)

    def is_ignored(self, match: Match) -> bool:
        """Whether a phrase that is at least as long and means nothing covers the match's first word."""
        return bool(self.ignored) and any(
            i.start <= match.start < i.end and i.end - i.start >= match.end - match.start for i in self.ignored
        )

    def sign_at(self, kind: str, position: int) -> bool:
        """Whether a sign of the kind covers the token."""
        found = self.signs.get(kind)
        return found is not None and any(m.start <= position < m.end for m in found)

    def signs_between(self, kind: str, start: int, end: int) -> list[Match[Sign]]:
        """Signs of the kind that stand whole in tokens `[start, end)`."""
        return [m for m in self.signs.get(kind, ()) if m.start >= start and m.end <= end]

    def text_of(self, start: int, end: int) -> str:
        """The characters of tokens `[start, end)`."""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]

    def clause_range(self, clause: int) -> tuple[int, int]:
        """The tokens `[start, end)` of a clause."""
        members = [i for i, c in enumerate(self.clauses) if c == clause]
        return members[0], members[-1] + 1

    def has_object(self, group: int, clause: int) -> bool:
        """Whether a word of the numbered group stands in the clause."""
        return any(self.clauses[i] == clause for i in self.objects.get(group, ()))

    def _prepositions(self) -> dict[int, tuple[str, int]]:
        """Token to the kind of the preposition covering it and the preposition's first token; longest wins."""
        amounts = [m for m in self.signs.get("determiner", ()) if m.end - m.start > 1]  # Spanish "al menos"
        found = [
            (match, kind.removeprefix("preposition."))
            for kind, matches in self.signs.items()
            if kind.startswith("preposition.")
            for match in matches
            if not match.clitic and not any(m.start <= match.start and match.end <= m.end for m in amounts)
        ]
        covering: dict[int, tuple[str, int]] = {}
        for match, kind in sorted(found, key=lambda pair: pair[0].start - pair[0].end):
            for position in range(match.start, match.end):
                covering.setdefault(position, (kind, match.start))
        return covering

    def _postpositions(self) -> dict[int, str]:
        """Token to the kind of the postposition that begins there; the longest wins."""
        found: dict[int, tuple[int, str]] = {}
        for kind, matches in self.signs.items():
            if kind.startswith("postposition."):
                for match in matches:
                    found[match.start] = max(
                        found.get(match.start, (0, "")), (match.end, kind.removeprefix("postposition."))
                    )
        return {position: kind for position, (_, kind) in found.items()}

    def possessed_case(self, position: int) -> str | None:
        """The case of a possessed noun ("Rusya'nın sınırına"); "" where it has none, null for other words."""
        for traits in self.analyses[position].traits.values():
            if "possessed" in traits:
                return next((trait for trait in traits if trait != "possessed"), "")
        return None

    def _clauses(self, wide: list[Match[Trigger]]) -> tuple[list[int], dict[int, str]]:
        opening = dict.fromkeys(self._article_relatives(), "clause.relatives")
        opening |= self._openings()
        if self.language.grammar.word_order == "SOV":
            opening.pop(0, None)  # "Ancak Mali, …": what links sentences opens no clause of its own
        opening = {**self._converbs_set_off(), **opening}
        for correlative in self.correlatives:
            for position in correlative.positions:
                opening.pop(position, None)  # "как Мали, так и Нигер"
        closing = self._reports() | self._trailing_reports() | self._trailing_speech(wide)
        closing |= self._joined_verbs() | self._joined_clauses()
        if self.language.grammar.word_order == "SOV" and self.language.dropped_subject:
            joints = {m.start for m in self.signs.get("clause.coordinators", ())}
            reports = self.signs.get("reporting.verbs", ())
            closing |= clause_ends(self.tokens, self.triggers, reports, joints, self.language.dropped_subject)
        return self._numbered(opening, closing)

    def _numbered(self, opening: dict[int, str], closing: set[int]) -> tuple[list[int], dict[int, str]]:
        """The number of each token's clause, and how clauses open, from where words open and end them."""
        listed = self._listing_commas() | {p for m in self.correlatives for p in range(m.start, m.end)}
        clauses: list[int] = []
        openers: dict[int, str] = {}
        enclosing: dict[int, int] = {}  # of a relative clause, the one that goes on behind it
        bracketed: list[int] = []  # the clauses that stand open around brackets
        clause = last = 0
        for position, token in enumerate(self.tokens):
            kind = opening.get(position)
            if token.text in _CLOSING_BRACKETS and bracketed:
                clause = bracketed.pop()
                clauses.append(clause)
                continue
            if token.text in _OPENING_BRACKETS:
                bracketed.append(clause)
            ends_subordinate = token.text in _COMMAS and clause in openers and position not in listed
            if position == 0 and (kind or self._opens_with_converb()):
                openers[0] = kind or CONVERB
            elif ends_subordinate and not kind and position not in closing and clause in enclosing:
                clause = enclosing[clause]
            elif position and (kind or ends_subordinate or position in closing or self._parts_clauses(position)):
                last += 1
                if kind and self._is_enclosed(position, kind):
                    enclosing[last] = enclosing.get(clause, clause)
                clause = last
                if not ends_subordinate and (kind or token.text not in _SEMICOLONS):
                    openers[clause] = kind or "mark"
            clauses.append(clause)
        return clauses, openers

    def _parts_clauses(self, position: int) -> bool:
        """Whether a mark parts clauses; a dash between two names does not ("Budapest–Belgrad")."""
        token = self.tokens[position]
        if token.text not in _CLAUSE_MARKS:
            return False
        if token.text not in "–—" or not 0 < position < len(self.tokens) - 1:
            return True
        return self.tokens[position - 1].end < token.start or token.end < self.tokens[position + 1].start

    def _openings(self) -> dict[int, str]:
        """Where words stand that open a clause, and how; one inside a longer one ("parce que") opens none itself."""
        found = [(m, kind) for kind in _OPENING_SIGNS for m in self.signs.get(kind, ())]
        inside = {p for m, _ in found for p in range(m.start + 1, m.end)}
        opening = {m.start: kind for m, kind in found if m.start not in inside and not self._is_set_off(m, kind)}
        relatives = {m.start for m in self.signs.get("clause.relatives", ())}
        for position, kind in opening.items():
            if kind == "clause.complementisers" and position in relatives and not self._is_said_before(position):
                opening[position] = "clause.relatives"
        return opening

    def _is_set_off(self, match: Match[Sign], kind: str) -> bool:
        """ "Tailandia, en cambio, se niega": what commas set off on both sides links sentences, opening no clause."""
        if kind != "clause.boundaries" or match.start == 0 or match.end >= len(self.tokens):
            return False
        return self.tokens[match.start - 1].text in _COMMAS and self.tokens[match.end].text in _COMMAS

    def _is_said_before(self, position: int) -> bool:
        """Whether "that" at a token may be what somebody says, asks or judges: a verb of that stands before it."""
        said = {m.start for m in self.signs.get("reporting.verbs", ()) if m.start < position}
        for match in self.triggers:
            entry = match.meaning.entry
            speaks = entry.type in _SPEECH and entry.mode != "disapprove"
            if match.start < position and match.meaning.part != "noun" and (speaks or match.end == position):
                return True
        return bool(said)

    @cached_property
    def correlatives(self) -> list[Match[Sign]]:
        """Words that stand before both members of a pair: "both … and", "ni … ni"."""
        return [*self.signs.get("clause.correlatives", ()), *self.signs.get("clause.negative_correlatives", ())]

    def is_circumstance(self, clause: int) -> bool:
        """Whether a clause tells the time, reason or place of another one: "after …", "weil …"."""
        if self.openers.get(clause) != "clause.boundaries":
            return False
        return self._opens_circumstance(self.clause_range(clause)[0])

    def _opens_circumstance(self, position: int) -> bool:
        found = self.signs.get("clause.circumstances", ())
        return any(position <= m.start < position + _CIRCUMSTANCE_REACH for m in found)

    def _is_enclosed(self, position: int, kind: str) -> bool:
        """Whether the clause opened at a token ends at its comma, so that what it stands in goes on behind it."""
        if not self.language.grammar.commas_enclose:
            return False
        return kind in ("clause.relatives", CONVERB) or self._opens_circumstance(position)

    def _converbs_set_off(self) -> dict[int, str]:
        """Commas before a converb ("Кипр, опасаясь беженцев, закрыл"), where commas set off what they enclose."""
        if not self.language.grammar.commas_enclose:
            return {}
        last = len(self.tokens) - 1
        commas = (p for p, token in enumerate(self.tokens) if token.text in _COMMAS and 0 < p < last)
        return {p: CONVERB for p in commas if any("converb" in t for t in self.analyses[p + 1].traits.values())}

    def infinitive_group(self, position: int) -> int | None:
        """Where the infinitive group begins that a token stands in ("…, seine Truppen abzuziehen"), if in one."""
        comma = next((p for p in range(position - 1, 0, -1) if self._is_mark(p)), None)
        if comma is None or self.clauses[comma] != self.clauses[position]:
            return None
        return comma + 1 if self._ends_in_infinitive(comma + 1) else None

    def _ends_in_infinitive(self, start: int) -> bool:
        """Whether what begins at a token ends, at the next mark, in an infinitive with its particle ("zu gehen")."""
        ending = self.language.infinitive_end
        if ending is None:
            return False
        end = next((p for p in range(start, len(self.tokens)) if self._is_mark(p)), len(self.tokens))
        return end > start and bool(ending.search(self.text_of(start, end)))

    def _article_relatives(self) -> set[int]:
        """Where a pronoun that is written as the article is opens a relative clause.

        What it opens ends, at the next comma or mark, in a finite verb and so in a small letter; an apposition ends
        in a noun, an object of what follows in an infinitive.
        """
        starts: set[int] = set()
        for match in self.signs.get("clause.article_relatives", ()):
            end = next((p for p in range(match.end, len(self.tokens)) if self._is_mark(p)), len(self.tokens))
            is_infinitive = self._ends_in_infinitive(match.end)
            if end - match.end >= 2 and self.tokens[end - 1].text[0].islower() and not is_infinitive:
                starts.add(match.start)
        return starts

    def _trailing_speech(self, wide: list[Match[Trigger]]) -> set[int]:
        """Where an event of speech follows what is said: "Berlin solle …, verlangte das Hilfswerk" (verb second)."""
        if self.language.grammar.word_order != "V2":
            return set()
        return {
            m.start - 1
            for m in (*self.triggers, *wide)
            if m.meaning.part != "noun"
            and m.meaning.entry.type in _SPEECH
            and m.start > 1
            and self.tokens[m.start - 1].text in _COMMAS
            and self.tokens[m.start].text[0].islower()
            and self._names_somebody(m.start + 1)
            and not self._goes_on_behind_relative(m.start - 1)
        }

    def _goes_on_behind_relative(self, comma: int) -> bool:
        """ "Die Ministerin, die in Dakar weilte, kritisierte": no verb of the main clause stands before."""
        opens = (m for kind in _RELATIVE_SIGNS for m in self.signs.get(kind, ()) if 0 < m.start < comma)
        last = max(opens, key=lambda m: m.start, default=None)
        if last is None or any(self._is_mark(p) for p in range(last.end, comma)):
            return False
        verbs = [m.start for m in self.triggers if m.meaning.part != "noun"]
        verbs += [m.start for kind in _VERB_SIGNS for m in self.signs.get(kind, ())]
        return min(verbs, default=comma) >= last.start

    def _names_somebody(self, position: int) -> bool:
        return self.sign_at("determiner", position) or any(m.start == position for m in self.actor_words)

    def _reports(self) -> set[int]:
        """Where what is reported begins: after a reporting verb that is no event itself and does not come first."""
        if self.language.grammar.word_order in ("VSO", "SOV"):
            return set()  # the speaker follows the verb, or the verb what is said
        events = {p for m in self.triggers for p in m.positions}
        return {m.end for m in self.signs.get("reporting.verbs", ()) if m.start not in events}

    def _trailing_reports(self) -> set[int]:
        """Where a speaker named after what is said begins: "…, the minister said", "…, he said, adding"."""
        starts: set[int] = set()
        if self.language.grammar.word_order == "SOV":
            return starts
        last = len(self.tokens) - (0 if self.is_headline else 1)
        said = (m for m in self.triggers if m.meaning.entry.type in _SPEECH and m.meaning.part != "noun")
        ending = (m for m in said if m.end == last and len(m.positions) == 1)
        for match in (*self.signs.get("reporting.verbs", ()), *self._after_a_speaker(ending)):
            before = range(match.start - 1, max(match.start - _SPEAKER_WORDS, 0), -1)
            mark = next((p for p in before if self._is_mark(p)), None)
            is_last = match.end + _SPEAKER_WORDS >= len(self.tokens)
            if mark is not None and (is_last or self.tokens[match.end].text in _COMMAS):
                starts.add(mark)
        return starts

    def _after_a_speaker(self, ending: Iterable[Match[Trigger]]) -> list[Match[Trigger]]:
        """Verbs that end a sentence right behind somebody: "…, the trade minister has warned"."""
        named = {p for m in self.actor_words for p in (m.end, m.end + 1)}
        return [m for m in ending if m.start in named]

    def _is_mark(self, position: int) -> bool:
        token = self.tokens[position]
        return (
            not token.is_word
            and not token.text[0].isdigit()
            and token.text not in "-'’"
            and not token.text.startswith(("'", "’"))
        )

    def _opens_with_converb(self) -> bool:
        """Whether the first verb has the subject of the main clause behind it: "Accusing Chad of meddling, Mali"."""
        form = self.language.converb
        first = {m.meaning.part for m in self.triggers if m.start == 0}
        roles = (m for m in self.actor_words if m.start == 1 and m.meaning.kind == "role")
        if not first or "noun" in first or any(m.start == 0 for m in self.actor_words) or any(roles):
            return False  # "Striking dockers": what kind of dockers they are
        traits = self.analyses[0].traits.values()
        return any("converb" in found for found in traits) or bool(form and form.search(self.tokens[0].text))

    def reported_before(self) -> set[int]:
        """Verbs behind a comma after reported speech in its own mood: "Berlin solle …, verlangte der Minister"."""
        moods = [m.start for m in self.signs.get("reporting.mood", ())]
        if not moods:
            return set()
        verbs = {m.start for m in self.triggers if m.meaning.part != "noun"}
        return {p for p in verbs if p > moods[0] and self.tokens[p - 1].text in _COMMAS}

    def _joined_verbs(self) -> set[int]:
        """Verbs with an attached "and" that bring a subject of their own; "and met X" goes on with the one before."""
        return {
            m.start
            for m in self.triggers
            if m.meaning.part == "verb"
            and m.clitic[:1] in CONJUNCTIONS
            and m.meaning.entry.frame not in ("joint", "visit")
        }

    def _joined_clauses(self) -> set[int]:
        """Where "and", or a comma alone, joins a clause that has its own subject right before its finite verb.

        "Italy has sent a hospital and Greece has flown in tents": the tents are not Italy's.
        """
        if self.language.grammar.word_order not in ("SVO", "V2") or self.language.grammar.morphology == ("russian",):
            return set()
        verbs = {m.start for m in self.triggers if m.meaning.part != "noun"}
        if not verbs or not self.actor_words:
            return set()
        nouns = {m.start for m in self.triggers if m.meaning.part == "noun"}  # "Clashes between Chad and Mali left"
        finite = {p for p in verbs if self._is_finite(p) and (p not in nouns or self._is_verbal(p))} | {
            m.start for kind in _FINITE_SIGNS for m in self.signs.get(kind, ())
        }
        ends = {m.start: m.end for m in sorted(self.actor_words, key=lambda m: m.end)}
        return {
            mark
            for mark in self._joints()
            if any(p < mark and self._is_main(p) for p in verbs - nouns)
            and self._subject_end(mark, ends, finite) in finite
        }

    def _is_verbal(self, position: int) -> bool:
        """Whether a word that is noun and verb has a form that only verbs have: "army attacks" may be either."""
        form = self.language.verbal_form
        return form is not None and form.search(self.tokens[position].text) is not None

    def _is_main(self, position: int) -> bool:
        """Whether a verb may be its clause's own: "teachers backed by parents and students" has not met its verb."""
        by = self.prepositions.get(position + 1, ("", 0))[0] == "agent"
        return not by and self._is_finite(position) and not self.sign_at("status.headline_future", position - 1)

    def _subject_end(self, mark: int, ends: dict[int, int], finite: set[int]) -> int | None:
        """Where an actor ends that stands right behind a token, past a few modifiers."""
        for first in range(mark + 1, min(mark + 2 + _MODIFIERS, len(self.tokens))):
            end = ends.get(first)
            while end is not None and end in ends:
                end = ends[end]
            if end in finite:
                return end
            if not self.tokens[first].is_word or first in finite or first in self.prepositions:
                return None
        return None

    def _joints(self) -> list[int]:
        """Tokens that may join main clauses: coordinators, and in verb-second languages commas."""
        found = {m.end - 1 for m in self.signs.get("clause.coordinators", ())}
        if self.language.grammar.word_order == "V2":
            found |= {p for p, t in enumerate(self.tokens) if t.text in _COMMAS}
        return sorted(found)

    def _is_finite(self, position: int) -> bool:
        """Whether a verb is no converb or infinitive by its form ("and soldiers guarding the bridge")."""
        others = (self.language.converb, self.language.infinitive_end)
        return not any(form is not None and form.search(self.tokens[position].text) for form in others)

    def _listing_commas(self) -> set[int]:
        """Commas between actors in a list of three or more, which do not end a clause."""
        ends = {m.end: m.start for m in self.actor_words}
        starts = {m.start: m.end for m in self.actor_words}
        between = {p for p, t in enumerate(self.tokens) if t.text in _COMMAS and p in ends and p + 1 in starts}
        coordinators = {m.start for m in self.signs.get("clause.coordinators", ())}
        follows = {p for p in between if starts[p + 1] in coordinators or starts[p + 1] in between}
        return follows | {p for p in between if ends[p] - 1 in between}


def longest_first(matches: Iterable[Match]) -> list[Match]:
    """Matches that share no token: of two that do the longer stays, of equals the earlier in the list; by start."""
    taken: set[int] = set()
    kept = []
    for match in sorted(matches, key=lambda m: (-len(m.positions), m.start)):
        if taken.isdisjoint(match.positions):
            taken.update(match.positions)
            kept.append(match)
    return sorted(kept, key=lambda m: m.start)

"""What a sentence tells of arms and military cooperation: kinds, stage, number and sum. Plain values in and out.

Who supplies whom is read off the mention of the same sentence: who gives or helps is the supplier, but the buyer is
who gets. An adjective of a country beside the words ("Turkish drones") names the supplier. What is used in an attack
has its user for recipient. What an armed force is given in words that are not listed is `other`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from assets.events.arms.rows import Arms
from assets.events.mentions.language import compiled_language
from assets.events.mentions.lexicon import Lexicon, Match
from assets.events.mentions.meanings import ActorWord, NumberWord
from assets.events.mentions.money import MoneyWord, find_money, number_at
from assets.events.mentions.rows import Mention
from assets.events.mentions.sentence import longest_first
from assets.events.mentions.text import Token, tokenise
from assets.translated.segments.rows import Segment
from assets.vocabulary.arms import arms_languages, load_arms_kinds, load_arms_words

_TRANSFERS = frozenset({"AID", "COOPERATE", "AGREE", "SUPPORT"})
_FIGHTING = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
_FORCES = frozenset({"MIL", "COP", "REB"})
_TALKS = frozenset({"CONSULT", "REQUEST"})
UNLISTED = "other"
"""The kind of what is given in words that no vocabulary lists."""
_BEFORE = 3  # words that may stand between a number and what it counts
_EXPECTED_REACH = 14  # tokens before equipment within which a word tells that it is yet to come
_MOST = 10_000_000  # a greater number before equipment is a sum or a slip


def find_arms(segment: Segment, mentions: Sequence[Mention], published: date | None) -> list[Arms]:
    """Equipment and cooperation in one sentence, one row a kind; none where no event and no stage word is there.

    `mentions` are those of the sentence, `published` the day of its page.
    """
    if segment.language not in arms_languages():
        return []
    reading = _Reading(segment)
    best = max((m for m in mentions if not reading.names_no_fight(m)), key=_rank, default=None)
    equipment = _one_a_kind(reading.equipment) if best or reading.stages else []
    if not reading.equipment and best and best.plover_type == "AID" and best.target_sector in _FORCES:
        equipment = reading.unlisted(best)
    return [reading.row(match, best, published) for match in equipment]


def _rank(mention: Mention) -> tuple[bool, int, float, str]:
    parties = (mention.source_country is not None) + (mention.target_country is not None)
    return mention.plover_type in _TRANSFERS, parties, mention.confidence, mention.mention_id


def _one_a_kind(matches: Sequence[Match[MoneyWord]]) -> list[Match[MoneyWord]]:
    first: dict[str | int, Match[MoneyWord]] = {}
    for match in matches:
        first.setdefault(match.meaning.value, match)
    if len(first) > 1:
        first.pop("arms", None)  # the nearer words say which
    return list(first.values())


class _Reading:
    """A sentence with the arms vocabulary found in it."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self.text = segment.source_text
        language = compiled_language(segment.language)
        self.tokens: list[Token] = tokenise(self.text, segment.language)
        analyses = [language.morphology.analyse(token.text) for token in self.tokens]
        found = _lexicon(segment.language).find(analyses)
        self.equipment = sorted(longest_first([m for m in found if m.meaning.part == "equipment"]), key=_start)
        self.stages = [m for m in found if m.meaning.part == "stage"]
        self.expected = [m for m in found if m.meaning.part == "expected"]
        self.buys = {self._text(m.start, m.end) for m in found if m.meaning.part == "buys"}
        self.scales = {m.start: int(m.meaning.value) for m in found if m.meaning.part == "scale"}
        self.currencies = {m.start: m for m in found if m.meaning.part == "currency"}
        known = language.lexicon.find(analyses)
        self._adjective_after_noun = language.grammar.adjective_after_noun
        self.adjectives = [
            (m.start, m.end, m.meaning.country)
            for m in known
            if isinstance(m.meaning, ActorWord) and m.meaning.kind == "adjective"
        ]
        self.number_words = {m.start: m.meaning.value for m in known if isinstance(m.meaning, NumberWord)}
        self.money = find_money(self.tokens, self.scales, self.currencies, self.number_words)

    def names_no_fight(self, mention: Mention) -> bool:
        """Whether a fight was read off a name of equipment: in "combat aircraft" nobody fights.

        Cooperation is its own name: who offers to "share intelligence" offers intelligence.
        """
        fought = mention.plover_type in _FIGHTING
        return fought and any(mention.trigger_text in self._text(m.start, m.end) for m in self.equipment)

    def unlisted(self, mention: Mention) -> list[Match[MoneyWord]]:
        """The words by which something changes hands, standing for goods that no word names."""
        given = (m for m in self.stages if m.meaning.value in ("offered", "delivered") and self._tells(m, mention))
        return [m._replace(meaning=MoneyWord("equipment", UNLISTED)) for m in given][:1]

    def _tells(self, match: Match[MoneyWord], mention: Mention) -> bool:
        """Whether the words are those that made the mention."""
        return self._text(match.start, match.end) in mention.trigger_text

    def _is_bought(self, mention: Mention) -> bool:
        return mention.plover_type in _FIGHTING and mention.trigger_text in self.buys  # "ordered", but not troops

    def row(self, match: Match[MoneyWord], mention: Mention | None, published: date | None) -> Arms:
        """The row for one match."""
        kind = str(match.meaning.value)
        stage, nearest = self._stage(match, mention, kind)
        stage_match = nearest if nearest and nearest.meaning.value == stage else None
        supplier, recipient = self._parties(match, mention, stage)
        start = self.segment.source_start + self.tokens[match.start].start
        end = self.segment.source_start + self.tokens[match.end - 1].end
        return Arms(
            arms_id=hashlib.sha256(f"{self.segment.document_id} {start} {end} {kind}".encode()).hexdigest()[:32],
            document_id=self.segment.document_id,
            batch=self.segment.batch,
            segment_id=self.segment.segment_id,
            mention_id=mention.mention_id if mention else None,
            language=self.segment.language,
            equipment=kind,
            equipment_text=self._text(match.start, match.end),
            supplier_country=supplier,
            recipient_country=recipient,
            stage=stage,
            stage_text=self._text(stage_match.start, stage_match.end) if stage_match else None,
            quantity=self._quantity(match) if kind != UNLISTED else None,
            amount=self.money.amount if self.money else None,
            currency=self.money.currency if self.money else None,
            event_date=(mention.event_date if mention else None) or published,
            start=start,
            end=end,
            evidence_text=self.text,
        )

    def _text(self, start: int, end: int) -> str:
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]

    def _stage(
        self, match: Match[MoneyWord], mention: Mention | None, kind: str
    ) -> tuple[str, Match[MoneyWord] | None]:
        """The stage by the mention where it is sure, else by the nearest word that tells one."""
        if mention and self._is_bought(mention):
            return "ordered", next((m for m in self.stages if self._tells(m, mention)), None)
        if mention and mention.plover_type in _FIGHTING and kind in load_arms_kinds().weapons.kinds:
            return "used", None
        nearest = self._nearest_stage(match, mention)
        if mention and self._is_expected(match, mention):
            return "offered", None
        told = str(nearest.meaning.value) if nearest else ""
        if mention and mention.status in ("planned", "offered", "hypothetical"):
            return ("negotiated" if mention.plover_type in _TALKS or told == "negotiated" else "offered"), nearest
        if mention and mention.status == "denied":
            return "mentioned", None
        if mention and mention.plover_type in _TALKS:
            return "negotiated", nearest
        if mention and mention.plover_type == "AGREE" and told in ("", "delivered", "used"):
            return "negotiated", nearest
        shown = mention and mention.plover_type == "COOPERATE" and kind in load_arms_kinds().weapons.kinds
        if shown and told not in ("ordered", "delivered"):
            return "mentioned", None  # a fair shows weapons and hands none over
        if mention and mention.plover_type in ("AID", "COOPERATE"):
            return ("ordered" if told == "ordered" else "delivered"), nearest
        if told == "used" and kind not in load_arms_kinds().weapons.kinds:
            return "mentioned", None
        return (told, nearest) if told else ("mentioned", None)

    def _is_expected(self, match: Match[MoneyWord], mention: Mention) -> bool:
        """ "has provided support, with anticipated assistance that includes artillery": yet to come.

        The word stands before the equipment, and behind what has been done.
        """
        done = [m.start for m in self.stages if self._tells(m, mention) and m.start < match.start]
        near = range(max(match.start - _EXPECTED_REACH, *done, 0), match.start)
        return any(m.start in near for m in self.expected)

    def _nearest_stage(self, match: Match[MoneyWord], mention: Mention | None) -> Match[MoneyWord] | None:
        """The stage word that made the mention, else the nearest: who offers to sell has sold nothing."""
        told = [m for m in self.stages if mention and self._tells(m, mention)]
        return min(told or self.stages, key=lambda m: (abs(m.start - match.start), m.start), default=None)

    def _parties(self, match: Match[MoneyWord], mention: Mention | None, stage: str) -> tuple[str | None, str | None]:
        maker = next((country for start, end, country in self.adjectives if self._is_beside(start, end, match)), None)
        if mention is None or mention.plover_type not in _TRANSFERS | _TALKS | _FIGHTING:
            return maker, None
        source, target = mention.source_country, mention.target_country
        if self._is_bought(mention):
            return maker or target, source
        if mention.plover_type in _FIGHTING:
            return (maker if maker != source else None), source
        if (self.buys and mention.plover_type != "AID") or (mention.plover_type == "REQUEST"):
            source, target = target, source
        if (
            maker is None
            and mention.source_text == mention.target_text
            and match.meaning.value in load_arms_kinds().weapons.kinds
        ):
            return None, None  # "the two countries discussed arms": nobody says who gives them
        if maker and maker == target:
            source, target = target, source
        if mention.plover_type in ("CONSULT", "AGREE") and not maker and not self.buys and stage == "negotiated":
            return source, target
        supplier = maker or source
        return supplier, target if target != supplier else None

    def _is_beside(self, start: int, end: int, match: Match[MoneyWord]) -> bool:
        """Whether a country's adjective belongs to the words: before them with a word between at most but no number,
        or right after them; as the language has it, for after "the Somali army" more may follow.
        """
        if self._adjective_after_noun:
            return start == match.end
        between = self.tokens[end : match.start]
        return end <= match.start and len(between) <= 1 and not any(t.text[0].isdigit() for t in between)

    def _quantity(self, match: Match[MoneyWord]) -> int | None:
        others = {p for m in self.equipment if m is not match for p in range(m.start, m.end)}
        for position in range(match.start - 1, max(match.start - 1 - _BEFORE, -1), -1):
            if position in others or (self.money and position in self.money.positions):
                return None
            if position in self.currencies or not self.tokens[position].text[0].isalnum():
                return None
            value = number_at(self.tokens, position, self.number_words)
            if value is not None:
                value *= self.scales.get(position + 1, 1)
                return int(value) if value == int(value) and 0 < value <= _MOST else None
        return None


def _start(match: Match[MoneyWord]) -> int:
    return match.start


@lru_cache(maxsize=16)
def _lexicon(language: str) -> Lexicon[MoneyWord]:
    words, kinds = load_arms_words(language), load_arms_kinds()
    lexicon: Lexicon[MoneyWord] = Lexicon(compiled_language(language).morphology)
    for kind, patterns in words.equipment.items():
        for pattern in patterns:
            lexicon.add(pattern, MoneyWord("equipment", kind))
    for stage, patterns in words.stage.items():
        for pattern in patterns:
            lexicon.add(pattern, MoneyWord("stage", stage))
    for pattern in words.expected.words:
        lexicon.add(pattern, MoneyWord("expected", 1))
    for pattern in words.buys.words:
        lexicon.add(pattern, MoneyWord("buys", 1))
    for pattern, value in words.scale.items():
        lexicon.add(pattern, MoneyWord("scale", value))
    for table in (kinds.currency, words.currency):
        for currency, patterns in table.items():
            for pattern in patterns:
                lexicon.add(pattern, MoneyWord("currency", currency))
    return lexicon

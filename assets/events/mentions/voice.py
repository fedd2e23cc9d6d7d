"""Whether a verb is passive: by its form, its auxiliary, who it names as the doer, or where a participle stands."""

from __future__ import annotations

from assets.events.mentions.impersonal import is_impersonal
from assets.events.mentions.lexicon import Match
from assets.events.mentions.meanings import Trigger
from assets.events.mentions.sentence import Sentence

_TRANSITIVE = frozenset({"act", "give", "receive"})  # frames of what is done to somebody
_NO_NOUNS = (
    "determiner",
    "reference.pronouns",
    "clause.relatives",
    "clause.boundaries",
    "voice.active",
    "voice.resultative",
)
_AUXILIARY_REACH = 12  # tokens before a participle within which its auxiliary stands


def is_passive(sentence: Sentence, match: Match[Trigger]) -> bool:
    """Whether what a verb tells is done to its subject."""
    language, head = sentence.language, sentence.tokens[match.start].text
    if ("passive" in match.traits and "own" not in match.traits) or is_impersonal(sentence, match):
        return True
    if match.meaning.part == "phrase":
        return _is_passive_phrase(sentence, match)
    if sentence.sign_at("voice.active", match.start) or _follows_infinitive_mark(sentence, match):
        return False
    if language.passive_form and language.passive_form.search(head):
        return True
    if sentence.sign_at("status.headline_future", match.start - 1):
        return False  # "is to visit": the infinitive's own mark stands between
    if not language.participle or not language.participle.search(head) or _is_finite(sentence, match.start):
        return False
    has_agent = "agent" in (sentence.prepositions.get(p, ("", 0))[0] for p in (match.end - 1, match.end))
    asks_of = match.meaning.entry.type == "REQUEST" and language.grammar.word_order == "V2"  # "verlangt von Rom"
    perfect = sentence.sign_at("voice.perfect", match.start - 1)  # "a attribué à" is active
    if (has_agent and not asks_of and not perfect) or _is_bare_participle(sentence, match):
        return True
    inner = match.start + 1 < match.end - 1  # the preposition of a set phrase ("pointer du doigt") tells nothing
    of = not inner and sentence.prepositions.get(match.start + 1, ("", 0))[0] == "of"
    if match.meaning.entry.type == "ACCUSE" and of:
        return True  # "traders accused of smuggling": if they accused somebody, it would stand between
    if sentence.is_headline and language.verbal_form and _has_no_object(sentence, match):
        return True  # "Two soldiers killed in attack"
    return _has_auxiliary(sentence, match)


def _has_auxiliary(sentence: Sentence, match: Match[Trigger]) -> bool:
    """Whether a participle has an auxiliary of the passive, its own or that of one before "and"."""
    if sentence.language.grammar.voice.auxiliary_anywhere_in_clause:
        start, end = sentence.clause_range(sentence.clauses[match.start])
    else:
        start, end = max(match.start - 3, 0), match.start
    own = sentence.clause_range(sentence.clauses[match.start])
    if sentence.signs_between("reference.reciprocals", *own):
        return False  # "se sont mutuellement accusés"
    if _is_counted_on(sentence, match.start):
        return True
    return any(
        m.start >= start and m.end <= end and sentence.clauses[m.start] == sentence.clauses[match.start]
        for m in sentence.signs.get("voice.auxiliary", ())
    )


def is_reduced(sentence: Sentence, match: Match[Trigger]) -> bool:
    """Whether a passive participle has no auxiliary of its own: it is said of the noun before it."""
    language = sentence.language
    if match.meaning.part != "verb" or language.grammar.word_order != "SVO" or _heads_headline(sentence, match):
        return False
    if not language.participle or not language.participle.search(sentence.tokens[match.start].text):
        return False
    return match.start > 0 and _auxiliary_of(sentence, match.start) is None


def _heads_headline(sentence: Sentence, match: Match[Trigger]) -> bool:
    """Whether a participle is all the verb that a headline has ("Two soldiers killed in attack")."""
    verbs = (m for m in sentence.triggers if m.meaning.part != "noun" and m.end <= match.start)
    return sentence.is_headline and not any(sentence.clauses[m.start] == sentence.clauses[match.start] for m in verbs)


def _is_passive_phrase(sentence: Sentence, match: Match[Trigger]) -> bool:
    """Whether a phrase of the vocabulary is an auxiliary with its participle ("was jailed")."""
    participle = sentence.language.participle
    if participle is None or match.meaning.entry.frame in (
        ("suffer",) if _is_reception(match) else ("suffer", "receive")
    ):
        return False
    if sentence.language.grammar.voice.auxiliary_anywhere_in_clause and match.end - match.start > 1:
        last = match.end - 1
        closes = participle.search(sentence.tokens[last].text) and not sentence.sign_at("voice.active", last)
        if closes and _has_auxiliary(sentence, match):
            return True  # "wurde am Montag zu acht Jahren Haft verurteilt"
    starts = [match.start] if match.end - match.start > 1 else []
    if sentence.sign_at("voice.perfect", match.end - 3) and match.end - 3 > match.start:
        starts.append(match.end - 2)  # "une enquête a été ouverte": the noun stands before the auxiliary
    return any(
        sentence.sign_at("voice.auxiliary", p) and participle.search(sentence.tokens[p + 1].text) is not None
        for p in starts
    )


def _is_reception(match: Match[Trigger]) -> bool:
    """Whether guests are received, whose passive tells of the guests first ("a été reçu"); aid is not so told of."""
    return match.meaning.entry.frame == "receive" and match.meaning.entry.type == "CONSULT"


def _follows_infinitive_mark(sentence: Sentence, match: Match[Trigger]) -> bool:
    """Whether an infinitive's mark stands between an auxiliary and the verb: "is to visit" is no passive."""
    return match.start > 0 and sentence.sign_at("status.headline_future", match.start - 1)


def _has_no_object(sentence: Sentence, match: Match[Trigger]) -> bool:
    """Whether a participle other than the base form ends its phrase: a preposition or nothing follows."""
    form = sentence.language.verbal_form
    inflected = form is not None and form.search(sentence.tokens[match.start].text)
    kind = sentence.prepositions.get(match.end, ("", 0))[0]
    return bool(inflected) and (match.end == len(sentence.tokens) or kind in ("place", "topic"))


def _is_bare_participle(sentence: Sentence, match: Match[Trigger]) -> bool:
    """ ", arrêté à Sofia,", "navires saisis en mer": a participle behind a comma or noun, without "has", is passive.

    Only where adjectives follow nouns, and where no finite form is written so (French "saisit").
    """
    grammar, before = sentence.language.grammar, match.start - 1
    form = sentence.language.participle
    text = sentence.tokens[match.start].text
    if not grammar.adjective_after_noun or grammar.definite_prefix or form is None:
        return False
    if before < 1 or not form.search(text) or may_be_finite(sentence, text):
        return False
    if sentence.tokens[before].text == ",":
        start = sentence.clause_range(sentence.clauses[before - 1])[0]
        return not sentence.signs_between("voice.perfect", start, match.start) or _is_spent(sentence, match.start)
    return _is_behind_noun(sentence, match) and _auxiliary_of(sentence, match.start) is None


def _is_finite(sentence: Sentence, position: int) -> bool:
    """Whether a word that ends as participles do is none of the verb it belongs to: "invite" of inviter, "traslada".

    A word that may belong to an irregular verb as well (French "mise", of mettre or miser) is left to the rest.
    """
    regular, infinitive = sentence.language.regular_participles, sentence.language.infinitive
    if not regular or infinitive is None:
        return False
    word, keys = sentence.tokens[position].text.lower(), sentence.analyses[position].keys
    if sentence.language.finite_form and sentence.language.finite_form.search(word):
        return True
    verbs = {key for key in keys if key[0].isalpha() and key != word and infinitive.search(key)}
    own = {verb: next((end for end in regular if verb.endswith(end)), None) for verb in verbs}
    return bool(own) and all(
        end is not None
        and not (word.startswith(verb[: -len(end)]) and regular[end].fullmatch(word[len(verb) - len(end) :]))
        for verb, end in own.items()
    )


def may_be_finite(sentence: Sentence, text: str) -> bool:
    """Whether a finite form is written as this participle is (French "saisit")."""
    form = sentence.language.finite_participle
    return form is not None and form.search(text) is not None


def _is_behind_noun(sentence: Sentence, match: Match[Trigger]) -> bool:
    """Whether what stands before a participle may be what it is said of: a word that is none of grammar."""
    before = match.start - 1
    if not sentence.tokens[before].is_word or before in sentence.prepositions:
        return False
    if match.meaning.entry.frame not in _TRANSITIVE:
        return False
    return not any(sentence.sign_at(kind, before) for kind in _NO_NOUNS)


def _is_counted_on(sentence: Sentence, participle: int) -> bool:
    """ "five were killed and eight wounded": a number behind "and" has the auxiliary of the participle before."""
    number = participle - 1
    counted = number in sentence.numbers or sentence.tokens[number].text.isdigit()
    if not counted or not sentence.sign_at("clause.coordinators", number - 1):
        return False
    auxiliary = _auxiliary_of(sentence, participle)
    return auxiliary is not None and sentence.sign_at("voice.auxiliary", auxiliary)


def _is_spent(sentence: Sentence, participle: int) -> bool:
    """Whether every "has" before a participle has one of its own already ("a imposé …, accusés")."""
    return _auxiliary_of(sentence, participle) is None


def _auxiliary_of(sentence: Sentence, participle: int) -> int | None:
    """Where the auxiliary of a participle stands: the last in its clause that no verb between has taken."""
    clause = sentence.clauses[participle]
    verbs = {m.start for m in sentence.triggers if m.meaning.part == "verb"}
    verbs |= {m.start for m in sentence.signs.get("reporting.verbs", ())}
    joined = set_off = False
    for position in range(participle - 1, max(participle - _AUXILIARY_REACH, -1), -1):
        if sentence.clauses[position] != clause:
            return None
        set_off = set_off or sentence.tokens[position].text == ","
        if sentence.sign_at("voice.perfect", position) or (
            not set_off and sentence.sign_at("voice.auxiliary", position)
        ):
            return position
        joined = joined or sentence.sign_at("clause.coordinators", position)
        if position in verbs and not joined:
            return None
    return None

"""Which words of a sentence name an actor, after namesakes, currencies, verbs and modifiers are weeded out."""

from __future__ import annotations

from assets.events.mentions.actors.actor import CASES, DocumentContext
from assets.events.mentions.gazetteer import Nearby, is_namesake_of_capital
from assets.events.mentions.lexicon import Match
from assets.events.mentions.meanings import ActorWord
from assets.events.mentions.money import money_in
from assets.events.mentions.sentence import Sentence, longest_first

_PRIORITY = ("person", "organisation", "group", "country", "metonym", "adjective", "role")
_NAMES = frozenset({"country", "metonym", "person"})


def words_of_actors(sentence: Sentence, context: DocumentContext) -> list[Match[ActorWord]]:
    """The words of a sentence that name actors, by position, none over another."""
    words = [word for word in _chosen_words(sentence, context) if not _names_another_town(sentence, word, context)]
    return [
        word
        for word in words
        if not (
            _is_of_currency(sentence, word) or _is_first_name(sentence, word, words) or _is_participle(sentence, word)
        )
    ]


def _is_participle(sentence: Sentence, word: Match[ActorWord]) -> bool:
    """ "deux responsables, accusés de vol", "pescadores detenidos": said of the noun before, and nobody itself."""
    language, before = sentence.language, word.start - 1
    form = language.participle if language.grammar.adjective_after_noun else None
    if form is None or language.grammar.definite_prefix or word.meaning.kind != "role" or before < 0:
        return False
    if word.end - word.start > 1 or not form.search(sentence.tokens[word.start].text):
        return False
    determined = (
        sentence.sign_at("determiner", before) or before in sentence.numbers or before in sentence.prepositions
    )
    is_verb = any(m.start == word.start and m.meaning.part == "verb" for m in sentence.triggers)
    return is_verb and not determined and not sentence.tokens[before].text.isdigit()


def _is_first_name(sentence: Sentence, word: Match[ActorWord], words: list[Match[ActorWord]]) -> bool:
    """ "Staatschef Santiago Peña": a city between an office and a name that nobody knows is a first name."""
    if word.meaning.kind not in ("metonym", "country") or not sentence.language.grammar.capitalised_nouns:
        return False
    office = any(w.end == word.start and w.meaning.kind == "role" for w in words)
    if not office or word.meaning.genitive or word.end >= len(sentence.tokens):
        return False
    name = sentence.tokens[word.end]
    known = any(w.start == word.end for w in words) or any(word.end in m.positions for m in sentence.triggers)
    return name.is_word and name.text[0].isupper() and not known


def _chosen_words(sentence: Sentence, context: DocumentContext) -> list[Match[ActorWord]]:
    candidates = [
        m
        for m in _without_homonyms(sentence, context)
        if not sentence.is_ignored(m)
        and "verbal" not in m.traits
        and not _is_in_preposition(sentence, m)
        and (m.meaning.kind not in _NAMES or _is_cased(sentence, m))
        and not (
            m.meaning.kind == "role"
            and (_opens_as_verb(sentence, m) or _is_modifier(sentence, m) or _is_behind_its_noun(sentence, m))
        )
    ]
    candidates += _persons_of_page(sentence, context, candidates)
    named = {(m.meaning.country, m.start) for m in candidates}
    candidates.sort(key=lambda m: (not _is_named_elsewhere(m, named), _PRIORITY.index(m.meaning.kind)))
    return longest_first(candidates)


def _persons_of_page(
    sentence: Sentence, context: DocumentContext, words: list[Match[ActorWord]]
) -> list[Match[ActorWord]]:
    """The surnames of those to whom the page gives a role somewhere."""
    if not context.page.persons:
        return []
    taken = {position for word in words for position in range(word.start, word.end)}
    taken |= {m.start for m in sentence.triggers if m.meaning.part == "verb"}
    found = []
    for position, token in enumerate(sentence.tokens):
        person = context.page.person(token.text) if token.is_word and position not in taken else None
        if person:
            ended = token.text not in context.page.persons  # a surname as the page first wrote it has no case
            traits = frozenset().union(*sentence.analyses[position].traits.values()) if ended else frozenset()
            word = ActorWord("person", person.country, person.sector)
            found.append(Match(position, position + 1, word, "", traits=traits & CASES))
    return found


def _without_homonyms(sentence: Sentence, context: DocumentContext) -> list[Match[ActorWord]]:
    """The words that may name actors, those that two countries share each given to one of them.

    "Congo" alone is Kinshasa's, as in the style books of the news agencies; Brazzaville's where only that one is
    named in other words, by the sentence or the page.
    """
    shared = [m for m in sentence.actor_words if m.meaning.shared]
    if not shared:
        return sentence.actor_words
    spans = {(m.start, m.end) for m in shared}
    told = {m.meaning.country for m in sentence.actor_words if (m.start, m.end) not in spans} | set(context.countries)
    rivals = {m.meaning.country for m in sentence.actor_words if (m.start, m.end) in spans and not m.meaning.shared}
    meant = {m.meaning.country for m in shared} & told if not rivals & told else set()
    return [m for m in sentence.actor_words if (m.start, m.end) not in spans or m.meaning.shared == bool(meant)]


def _names_another_town(sentence: Sentence, word: Match[ActorWord], context: DocumentContext) -> bool:
    """Whether a capital's name is that of a town in a country that is spoken of, as its own country is not.

    "Lebanese police arrested protesters in Tripoli" does not tell of Libya.
    """
    if word.meaning.kind != "metonym" or sentence.prepositions.get(word.start - 1, ("", 0))[0] != "place":
        return False
    others = {m.meaning.country for m in sentence.actor_words if m.meaning.kind != "metonym"}
    name, home = sentence.text_of(word.start, word.end), word.meaning.country
    return is_namesake_of_capital(name, sentence.language.code, home, Nearby(others, context.countries))


def _is_of_currency(sentence: Sentence, word: Match[ActorWord]) -> bool:
    """Whether a country's adjective only tells a currency: "18 million Canadian dollars"."""
    around = {word.start - 1, word.start - 2, word.end + 1}
    counted = any(p in sentence.numbers or _is_figure(sentence, p) for p in around)
    if word.meaning.kind != "adjective" or not counted:
        return False
    money = money_in(sentence)
    return money is not None and word.start in money.positions


def _is_figure(sentence: Sentence, position: int) -> bool:
    return 0 <= position < len(sentence.tokens) and sentence.tokens[position].text[0].isdigit()


def _is_in_preposition(sentence: Sentence, match: Match[ActorWord]) -> bool:
    """Whether a role is only a word of a preposition ("in front of the embassy of")."""
    around = [sentence.prepositions.get(p) for p in (match.start - 1, match.start, match.end)]
    return match.meaning.kind == "role" and around[0] is not None and around[0] == around[1] == around[2]


def _is_named_elsewhere(match: Match[ActorWord], named: set[tuple[str | None, int]]) -> bool:
    """Whether the sentence names the country in other words too: then عمان is Amman among Jordanians, else Oman."""
    country = match.meaning.country
    return country is not None and any(c == country and start != match.start for c, start in named)


def _opens_as_verb(sentence: Sentence, match: Match[ActorWord]) -> bool:
    """Whether a word that opens a clause where verbs come first is its verb (Arabic طالب, demanded or student)."""
    if sentence.language.grammar.word_order != "VSO" or match.end - match.start > 1:
        return False
    opens = match.start == 0 or sentence.clauses[match.start] != sentence.clauses[match.start - 1]
    return opens and any(m.start == match.start and m.meaning.part != "noun" for m in sentence.triggers)


def _is_modifier(sentence: Sentence, match: Match[ActorWord]) -> bool:
    """Whether a word that is noun and adjective stands before a noun of its case ("военные позиции")."""
    if match.end - match.start > 1 or "adjective" not in match.traits or match.end >= len(sentence.tokens):
        return False
    nouns = (found for found in sentence.analyses[match.end].traits.values() if "noun" in found)
    return any(found & match.traits & CASES for found in nouns)


def _is_behind_its_noun(sentence: Sentence, match: Match[ActorWord]) -> bool:
    """Whether a word that is noun and adjective stands behind the noun it tells of ("acuerdos militares")."""
    if match.end - match.start > 1 or not match.start or not sentence.sign_at("adjective_role", match.start):
        return False
    before = match.start - 1
    opens = ("determiner", "clause.coordinators", "clause.relatives", "clause.complementisers", "clause.boundaries")
    leads = (
        before in sentence.prepositions
        or before in sentence.numbers
        or any(sentence.sign_at(k, before) for k in opens)
    )
    if leads or not sentence.tokens[before].is_word or sentence.tokens[before].text[0].isdigit():
        return False
    return not any(m.start == before and m.meaning.part == "verb" for m in sentence.triggers)


def _is_cased(sentence: Sentence, match: Match) -> bool:
    letter = sentence.tokens[match.start].text[0]
    return letter.isupper() or letter.lower() == letter.upper()

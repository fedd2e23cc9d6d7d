"""Where an event took place: the places that a sentence names, and which of their namesakes is meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from assets.events.mentions.actors.actor import Actor
from assets.events.mentions.gazetteer import Nearby, Place, as_division, find_city, find_division, is_listed
from assets.events.mentions.meanings import PlaceWord
from assets.events.mentions.sentence import Sentence
from assets.vocabulary.world import country_names

_OF_PLACES = frozenset({"of", "place", "agent"})  # what may stand between a role and its city
_LONGEST_NAME = 5  # words and hyphens
_DASHES = frozenset("—–-")
_LONGEST_DATELINE = 10  # tokens
_BORDER_REACH = 3  # tokens before a country within which the border to it stands
_SKIPPED = 2  # words that may stand between "in" and a name: "in northern Gao"
_SKIPPED_BY_A_DIVISION = 4  # "in the northern region of Kidal"
_FIRST_OF_NAMES = frozenset(
    {"san", "santa", "santo", "são", "saint", "sainte", "sankt", "el", "los", "las", "new", "port"}
)  # that some town far away bears alone


def find_place(
    sentence: Sentence,
    actors: Sequence[Actor],
    clause: int,
    page: Collection[str] = (),
    is_apart: Callable[[int], bool] = lambda position: False,
) -> Place | None:
    """The place nearest to a clause: a city or division after a place word, else a country or capital so marked.

    `page` are the countries that the page named before, `is_apart` tells of a token that it belongs to
    another act, whose place is not this one's.
    """
    nearby = Nearby({a.country for a in actors if a.country}, page)
    named = [(position, place) for position, place in _named_in(sentence, actors, nearby) if not is_apart(position)]
    if named:
        same_clause = [place for position, place in named if sentence.clauses[position] == clause]
        return same_clause[0] if same_clause else named[0][1]
    marked = [
        a
        for a in actors
        if a.marking == "place"
        and a.kind in ("country", "metonym")
        and a.country
        and not is_apart(a.start)
        and not _is_beyond_a_border(sentence, a)
    ]
    marked.sort(key=lambda a: sentence.clauses[a.start] != clause)
    if not marked:
        return None
    name, country = _uninflected(sentence, marked[0]), marked[0].country
    division = find_division(name, Nearby({country}), said_to_be=False)  # "in North Kivu" names Congo as well
    return capital_of(sentence, marked[0]) or division or Place(name, country)


def _is_beyond_a_border(sentence: Sentence, actor: Actor) -> bool:
    """ "at the border with Iraq": what took place there took place on this side of it."""
    behind = sentence.language.grammar.word_order == "SOV"  # "Irak sınırına"
    near = (actor.end, actor.end + 1) if behind else range(max(actor.start - _BORDER_REACH, 0), actor.start)
    return any(sentence.sign_at("border", position) for position in near)


def places_named(sentence: Sentence, actors: Sequence[Actor], nearby: Nearby) -> list[Place]:
    """The cities and divisions that follow a word of place."""
    return [place for _, place in _named_in(sentence, actors, nearby)]


def dateline_country(sentence: Sentence, actors: Sequence[Actor]) -> str | None:
    """The country of the place that a sentence opens with, before a dash: "BANJUL (AP) — ", "Мехико, 3 мая — ".

    In a headline the mark may be a colon: "Saint-Louis : la police …".
    """
    dash = next((p for p in range(1, min(_LONGEST_DATELINE, len(sentence.tokens))) if _is_dash(sentence, p)), None)
    if dash is None or (not sentence.tokens[0].text[0].isupper() and sentence.tokens[0].text[0].islower()):
        return None
    if any(m.start < dash and m.meaning.part == "verb" for m in sentence.triggers):
        return None
    first = next((a for a in actors if a.start == 0 and a.kind in ("country", "metonym") and a.country), None)
    if first:
        return first.country
    place = _longest_name(sentence, 0, Nearby(()), divided=False)
    return place.country if place else None


def _is_dash(sentence: Sentence, position: int) -> bool:
    """Whether a token is a dash with room on both sides, as no hyphen has, or the colon of a headline."""
    token = sentence.tokens[position]
    if token.text == ":":
        return sentence.is_headline
    around = sentence.text[max(token.start - 1, 0) : token.end + 1]
    return token.text in _DASHES and around.strip() == token.text


def capital_of(sentence: Sentence, actor: Actor) -> Place | None:
    """The city that an actor is named after ("Ankara", "the capital Bamako"); null where it is named otherwise."""
    if actor.kind != "metonym" or _is_country(sentence, actor.start):
        return None  # الجزائر is Algeria before it is Algiers
    nearby = Nearby({actor.country})
    spans = [(s, e) for s in range(actor.start, actor.end) for e in range(actor.end, s, -1)]
    for start, end in sorted(spans, key=lambda span: span[0] - span[1]):
        place = find_city(sentence.text_of(start, end), sentence.language.code, nearby)
        if place is None and end - start == 1:
            place = _named_by_token(sentence, start, nearby)
        if place and place.country == actor.country:
            return place
    return None


def place_hit(sentence: Sentence, actors: Sequence[Actor], position: int) -> Place | None:
    """The city that is the object of a verb ending before a token ("shelled Kharkiv", "bombed the city of Idlib")."""
    nearby = Nearby({a.country for a in actors if a.country})
    named = {p for a in actors for p in range(a.start, a.end)}
    while position < len(sentence.tokens) and (
        position in sentence.prepositions or sentence.sign_at("determiner", position)
    ):
        position += 1
    if position >= len(sentence.tokens):
        return None
    hit = _place_at(sentence, position, position, nearby, named)
    behind = position + 1
    if hit is None and sentence.language.grammar.genitive_follows_noun and _is_bare_word(sentence, behind, named):
        hit = _place_at(
            sentence, behind, behind, nearby, named
        )  # "the port of Odesa", the noun right before the name
    if hit is None and sentence.language.grammar.settlements:
        hit = _place_at(sentence, position, position, nearby, set())  # "auf die ukrainische Hafenstadt Odessa"
    return hit[1] if hit else None


def place_struck(sentence: Sentence, actors: Sequence[Actor], start: int, end: int) -> Place | None:
    """Where verbs stand last, the city in tokens `[start, end)` that is acted upon ("Harkiv'i", "Halep kentine")."""
    nearby = Nearby({a.country for a in actors if a.country})
    named = {p for a in actors for p in range(a.start, a.end)}
    found = (
        _named_by_token(sentence, position, nearby)
        for position in _names_in_case(sentence, "target", "object")
        if start <= position < end and position not in named
    )
    return next((place for place in found if place), None)


def _is_bare_word(sentence: Sentence, position: int, named: Collection[int]) -> bool:
    """Whether a token is a word that no actor's name, preposition or determiner takes up, nor the one before it."""
    if position >= len(sentence.tokens) or not sentence.tokens[position].is_word:
        return False
    return not any(
        p in named or p in sentence.prepositions or sentence.sign_at("determiner", p)
        for p in (position - 1, position)
    )


def named_with(sentence: Sentence, actors: Sequence[Actor], actor: Actor, page: Collection[str]) -> Place | None:
    """The city that a role is named with: "residents of Rosario", "Landgericht Dresden"."""
    position, tokens = actor.end, sentence.tokens
    led = sentence.prepositions.get(position, ("", 0))[0] in _OF_PLACES
    position += led
    if position >= len(tokens) or any(a.start <= position < a.end for a in actors):
        return None
    first = tokens[position].text[0]
    cased = first.lower() != first.upper()
    if not tokens[position].is_word or (cased and first.islower()):
        return None
    if not cased and (not led or _is_word_of_the_vocabulary(sentence, position)):
        return None
    return _longest_name(sentence, position, Nearby({a.country for a in actors if a.country}, page), divided=False)


def city_before(sentence: Sentence, actors: Sequence[Actor], actor: Actor, page: Collection[str]) -> Place | None:
    """The city in whose genitive a role stands right behind it: "Istanbuls Bürgermeister"."""
    position, endings = actor.start - 1, sentence.language.grammar.name_suffixes
    if not endings or position < 0 or any(a.start <= position < a.end for a in actors):
        return None
    word = sentence.tokens[position].text
    ending = next((ending for ending in endings if word.endswith(ending)), None)
    if ending is None or not word[0].isupper() or sentence.sign_at("determiner", position):
        return None
    nearby = Nearby({a.country for a in actors if a.country}, page)
    return find_city(word.removesuffix(ending), sentence.language.code, nearby)


def _uninflected(sentence: Sentence, actor: Actor) -> str:
    """A country's name in the nominative where the text inflects it, another name without the ending it carries."""
    if actor.kind == "country" and actor.cases and actor.country:
        names = country_names(sentence.language.code).get(actor.country)
        if names:
            return names[0]
    written = sentence.text_of(actor.start, actor.end)
    return re.split("['’]", written, maxsplit=1)[0] if actor.cases else written


def _named_in(sentence: Sentence, actors: Sequence[Actor], nearby: Nearby) -> list[tuple[int, Place]]:
    """The cities and divisions that follow a place word, each with the token it was looked for at."""
    named = {
        p
        for a in actors
        if a.kind not in ("metonym", "role") or (a.kind == "metonym" and a.end - a.start > 1)
        for p in range(a.start, a.end)
    }
    found = []
    acting = {p for a in actors for p in range(a.start, a.end)}
    for position, (kind, start) in sentence.prepositions.items():
        following = position + 1
        if following >= len(sentence.tokens) or sentence.prepositions.get(following, ("", -1))[1] == start:
            continue
        place = None
        if kind == "place":
            place = _place_at(sentence, start, following, nearby, named)
        elif following not in acting:
            place = _town_after(sentence, position, nearby)
        if place:
            found.append(place)
    for position in _names_in_case(sentence, "place"):
        place_by_case = None if position in named else _named_before(sentence, position, nearby)
        if place_by_case:
            division = sentence.sign_at("division", position + 1)
            found.append((position, as_division(place_by_case) if division else place_by_case))
    return found


def _town_after(sentence: Sentence, preposition: int, nearby: Nearby) -> tuple[int, Place] | None:
    """ "tuées à Lviv": the town right after a preposition that before a town may tell where."""
    towns = sentence.language.grammar.city_prepositions
    if (
        sentence.tokens[preposition].text.lower() not in towns
        or not sentence.tokens[preposition + 1].text[0].isupper()
    ):
        return None
    place = _longest_name(sentence, preposition + 1, nearby, divided=False)
    return (preposition + 1, place) if place else None


def _names_in_case(sentence: Sentence, *cases: str) -> list[int]:
    """Names in a case ("Mogadişu'da") or before a noun in it ("Halep kentinde"), where no preposition tells."""
    if sentence.language.grammar.word_order != "SOV":
        return []
    positions = []
    for position, token in enumerate(sentence.tokens):
        if not token.text[0].isupper():
            continue
        named = (traits for key, traits in sentence.analyses[position].traits.items() if key[0] == "+")
        by_itself = any(case in traits for traits in named for case in cases)
        follows = position + 1 < len(sentence.tokens) and sentence.possessed_case(position + 1) in cases
        if by_itself or follows:
            positions.append(position)
    return positions


def _named_by_token(sentence: Sentence, position: int, nearby: Nearby) -> Place | None:
    """The city that one word names, as it stands or by a base that its endings leave."""
    return None if _is_country(sentence, position) else _named_up_to(sentence, position, position, nearby)


def _named_up_to(sentence: Sentence, first: int, last: int, nearby: Nearby) -> Place | None:
    """The city that the words from one token to another name; the last may have endings ("New York'ta")."""
    token, code = sentence.tokens[last], sentence.language.code
    before = sentence.text[sentence.tokens[first].start : token.start]
    keys = sentence.analyses[last].traits
    bases = [token.text, *(k for k in keys if k[0] not in "=~*+"), *(k[1:] for k in keys if k[0] == "~")]
    for base in dict.fromkeys(bases):
        written = base if base == token.text else "-".join(part.capitalize() for part in base.split("-"))
        place = find_city(before + base, code, nearby, written=before + written) if len(base) > 1 else None
        if place:
            return place
    return None


def _named_before(sentence: Sentence, last: int, nearby: Nearby) -> Place | None:
    """The city whose name ends with a token, the longest there is: "Rio de Janeiro'da" rather than "Janeiro'da"."""
    for first in range(max(last - _LONGEST_NAME + 1, 0), last):
        apart = sentence.text[sentence.tokens[first].start : sentence.tokens[last].start]
        is_name = sentence.tokens[first].text[0].isupper() and all(c.isalnum() or c in " -'’" for c in apart)
        place = _named_up_to(sentence, first, last, nearby) if is_name else None
        if place:
            return place
    return _named_by_token(sentence, last, nearby)


def _place_at(
    sentence: Sentence, since: int, position: int, nearby: Nearby, named: set[int]
) -> tuple[int, Place] | None:
    """The longest known name that starts at a token or, past modifiers, a few tokens on; no country's name.

    A word for a division beside it, from the token `since` on, makes it one ("in the Kidal region").
    """
    tokens = sentence.tokens
    divisions = [
        p for p in range(since, min(position + _SKIPPED_BY_A_DIVISION, len(tokens))) if _divides(sentence, p)
    ]
    towns = [
        p
        for p in range(position, min(position + _SKIPPED_BY_A_DIVISION, len(tokens)))
        if sentence.sign_at("settlement", p)
    ]
    last = position + (_SKIPPED_BY_A_DIVISION if divisions or towns else _SKIPPED)
    for start in range(position, min(last + 1, len(tokens))):
        text = tokens[start].text
        if start in towns:
            continue  # "in der ukrainischen Hafenstadt Odessa"
        if not tokens[start].is_word or (
            start in named and start not in divisions and not (towns and start < towns[0])
        ):
            return None
        if start in divisions or (text[0].lower() == text[0] and text[0].lower() != text[0].upper()):
            continue
        caseless = text[0].lower() == text[0].upper()
        beyond = start > position and start - 1 not in divisions
        if caseless and (beyond or _is_another_word(sentence, start)):
            return None  # nothing tells a name from a common noun there
        if place := _longest_name(sentence, start, nearby, divided=any(p < start for p in divisions)):
            return start, place
    return None


def _longest_name(sentence: Sentence, start: int, nearby: Nearby, *, divided: bool) -> Place | None:
    code = sentence.language.code
    if known := sentence.places.get(start):
        return _known(known.meaning, code)
    for end in range(min(start + _LONGEST_NAME, len(sentence.tokens)), start, -1):
        name = sentence.text_of(start, end)
        if end == start + 1 and _only_opens_a_name(sentence, start):
            return None
        said_to_be = divided or any(_divides(sentence, p) for p in range(start + 1, end + 1))
        division = find_division(name, nearby, said_to_be=said_to_be)
        if division and said_to_be:
            return division
        city = None if _is_country(sentence, start) else find_city(name, code, nearby)
        if city is None and end - start > 1 and sentence.tokens[end - 1].is_word:
            city = _named_up_to(sentence, start, end - 1, nearby)
        if city:
            return as_division(city) if said_to_be else city
        if division:
            return division
    place = _named_by_token(sentence, start, nearby)
    return as_division(place) if place and (divided or _divides(sentence, start + 1)) else place


def _only_opens_a_name(sentence: Sentence, position: int) -> bool:
    """Whether a word is the first of a longer name ("San Roque"), though some town is called so alone."""
    following = sentence.tokens[position + 1 : position + 2]
    opens = sentence.tokens[position].text.lower() in _FIRST_OF_NAMES
    return opens and bool(following) and following[0].text[0].isupper()


def _known(word: PlaceWord, code: str) -> Place:
    """A place of the vocabulary: the city or division of that name in its country, else the country alone."""
    nearby = Nearby({word.country})
    city = find_city(word.name, code, nearby)
    if city and city.country == word.country:
        return city
    division = find_division(word.name, nearby, said_to_be=False)
    return division if division and division.country == word.country else Place(word.name, word.country)


def _divides(sentence: Sentence, position: int) -> bool:
    return sentence.sign_at("division", position)


def _is_country(sentence: Sentence, position: int) -> bool:
    """Whether the word is a country's name, which some town far away bears as well ("Armenien", "Cuba")."""
    return any(m.start <= position < m.end and m.meaning.kind == "country" for m in sentence.actor_words)


def _is_another_word(sentence: Sentence, position: int) -> bool:
    """Whether the vocabulary knows the word, and lists no town whose name begins with it ("ديار بكر")."""
    ends = range(position + 1, min(position + _LONGEST_NAME, len(sentence.tokens)) + 1)
    return _is_word_of_the_vocabulary(sentence, position) and not any(
        is_listed(sentence.text_of(position, end), sentence.language.code) for end in ends
    )


def _is_word_of_the_vocabulary(sentence: Sentence, position: int) -> bool:
    trigger = any(m.start <= position < m.end for m in sentence.triggers)
    sign = any(m.start <= position < m.end for found in sentence.signs.values() for m in found)
    return trigger or sign or any(position in positions for positions in sentence.objects.values())

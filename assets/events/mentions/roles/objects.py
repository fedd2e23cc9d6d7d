"""Whom it is done to: the object of a verb by its marking, the partner, the giver, the owner of the object."""

from __future__ import annotations

from assets.events.mentions.actors.actor import Actor
from assets.events.mentions.roles.stage import Found, Stage

_AT_PLACES = frozenset(
    {"AGREE", "AID", "ASSAULT", "COERCE", "SANCTION", "THREATEN"}
)  # what is done in a country is to it

_BETWEEN_STATES = frozenset({"AGREE", "AID", "CONSULT", "COOPERATE", "SUPPORT", "REQUEST", "THREATEN", "REJECT"})

_THAT_DEMAND = frozenset({"CVL", "LAB", "AGR", "EDU", "MED", "REL", "OPP", "SOC", "PTY"})
_ON_GOODS = frozenset({"CONCEDE", "RETREAT", "COERCE"})
_LEAD_REACH = 3  # tokens before an actor within which its preposition stands

_ASKED = ("object", "origin", "target", "of")  # how the one who is asked is marked, where verbs stand last


def object_markings(stage: Stage) -> tuple[str, ...]:
    """How the one acted upon is marked, the likeliest first."""
    if stage.trigger.entry.mode in ("disarm", "resign"):
        return ("target",)
    if stage.trigger.entry.frame == "self":
        return {
            "RETREAT": ("target", "origin", "of", "place", ""),  # from where one withdraws
            "MOBILIZE": ("target", "place", "with", "of", "origin"),  # "massed troops near the border with Iraq"
        }.get(stage.trigger.entry.type, ("target",))
    if stage.trigger.entry.mode == "third-party":
        return ("between", "", "target", "with")
    if stage.trigger.entry.type == "MOBILIZE":
        return ("target", "place", "with", "")  # who is sent stands bare: "sent 150 soldiers to Lebanon"
    if stage.trigger.entry.type == "REQUEST":
        first = {"SOV": ("origin", ""), "V2": ("agent", "", "origin")}  # "verlangte von Peking"
        return (*first.get(stage.order, ("", "origin")), "target", "with")
    return {"visit": ("place", "target", ""), "give": ("target", "")}.get(
        stage.trigger.entry.frame, ("", "target", "with")
    )


def object_of(stage: Stage, subject: Found | None, markings: tuple[str, ...]) -> Found | None:
    """The actor of the clause that is marked as an object, by the order of `markings`; else a country's adjective."""
    own = subject.actor.country if subject else None
    others = [
        a
        for a in stage.others(subject)
        if not ((a.possessed or a.kind == "reference") and a.country == own)
        and not _is_cause(stage, a)
        and not (a.is_role and stage.trigger.entry.type == "MOBILIZE")  # "moved soldiers to the Russian border"
        and not (a.is_role and stage.trigger.entry.frame == "self" and a.start in stage.trigger.words)
        and not (a.is_role and stage.trigger.entry.type == "REJECT" and _names_a_deed(stage, a))
    ]
    by_place = stage.order == "V2"  # an article that tells the case makes a role no likelier than a bare name
    ranked = [
        a
        for marking in (("object", *markings) if stage.trigger.entry.frame != "self" else markings)
        for a in others
        if (a.marking == marking or (by_place and marking == "" and a.marking == "object"))
        and not (by_place and marking == "object" and not a.country)
        and not (marking == "" and a.adjectival)
        and not (marking == "place" and a.country == own)
    ]
    if stage.order == "V2" and own and stage.trigger.entry.type in _BETWEEN_STATES:
        ranked.sort(key=lambda a: a.country == own)  # stable: "appellierte an den Iran", not to its own minister
    if stage.order == "V2" and ranked and ranked[0].country is None and ranked[0].kind == "organisation":
        between = [a for a in others if stage.trigger.end <= a.start < ranked[0].start and a.country]
        if whose := stage.marked(between, "of"):
            return Found(whose, 0.9)  # "stellte sich hinter den Beitritt der Ukraine zur Nato"
    if ranked:
        prefers = stage.order == "SOV" and ranked[0].marking != "origin"
        prefers = prefers or (stage.order == "V2" and stage.trigger.entry.type in _BETWEEN_STATES)
        known = next((a for a in ranked if a.country), None) if prefers else None
        if _may_be_a_gift(stage, ranked[0]):
            known = next((a for a in others if a.country and a.marking == "target"), None)
            if known is None and stage.order == "V2":
                known = next((a for a in ranked if a.country), None)
                if known is None:
                    return None  # "sagte Ausbilder zu"
        if stage.trigger.entry.mode == "deport" and ranked[0].country is None:  # "sent 400 migrants back to Niger"
            known = next((a for a in others if a.country and a.country != own and a.marking in markings), None)
        if stage.order == "VSO" and ranked[0].country is None and ranked[0].marking == "":
            known = next((a for a in others if a.country and a.marking in markings), None)
        known = known or _people_of(ranked[0], others)
        return Found(known or _named_party(stage, ranked[0], others) or ranked[0], 1.0)
    if stage.trigger.entry.frame == "self":  # "nurses in Viennese hospitals struck"
        others = [a for a in others if a.marking or a.start > stage.trigger.start]
    adjectival = next((a for a in others if a.adjectival and a.marking in ("", *markings)), None)
    return Found(adjectival, 0.8) if adjectival else None


def _names_a_deed(stage: Stage, actor: Actor) -> bool:
    """ "назвала обвинения беспочвенными": the charges that are rejected, though the word may be the prosecution's."""
    nouns = (m for m in stage.sentence.triggers if m.meaning.part == "noun")
    return any(actor.start in m.positions for m in nouns)


def _people_of(actor: Actor, others: list[Actor]) -> Actor | None:
    """Whose people a role is said of that stands right behind them: "seis pescadores argentinos detenidos"."""
    if not actor.is_role:
        return None
    return next((a for a in others if a.country and a.end == actor.start), None)


def asked_before(stage: Stage, subject: Found | None) -> Found | None:
    """Who is asked, where verbs stand last: who stands beside the verb behind the act asked for, else outermost.

    "saldırmamasını Rusya'dan istedi"; "Çad'ı Nijer'deki askerlerini çekmeye çağırdı"; "Rusya'nın çekilmesini istedi".
    """
    own = {a.start for a in stage.group_of(subject.actor)} if subject else set()
    start = subject.actor.end if subject and subject.actor.end <= stage.trigger.start else 0
    acts = [t.end for t in stage.triggers if t.end <= stage.trigger.start and "embedded" in t.traits]
    named = [
        a
        for a in stage.actors
        if start <= a.start < stage.trigger.end
        and stage.clause(a) == stage.trigger.clause
        and a.start not in own
        and a.country
        and a.marking in _ASKED
    ]
    beside = [a for a in named if acts and a.start >= acts[-1]]
    found = next(iter(beside or named), None)
    return Found(found, 0.95) if found else None


def giver_of(stage: Stage, subject: Found | None) -> Found | None:
    """From whom the subject receives: by a preposition of origin or agent, a genitive, or as the guest received."""
    others = [a for a in (*stage.after(), *stage.before()) if not subject or a.start != subject.actor.start]
    guest = (
        ("object", "", "target") if stage.trigger.entry.type == "CONSULT" else ("",)
    )  # Spanish "recibió a su homólogo"
    for markings, sureness in ((("origin", "agent"), 1.0), (("of",), 0.8), (guest, 0.8)):
        found = stage.marked(others, *markings)
        if found:
            return Found(found, sureness)
    sent = _comes_from(stage, others) if stage.trigger.entry.type == "AID" else None
    return Found(sent, 0.9) if sent else None


def _comes_from(stage: Stage, others: list[Actor]) -> Actor | None:
    """ "erhielt aus dem Irak Heizöl", "das Verbot für Fisch aus Japan": from where things are, by the preposition."""
    if stage.order != "V2":
        return None
    led = (a for a in others if a.marking == "place" and a.country)
    near = ((a, range(max(a.start - _LEAD_REACH, 0), a.start)) for a in led)
    return next((a for a, reach in near if any(stage.sentence.sign_at("origin_mark", p) for p in reach)), None)


def sender(stage: Stage, recipient: Found | None) -> Found | None:
    """ "в Бейрут прибыл самолёт с помощью из Пакистана": from where what is given comes, where nobody gives it."""
    others = (a for a in (*stage.after(), *stage.before()) if not recipient or a.start != recipient.actor.start)
    found = next((a for a in others if a.marking == "origin" and a.country), None)
    return Found(found, 0.8) if found else None


def partner_of(stage: Stage, subject: Found | None) -> Found | None:
    """With whom the subject does what is done together."""
    others = stage.others(subject)
    between = [a for a in others if a.marking == "between"]
    if len(between) > 1:
        return Found(between[-1], 0.9)
    others = [a for a in others if not (a.is_role and a.start in stage.trigger.words) and not _acts_apart(stage, a)]
    paired = stage.order == "V2" and subject and len({a.country for a in stage.group_of(subject.actor)}) > 1
    if paired and not any(a.marking == "with" for a in others):
        return None  # "Rumänische und bulgarische Grenzer gehen an der türkischen Grenze auf Streife"
    if stage.order == "V2" and subject and subject.actor.country:
        others.sort(key=lambda a: a.country == subject.actor.country)
    found = (
        stage.marked(others, "with")
        or stage.marked(others, "", *(("object",) if stage.order == "V2" else ()))
        or stage.marked(others, "target", "between", "object")
    )
    found = (found and _named_party(stage, found, others)) or found
    return Found(found, 1.0 if found.marking == "with" else 0.85) if found else None


def _named_party(stage: Stage, first: Actor, others: list[Actor]) -> Actor | None:
    """Who is asked, or from whom is bought, where a role without a country is what is moved or traded.

    "потребовал от Москвы вывести войска", "bought 48 fighters from South Korea".
    """
    if stage.trigger.entry.type not in ("REQUEST", "COOPERATE", "CONCEDE") or first.kind != "role":
        return None
    if stage.trigger.entry.type == "CONCEDE":  # "announced the withdrawal of its troops from Somalia"
        left = stage.marked([a for a in others if a.country], "origin", "place")
        return left if first.sector == "MIL" and not first.country else None
    if stage.trigger.entry.type == "REQUEST":
        before = [a for a in others if a.start < first.start and a.country]
        return stage.marked(before, "", "origin", "target", "with", *(("agent",) if stage.order == "V2" else ()))
    named = [a for a in others if a.country and not first.country]
    return stage.marked(named, "origin", "target", "with", "of")


def _acts_apart(stage: Stage, actor: Actor) -> bool:
    """ "…, with Qatar mediating": who does something else, told right behind, is no partner in this act."""
    converb = stage.sentence.language.converb
    beside = (t for t in stage.triggers if t.start == actor.end and t is not stage.trigger)
    return converb is not None and any(converb.search(stage.sentence.tokens[t.start].text) for t in beside)


def _may_be_a_gift(stage: Stage, actor: Actor) -> bool:
    """ "offered to send doctors to Haiti": people without a country, unmarked, may be what is given."""
    return stage.trigger.entry.type in ("AGREE", "AID") and not actor.country and not actor.marking


def _is_cause(stage: Stage, actor: Actor) -> bool:
    """Whether a country is what a protest is about ("to demand an end to the war on Gaza"), not its target."""
    if stage.trigger.entry.type != "PROTEST" or actor.kind not in ("country", "metonym"):
        return False
    between = range(stage.trigger.end, actor.start)
    return any(stage.sentence.prepositions.get(p, ("", 0))[0] == "topic" for p in between)


def owned_object(stage: Stage, subject: Found | None) -> Found | None:
    """ "attacked positions of the army", "struck a village in Mali": the owner or the place is acted upon."""
    if stage.trigger.entry.frame == "self":
        return None
    left = stage.trigger.entry.mode == "withdraw" and stage.trigger.entry.type == "RETREAT"
    bought = stage.trigger.entry.type == "COOPERATE" and stage.trigger.entry.frame == "give"  # "in Südkorea bestellt"
    places = ("place",) if left or bought or stage.trigger.entry.type in _AT_PLACES else ()
    own = subject.actor.country if subject else None
    others = [a for a in stage.others(subject) if not (a.possessed and own and a.country == own)]  # "its contingent"
    if stage.trigger.entry.type == "MOBILIZE":  # "moved soldiers to the border with Iraq"
        places = ("place",)
        others = [a for a in others if not a.is_role and not (subject and a.country == subject.actor.country)]
    if stage.trigger.entry.type in ("AGREE", "AID"):  # "pledged, in Muscat, that": not to itself
        others = [a for a in others if a.marking != "place" or a.country != own]
    found = stage.marked(others, "target", "of", "with", "origin", *places)
    if found is None and stage.order == "V2":
        found = _marked_by_meaning(stage, others)
    if found is None and stage.trigger.entry.type == "AGREE" and stage.order == "SOV":
        found = stage.marked(others, "between")  # "Çad ile Sudan arasında arabuluculuk yapmayı teklif etti"
    return Found(found, 0.75) if found else None


def _marked_by_meaning(stage: Stage, others: list[Actor]) -> Actor | None:
    """Whom prepositions mark that elsewhere tell a doer, a topic or a reason, by what the verb means.

    "fror das Vermögen von Russen ein", "empörte sich über Kroatien", "knickte vor den Studenten ein".
    """
    entry = stage.trigger.entry
    if entry.type == "ACCUSE" or entry.mode == "misinformation":
        return next((a for a in others if a.marking == "topic" and a.country and _is_led_by(stage, a, "about")), None)
    if entry.type in _ON_GOODS and (there := _comes_from(stage, others)):
        return there
    if entry.type == "CONCEDE":
        return next((a for a in others if a.marking == "topic" and a.sector in _THAT_DEMAND), None)
    owner = stage.marked([a for a in others if a.country], "agent")
    return owner if not stage.trigger.passive else None


def _is_led_by(stage: Stage, actor: Actor, sign: str) -> bool:
    near = range(max(actor.start - _LEAD_REACH, 0), actor.start)
    return any(stage.sentence.sign_at(f"addressing.{sign}", p) for p in near)


def other_of_sentence(stage: Stage, source: Found | None) -> Found | None:
    """ "Senegals Präsident warb in Accra dafür; Ghana sagte Ausbilder zu": the one other country that is named."""
    own = source.actor.country if source else None
    if (
        stage.order != "V2"
        or stage.trigger.nominal
        or own is None
        or stage.trigger.entry.type not in ("AGREE", "AID")
    ):
        return None
    others = [a for a in stage.actors if a.country not in (None, own) and a.end <= stage.trigger.start]
    return Found(others[0], 0.7) if others and len({a.country for a in others}) == 1 else None


def pronominal_target(stage: Stage, source: Found | None) -> Found | None:
    """ "supplying it with drones", or an object attached to the verb: the last other country named before."""
    frame, suffix = stage.trigger.entry.frame, stage.sentence.language.object_suffix
    if frame not in ("act", "give") or (stage.trigger.nominal and frame != "give"):
        return None
    attached = suffix is not None and suffix.search(stage.sentence.tokens[stage.trigger.start].text)
    end = stage.trigger.end
    if not attached and not stage.sentence.signs_between("reference.pronouns", end, end + 1):
        return None
    own = source.actor.country if source else None
    before = [a for a in stage.actors if a.end <= stage.trigger.start and a.country not in (None, own)]
    return Found(before[-1], 0.75) if before else None


def relative_object(stage: Stage, source: Found | None) -> Found | None:
    """ "France, which the junta blamed": a relative clause that has a subject of its own is about an object."""
    trigger, start = stage.trigger, stage.sentence.clause_range(stage.trigger.clause)[0]
    plain = not trigger.nominal and not trigger.passive and trigger.entry.frame == "act" and stage.order == "SVO"
    relative = stage.sentence.openers.get(trigger.clause) == "clause.relatives"
    pronoun = stage.sentence.signs_between("reference.pronouns", start + 1, trigger.start)
    named = source is not None and start < source.actor.start < trigger.start
    if not (plain and relative and source) or not (named or pronoun):
        return None
    antecedent = next((a for a in reversed(stage.actors) if a.end <= start), None)
    near = antecedent is not None and start - antecedent.end <= 1
    return Found(antecedent, 0.9) if antecedent and near else None

"""The second coder that asks a language model, through any server with OpenAI's chat protocol.

The codebook is its instructions. Nothing of an answer is taken on trust: types, modes, sectors, statuses and
countries must be of their vocabularies, and evidence, actors and places must stand in the text letter by letter.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import lru_cache
from typing import Any

import pycountry

from assets.chat import StructuredChat
from assets.events.mentions.coded import CodedEvent, Party
from assets.events.mentions.gazetteer import Place
from assets.events.second_opinions.codebook import answer_schema, codebook_version, instructions
from assets.events.second_opinions.evidence import locate
from assets.events.second_opinions.second_coder import Question, Reading, SecondCoderError
from assets.translated.engines.engine import EngineError, RetryPolicy, Usage
from assets.translated.engines.http import JsonClient, RequestRefused
from assets.vocabulary.coding import STATUSES
from assets.vocabulary.plover import load_ontology

NAME = "openai"
_TEXTS_A_REQUEST = 5
_TOKENS_A_TEXT = 1500
_UNTOLD_CONFIDENCE = 0.5
_SHOWN = 80  # characters of a rejected quote that are repeated


class LanguageModelCoder:
    """Codes through `/chat/completions` of a server at `base_url` (which ends in `/v1`, as a rule)."""

    name = NAME

    def __init__(
        self,
        base_url: str,
        model: str,
        *,
        api_key: str | None = None,
        parallel: int = 4,
        policy: RetryPolicy | None = None,
    ) -> None:
        self.model = f"{model} (codebook {codebook_version()})"
        self.usage = Usage()
        self._parallel = parallel
        headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        try:
            client = JsonClient(base_url, headers=headers, secrets=(api_key or "",), policy=policy, usage=self.usage)
        except EngineError as error:
            raise SecondCoderError(str(error)) from None
        self._chat = StructuredChat(client, model, "codings", answer_schema(), self.usage)

    def read(self, questions: Sequence[Question]) -> list[Reading]:
        """Readings by the model, several requests at a time.

        Where some requests fail for good and others do not, the failed ones' texts come back with an error.
        """
        batches = [questions[i : i + _TEXTS_A_REQUEST] for i in range(0, len(questions), _TEXTS_A_REQUEST)]
        with ThreadPoolExecutor(max(1, min(self._parallel, len(batches)))) as pool:
            answers = list(pool.map(self._batch_or_error, batches))
        errors = [answer for answer in answers if isinstance(answer, EngineError)]
        if errors and len(errors) == len(answers):
            raise SecondCoderError(str(errors[0]))
        readings: list[Reading] = []
        for batch, answer in zip(batches, answers, strict=True):
            readings += [Reading(error=str(answer))] * len(batch) if isinstance(answer, EngineError) else answer
        return readings

    def _batch_or_error(self, questions: Sequence[Question]) -> list[Reading] | EngineError:
        try:
            return self._batch(questions)
        except EngineError as error:
            return error

    def _batch(self, questions: Sequence[Question]) -> list[Reading]:
        """One request; texts that it leaves out are asked for again in halves, down to single ones."""
        try:
            codings, trouble = (
                read_codings(
                    self._chat.ask(instructions(), _asked(questions), _TOKENS_A_TEXT * len(questions)), len(questions)
                ),
                "",
            )
        except RequestRefused as error:
            codings, trouble = {}, str(error)
        if len(questions) == 1 and 1 not in codings:
            return [Reading(error=trouble or "the model did not answer in the format asked for")]
        readings = {n: read_events(codings[n], question) for n, question in enumerate(questions, 1) if n in codings}
        missing = [n for n in range(1, len(questions) + 1) if n not in codings]
        middle = (len(missing) + 1) // 2
        for part in (missing[:middle], missing[middle:]):
            if part:
                readings.update(zip(part, self._batch([questions[n - 1] for n in part]), strict=True))
        return [readings[n] for n in range(1, len(questions) + 1)]


def read_codings(objects: Sequence[dict[str, Any]], count: int) -> dict[int, list[Any]]:
    """Events by the number of the text (from 1), of those texts that an answer codes; numbers that were not asked
    for, or come twice, are not taken."""
    entries: list[Any] = []
    for data in objects:
        entries += data["codings"] if isinstance(data.get("codings"), list) else [data]
    found: dict[int, list[Any]] = {}
    twice: set[int] = set()
    for entry in entries:
        number = entry.get("id") if isinstance(entry, dict) else None
        events = entry.get("events") if isinstance(entry, dict) else None
        if isinstance(number, int) and 1 <= number <= count and isinstance(events, list):
            twice |= {number} & set(found)
            found[number] = events
    return {number: events for number, events in found.items() if number not in twice}


def read_events(answers: Sequence[Any], question: Question) -> Reading:
    """The events of one text as a model answered them, and in words what was thrown away."""
    events: list[CodedEvent] = []
    rejected: list[str] = []
    for answer in answers:
        event = _event(answer, question.text)
        if isinstance(event, str):
            rejected.append(event)
        else:
            events.append(event)
    return Reading(tuple(events), tuple(rejected))


def _asked(questions: Sequence[Question]) -> dict[str, Any]:
    return {
        "texts": [
            {
                "id": number,
                "language": question.language,
                "published": question.published.isoformat() if question.published else None,
                "text": question.text,
            }
            for number, question in enumerate(questions, 1)
        ]
    }


def _event(answer: Any, text: str) -> CodedEvent | str:
    """One event of an answer, or why it is not taken."""
    if not isinstance(answer, dict):
        return "an event that is not an object"
    ontology = load_ontology()
    plover_type = answer.get("type")
    if not isinstance(plover_type, str) or plover_type not in ontology.types:
        return f"{_shown(plover_type)} is no PLOVER type"
    quote = answer.get("evidence")
    span = locate(quote, text) if isinstance(quote, str) else None
    if span is None:
        return f"{plover_type}: the evidence {_shown(quote)} is not in the text"
    parties: dict[str, Party | None] = {}
    for role in ("source", "target"):
        party = _party(answer.get(role), text)
        if isinstance(party, str):
            return f"{plover_type}: the {role} {party}"
        parties[role] = party
    mode = answer.get("mode")
    mode = mode if isinstance(mode, str) and mode in ontology.types[plover_type].modes else None
    status = answer.get("status")
    day = _day(answer.get("date"))
    return CodedEvent(
        plover_type=plover_type,
        mode=mode,
        contexts=(),
        cameo_code=ontology.cameo(plover_type, mode),
        source=parties["source"],
        target=parties["target"],
        status=status if status in STATUSES else "actual",
        claimed_by=None,
        event_date=day,
        date_precision="day" if day else None,
        date_basis="stated" if day else "none",
        place=_place(answer.get("place"), text),
        dead=None,
        injured=None,
        size=None,
        amount=None,
        currency=None,
        confidence=_share(answer.get("confidence")),
        trigger_text=text[span[0] : span[1]],
        start=span[0],
        end=span[1],
    )


def _party(answer: Any, text: str) -> Party | str | None:
    """An actor whose words stand in the text; None where there is none, words where it was made up."""
    if not isinstance(answer, dict):
        return None
    words = answer.get("text")
    if not isinstance(words, str) or not words.strip():
        return None
    span = locate(words, text)
    if span is None:
        return f"{_shown(words)} is not in the text"
    country, sector = answer.get("country"), answer.get("sector")
    return Party(
        country=country if isinstance(country, str) and country in _countries() else None,
        sector=sector if isinstance(sector, str) and sector in load_ontology().sectors else None,
        text=text[span[0] : span[1]],
    )


def _place(answer: Any, text: str) -> Place | None:
    span = locate(answer, text) if isinstance(answer, str) else None
    return Place(text[span[0] : span[1]], None) if span else None


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(country.alpha_3 for country in pycountry.countries) | {"XKX"}


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _share(value: Any) -> float:
    usable = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return min(max(float(value), 0.0), 1.0) if usable else _UNTOLD_CONFIDENCE


def _shown(value: Any) -> str:
    text = str(value)
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")

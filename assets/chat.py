"""Asking a language model for JSON of a given shape, through any server with OpenAI's chat protocol.

What the JSON means is the caller's affair: translations, codings. Texts of pages travel as JSON data in the user's
message, never inside the instructions.
"""

from __future__ import annotations

import json
import re
from itertools import islice
from threading import Lock
from typing import Any

from assets.translated.engines.engine import EngineError, Usage
from assets.translated.engines.http import JsonClient, RequestRefused

_THOUGHTS = re.compile(r"<think>.*?</think>", re.DOTALL | re.IGNORECASE)
_OBJECT = re.compile(r'\{\s*"')
_LONGEST_ANSWER = 400_000
_MOST_OBJECTS = 2000


class StructuredChat:
    """One model on one server, asked for JSON objects. `usage` counts tokens as the server reports them."""

    def __init__(self, client: JsonClient, model: str, name: str, schema: dict[str, Any], usage: Usage) -> None:
        self.model = model
        self.usage = usage
        self._client = client
        self._lock = Lock()
        structured = {"type": "json_schema", "json_schema": {"name": name, "strict": True, "schema": schema}}
        # Servers differ in what they know; each step asks for less.
        self._extras: tuple[dict[str, Any], ...] = (
            {"temperature": 0, "response_format": structured},
            {"temperature": 0, "response_format": {"type": "json_object"}},
            {"temperature": 0},
            {},
        )
        self._step = 0

    def ask(self, instructions: str, data: Any, most_tokens: int) -> list[dict[str, Any]]:
        """The JSON objects of the model's answer, outermost ones, in order; none where it holds none.

        `most_tokens` bounds the answer: a small model may write for ever inside a JSON string.
        Raises EngineError when the server cannot be used, RequestRefused when it refuses this request.
        """
        payload = {
            "model": self.model,
            "messages": [
                {"role": "system", "content": instructions},
                {"role": "user", "content": json.dumps(data, ensure_ascii=False)},
            ],
        }
        try:
            answer = self._post(payload, most_tokens)
        except RequestRefused as error:
            if error.status == 404:
                raise EngineError(
                    f"{self._client.base_url} knows no such address or model ({error}); "
                    "check openai_base_url (it often ends in /v1) and openai_model"
                ) from None
            raise
        self._count(answer)
        content = _content(answer)
        if content is None:
            raise EngineError(f"{self._client.base_url} does not answer in OpenAI's chat format")
        return json_objects(content)

    def _post(self, payload: dict[str, Any], most_tokens: int) -> Any:
        """The server's answer, asking for less structure where it refuses what was asked for."""
        for step in range(self._step, len(self._extras)):
            try:
                # Only the plainest request sets no end to the answer.
                limit = {"max_tokens": most_tokens} if self._extras[step] else {}
                answer = self._client.post("/chat/completions", {**payload, **self._extras[step], **limit})
            except RequestRefused as error:
                if error.status not in (400, 422) or step + 1 == len(self._extras):
                    raise
            else:
                self._step = step
                return answer
        raise AssertionError("unreachable")

    def _count(self, answer: Any) -> None:
        usage = answer.get("usage") if isinstance(answer, dict) else None
        if isinstance(usage, dict):
            with self._lock:
                self.usage.input_tokens += _whole(usage.get("prompt_tokens"))
                self.usage.output_tokens += _whole(usage.get("completion_tokens"))


def json_objects(content: str) -> list[dict[str, Any]]:
    """The outermost JSON objects in a text. Models wrap JSON in code fences or thoughts, and stop early: of an answer
    that was cut off, the objects that are whole count."""
    content = _THOUGHTS.sub("", content[:_LONGEST_ANSWER])
    decoder = json.JSONDecoder()
    found: list[dict[str, Any]] = []
    position = 0
    for match in islice(_OBJECT.finditer(content), _MOST_OBJECTS):
        if match.start() < position:
            continue
        try:
            data, position = decoder.raw_decode(content, match.start())
        except (json.JSONDecodeError, RecursionError):
            continue
        found.append(data)
    return found


def _content(answer: Any) -> str | None:
    try:
        content = answer["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        return None
    return content if isinstance(content, str) else ""


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and value >= 0 else 0

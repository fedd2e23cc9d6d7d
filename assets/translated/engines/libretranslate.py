"""The engine that asks a LibreTranslate server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assets.translated.engines.engine import TARGET, EngineError, Failure, RetryPolicy, Translation, Usage
from assets.translated.engines.http import JsonClient, RequestRefused

NAME = "libretranslate"
_AUTO = "auto"


class LibreTranslateEngine:
    """Translates through LibreTranslate's `/translate`, after asking `/languages` once what the server can do."""

    name = NAME

    def __init__(
        self, url: str, *, api_key: str | None = None, batch_size: int = 25, policy: RetryPolicy | None = None
    ) -> None:
        self.batch_size = batch_size
        self.usage = Usage()
        self._api_key = api_key or None
        self._client = JsonClient(url, secrets=(api_key or "",), policy=policy, usage=self.usage)
        self._codes: dict[str, str] | None = None
        self._trouble = ""
        self._version: str | None = None

    def supports(self, language: str) -> bool:
        """Whether the server translates the language to English. Asks the server the first time."""
        return bool(self._code(language))

    def why_not(self, language: str) -> str:
        """Why the language is not supported."""
        if self._trouble:
            return f"{NAME}: {self._trouble}"
        known = ", ".join(sorted(self._languages())) or "none"
        return (
            f"{NAME}: {self._client.base_url} does not translate {language} to English (it knows: {known}); "
            f"start the server with --load-only {language},en"
        )

    def model_for(self, language: str) -> str:
        """The server's version; LibreTranslate does not tell its models' own."""
        if self._version is None:
            try:
                specification = self._client.get("/spec")
                self._version = str(specification["info"]["version"])
            except (EngineError, RequestRefused, KeyError, TypeError):
                self._version = "unknown"
        return f"libretranslate {self._version}"

    def translate(self, sentences: Sequence[str], language: str) -> list[Translation | Failure]:
        """Translations by the server; a batch that it refuses is halved until single sentences are."""
        code = self._code(language)
        if not code:
            raise EngineError(self.why_not(language))
        model = self.model_for(language)
        results: list[Translation | Failure] = []
        for first in range(0, len(sentences), self.batch_size):
            results += self._batch(list(sentences[first : first + self.batch_size]), code, model)
        return results

    def _batch(self, sentences: list[str], code: str, model: str) -> list[Translation | Failure]:
        payload: dict[str, Any] = {"q": sentences, "source": code, "target": TARGET, "format": "text"}
        if self._api_key:
            payload["api_key"] = self._api_key
        try:
            answer = self._client.post("/translate", payload)
            texts = _texts(answer, len(sentences))
        except (RequestRefused, ValueError) as error:
            if len(sentences) == 1:
                return [Failure(NAME, f"{NAME}: {self._client.base_url}: {error}")]
            middle = len(sentences) // 2
            return self._batch(sentences[:middle], code, model) + self._batch(sentences[middle:], code, model)
        self.usage.sentences += len(sentences)
        self.usage.characters += sum(map(len, sentences))
        return [
            Translation(text, NAME, model) if text else Failure(NAME, f"{NAME}: answered an empty translation")
            for text in texts
        ]

    def _code(self, language: str) -> str | None:
        languages = self._languages()
        if language == "und":
            return _AUTO if languages else None
        return languages.get(language)

    def _languages(self) -> dict[str, str]:
        """ISO code to the server's own code, of the languages it translates to English."""
        if self._codes is None:
            try:
                self._codes = _codes(self._client.get("/languages"))
            except (EngineError, RequestRefused, ValueError) as error:
                self._codes, self._trouble = {}, _with_address(str(error), self._client.base_url)
        return self._codes


def _with_address(message: str, address: str) -> str:
    return message if address in message else f"{address}: {message}"


def _codes(answer: Any) -> dict[str, str]:
    if not isinstance(answer, list):
        raise ValueError("answered no list of languages; is it a LibreTranslate server?")
    codes: dict[str, str] = {}
    for item in answer:
        code = item.get("code") if isinstance(item, dict) else None
        targets = item.get("targets") if isinstance(item, dict) else None
        if isinstance(code, str) and (targets is None or (isinstance(targets, list) and TARGET in targets)):
            # Newer servers say zh-Hans and pt-BR where ours say zh and pt; the bare code wins where both exist.
            bare = code.split("-")[0].split("_")[0].lower()
            if bare == code or bare not in codes:
                codes[bare] = code
    codes.pop(TARGET, None)
    return codes


def _texts(answer: Any, count: int) -> list[str]:
    """The translated texts. Raises ValueError when the answer has another shape or number."""
    texts = answer.get("translatedText") if isinstance(answer, dict) else None
    if isinstance(texts, str) and count == 1:
        texts = [texts]
    if not isinstance(texts, list) or len(texts) != count or not all(isinstance(t, str) for t in texts):
        raise ValueError("answered no list of as many translations as were asked for")
    return [" ".join(text.split()) for text in texts]

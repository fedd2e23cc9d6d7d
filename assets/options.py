"""What assets ask of the settings: the few plain values that the work of a step depends on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

WAREHOUSE_POOL = "warehouse"
"""The Dagster pool of everything that writes to the warehouse: one step at a time."""


class Options(Protocol):
    """How a step is to work. `pipelines.settings.Settings` is one; the resource is called `options`."""

    @property
    def workers(self) -> int:
        """Processes for the work inside a step; 1 starts none."""

    @property
    def fields(self) -> Mapping[str, str]:
        """Which field of a record is the text, the address, …: role to name, before the names that are known."""

    @property
    def engines(self) -> Sequence[str]:
        """Translation engines in order of preference."""

    @property
    def models_folder(self) -> Path:
        """Folder of translation models."""

    @property
    def translation_threshold(self) -> float:
        """Estimated quality (0 to 1) below which a translation counts as poor."""

    @property
    def glossary(self) -> Path | None:
        """File of terms that must come out one way in English, over the standard ones."""

    @property
    def openai_requests_per_minute(self) -> int | None:
        """Most requests a minute that the server allows; None for no limit."""

    @property
    def openai_input_price(self) -> float | None:
        """What a million input tokens cost there, in any currency."""

    @property
    def openai_output_price(self) -> float | None:
        """What a million output tokens cost there, in the same currency."""

    @property
    def openai_base_url(self) -> str | None:
        """Address of a server that speaks OpenAI's chat protocol."""

    @property
    def openai_model(self) -> str | None:
        """Model to ask that server for."""

    @property
    def openai_api_key(self) -> Any:
        """Key for that server, as pydantic's SecretStr, or None."""

    @property
    def libretranslate_url(self) -> str | None:
        """Address of a LibreTranslate server."""

    @property
    def libretranslate_api_key(self) -> Any:
        """Key for that server, as pydantic's SecretStr, or None."""

    @property
    def second_coder(self) -> str:
        """Second coder to ask about a sample of sentences: none, or openai."""

    @property
    def second_coder_most(self) -> int:
        """Most sentences of a batch that it is asked about."""

"""Which second coder the settings name."""

from __future__ import annotations

from assets.events.second_opinions.language_model import NAME, LanguageModelCoder
from assets.events.second_opinions.second_coder import SecondCoder
from assets.options import Options


def second_coder(options: Options) -> SecondCoder | None:
    """The second coder that the options name, or None. Raises SecondCoderError where its address cannot be used."""
    if options.second_coder != NAME or not options.openai_base_url or not options.openai_model:
        return None
    key = options.openai_api_key
    return LanguageModelCoder(
        options.openai_base_url,
        options.openai_model,
        api_key=key.get_secret_value() if key else None,
    )

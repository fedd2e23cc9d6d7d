"""Which engines the settings ask for, in order, and which models they have. Nothing is contacted or loaded here."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from assets.code_versions import MODEL
from assets.options import Options
from assets.translated.engines.draft import DraftEngine
from assets.translated.engines.engine import DRAFT, Engine, EngineError
from assets.translated.engines.firefox import FirefoxEngine
from assets.translated.engines.libretranslate import LibreTranslateEngine
from assets.translated.engines.openai import OpenAIEngine
from assets.translated.glossary import Glossary

AUTO = "auto"
NONE = "none"
# Best first: a server that the user set up was set up to be used; Firefox's models are there without asking.
AUTO_ORDER = ("openai", "libretranslate", "firefox")
# Only by name: nobody should get a gist who did not ask for one.
BY_NAME = (*AUTO_ORDER, DRAFT)
_TRANSLATION = f"{MODEL}translation"
SWITCHED_OFF = "translation is switched off (engines = none); to translate, set engines = auto and run again"


def available_engines(
    names: Sequence[str] = (AUTO,),
    *,
    models_folder: Path,
    openai_base_url: str | None = None,
    openai_model: str | None = None,
    openai_api_key: str | None = None,
    openai_requests_per_minute: int | None = None,
    libretranslate_url: str | None = None,
    libretranslate_api_key: str | None = None,
    workers: int = 1,
    glossary: Glossary | None = None,
) -> list[Engine]:
    """The engines that `names` ask for, in order of preference; nothing is contacted or loaded yet.

    `auto` takes the servers whose address is set, then Firefox. Firefox is always among them, for where its models
    are missing its `why_not` names the command that installs them. `draft` comes only by name. `none` gives no
    engine.
    Raises ValueError when an engine is named whose address or model is not set.
    """
    if NONE in names:
        return []
    configured = {"openai": bool(openai_base_url and openai_model), "libretranslate": bool(libretranslate_url)}
    wanted: list[str] = []
    for name in names:
        wanted += [n for n in AUTO_ORDER if configured.get(n, True)] if name == AUTO else [name]
    engines: list[Engine] = []
    for name in dict.fromkeys(wanted):
        match name:
            case "firefox":
                engines.append(FirefoxEngine(models_folder, workers=workers))
            case "draft":
                engines.append(DraftEngine(models_folder, workers=workers))
            case "openai" if openai_base_url and openai_model:
                engines.append(
                    OpenAIEngine(
                        openai_base_url,
                        openai_model,
                        api_key=openai_api_key,
                        glossary=glossary,
                        requests_per_minute=openai_requests_per_minute,
                    )
                )
            case "libretranslate" if libretranslate_url:
                engines.append(LibreTranslateEngine(libretranslate_url, api_key=libretranslate_api_key))
            case "openai":
                raise ValueError("the engine openai needs openai_base_url and openai_model to be set")
            case "libretranslate":
                raise ValueError("the engine libretranslate needs libretranslate_url to be set")
            case _:
                raise ValueError(f"{name!r} is no translation engine; allowed: auto, {', '.join(BY_NAME)}, none")
    return engines


def engines_for(options: Options, glossary: Glossary | None = None) -> list[Engine]:
    """The engines of an installation's settings. Raises ValueError as `available_engines` does."""
    openai_key, libretranslate_key = options.openai_api_key, options.libretranslate_api_key
    return available_engines(
        options.engines,
        models_folder=options.models_folder,
        openai_base_url=options.openai_base_url,
        openai_model=options.openai_model,
        openai_api_key=openai_key.get_secret_value() if openai_key else None,
        openai_requests_per_minute=options.openai_requests_per_minute,
        libretranslate_url=options.libretranslate_url,
        libretranslate_api_key=libretranslate_key.get_secret_value() if libretranslate_key else None,
        workers=options.workers,
        glossary=glossary,
    )


def models_at_hand(options: Options) -> dict[str, str]:
    """Name to version of the translation models that are there for the settings' engines.

    A Firefox model is named with the language that it translates, since it concerns no other. Which models a
    LibreTranslate server has is not known here. Models that cannot be read count as absent; translating says so.
    """
    found: dict[str, str] = {}
    with suppress(ValueError, EngineError):
        for engine in engines_for(options):
            match engine:
                case FirefoxEngine():
                    found |= {f"{_TRANSLATION} {language}": name for language, name in engine.installed().items()}
                case OpenAIEngine():
                    found[f"{_TRANSLATION} {engine.name}"] = engine.model_for("")
    return found

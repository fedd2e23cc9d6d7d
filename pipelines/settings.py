"""The settings of an installation: what they are called, what they allow, and where they are read from.

Read in this order, the first that names a key wins: arguments of `load_settings` (the command line), environment
variables `ATTACHE_<KEY>`, the file `attache.toml` (in the working directory, or where `ATTACHE_CONFIG` points), the
defaults. Relative paths in the file count from the file's folder. Mistakes become a `SettingsError` in plain words.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from email.errors import HeaderParseError
from email.headerregistry import Address
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from assets.raw.documents.fields import mapped_names
from assets.raw.documents.stores import is_address
from pipelines.mail import Mailbox, Security

FILE_NAME = "attache.toml"
PREFIX = "ATTACHE_"
CONFIG_VARIABLE = "ATTACHE_CONFIG"

Engine = Literal["auto", "firefox", "openai", "libretranslate", "draft", "none"]
LogLevel = Literal["debug", "info", "warning", "error"]
SecondCoder = Literal["none", "openai"]

_PATH_KEYS = (
    "warehouse",
    "home",
    "models_folder",
    "thresholds",
    "glossary",
    "vocabulary",
    "feeds_folder",
    "metrics_file",
)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
# A folder, or an address.
_PLACE_KEYS = ("corpus", "models_mirror")
_URL_KEYS = ("openai_base_url", "libretranslate_url", "alert_webhook", "data_docs_url")


class SettingsError(Exception):
    """A setting is wrong or unknown; the message names key, value, what is allowed, and where it was set."""


def _available_cpus() -> int:
    if hasattr(os, "sched_getaffinity"):
        return max(len(os.sched_getaffinity(0)), 1)
    return os.cpu_count() or 1


class Settings(BaseSettings):
    """Every setting. Use `load_settings`, which explains mistakes; times are in seconds."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="forbid", frozen=True, env_ignore_empty=True, hide_input_in_errors=True
    )

    corpus: str = Field("corpus", description="Folder (or one file) of pages to read, or the address of one")
    fields: Annotated[dict[str, str], NoDecode] = Field(
        default_factory=dict, description="Which field or column of a record is which: text, html, url, title, …"
    )
    feeds: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Addresses of feeds and sitemaps to fetch pages from, or files of one a line"
    )
    feeds_folder: Path | None = Field(
        None, description="Folder for the fetched pages; fetched in the corpus folder unless set"
    )
    feeds_delay_seconds: float = Field(
        2.0, ge=0, le=3600, description="Least time between two requests to one host; its robots.txt may ask for more"
    )
    feeds_pages_per_host: int = Field(
        50, ge=1, le=10_000, description="Most pages that one round fetches from one host"
    )
    feeds_private_addresses: bool = Field(
        False, description="Whether feeds may lead to addresses of this machine and its network"
    )
    warehouse: Path = Field(Path("attache.duckdb"), description="The DuckDB file that holds the tables")
    home: Path = Field(
        Path(),
        validate_default=False,
        description="Folder of Dagster's records, logs and models; .attache beside the warehouse",
    )
    batch_size: int = Field(2000, ge=1, le=100_000, description="Most documents in one batch")
    workers: int = Field(
        default_factory=_available_cpus,
        ge=1,
        le=1024,
        description="Processes for the work inside a step: as many as there are processors unless set; 1 starts none",
    )
    engines: Annotated[tuple[Engine, ...], NoDecode] = Field(
        ("auto",),
        description="Translation engines in order of preference; auto takes those at hand, none translates nothing",
    )
    models_folder: Path = Field(
        Path(), validate_default=False, description="Folder of translation models; models in the home folder"
    )
    models_mirror: str | None = Field(
        None, description="Web address or folder that `attache models install` takes models from"
    )
    openai_base_url: str | None = Field(None, description="Address of a server that speaks OpenAI's chat protocol")
    openai_model: str | None = Field(None, description="Model to ask that server for")
    openai_api_key: SecretStr | None = Field(None, description="Key for that server")
    openai_requests_per_minute: int | None = Field(
        None, ge=1, le=1_000_000, description="Most requests a minute to that server; unlimited unless set"
    )
    openai_input_price: float | None = Field(
        None, ge=0, le=1_000_000, description="What a million input tokens cost there, in any currency"
    )
    openai_output_price: float | None = Field(
        None, ge=0, le=1_000_000, description="What a million output tokens cost there, in the same currency"
    )
    libretranslate_url: str | None = Field(None, description="Address of a LibreTranslate server")
    libretranslate_api_key: SecretStr | None = Field(None, description="Key for that server")
    translation_threshold: float = Field(
        0.5, ge=0, le=1, description="Estimated quality below which a translation counts as poor"
    )
    second_coder: SecondCoder = Field(
        "none", description="Second coder to ask about a sample of sentences: none, or openai (at openai_base_url)"
    )
    second_coder_most: int = Field(
        200, ge=1, le=1_000_000, description="Most sentences of a batch that the second coder is asked about"
    )
    glossary: Path | None = Field(
        None,
        description="CSV file (lang, source, english) of terms that must come out one way, over our own",
    )
    vocabulary: Path | None = Field(
        None, description="Folder of vocabulary files (LANGUAGE/NAME.toml) in place of the shipped ones of their name"
    )
    thresholds: Path | None = Field(None, description="File of thresholds of the gates, laid over the package's own")
    data_docs_url: str | None = Field(
        None,
        description="Web address at which people find the folder data_docs of the home folder; the UI links there",
    )
    alert_webhook: str | None = Field(None, description="Web address that failed runs are posted to, as JSON")
    alert_email_from: str | None = Field(None, description="E-mail address that these messages come from")
    smtp_host: str | None = Field(None, description="Mail server that takes these messages")
    smtp_port: int = Field(587, ge=1, le=65_535, description="Port of the mail server")
    smtp_security: Security = Field(
        "starttls", description="How to speak to it: starttls, tls (from the first byte), none (in the clear)"
    )
    smtp_user: str | None = Field(None, description="Name to log in with there, if it asks for one")
    smtp_password: SecretStr | None = Field(
        None, description="Password for that name; from the environment only (ATTACHE_SMTP_PASSWORD)"
    )
    alert_email_to: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="E-mail addresses that failed runs are told to, over smtp_host"
    )
    fresh_within_hours: float | None = Field(
        None,
        ge=0.1,
        le=87_600,
        description="Hours after which events and marts count as too old in the UI; never unless set",
    )
    metrics_file: Path | None = Field(
        None, description="File that figures for Prometheus are written to after each run (extra metrics)"
    )
    warehouse_wait_seconds: float = Field(
        60.0, ge=0, le=86_400, description="How long to wait while another program holds the warehouse"
    )
    log_level: LogLevel = Field("info", description="Least severe messages that are shown")

    @property
    def data_docs(self) -> Path:
        """The folder of the Data Docs."""
        return self.home / "data_docs"

    @field_validator("engines", mode="before")
    @classmethod
    def _split_engines(cls, value: Any) -> Any:
        parts = value.split(",") if isinstance(value, str) else value
        if isinstance(parts, list | tuple) and all(isinstance(part, str) for part in parts):
            return [part.strip().lower() for part in parts if part.strip()]
        return parts

    @field_validator("feeds", mode="before")
    @classmethod
    def _split_feeds(cls, value: Any) -> Any:
        parts = value.split(",") if isinstance(value, str) else value
        if isinstance(parts, list | tuple) and all(isinstance(part, str) for part in parts):
            return [part.strip() for part in parts if part.strip()]
        return parts

    @field_validator("alert_email_to", mode="before")
    @classmethod
    def _split_addresses(cls, value: Any) -> Any:
        parts = value.split(",") if isinstance(value, str) else value
        if isinstance(parts, list | tuple) and all(isinstance(part, str) for part in parts):
            return [part.strip() for part in parts if part.strip()]
        return parts

    @field_validator("alert_email_to")
    @classmethod
    def _mail_addresses(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        for address in value:
            _check_mail_address(address)
        if value and not (info.data.get("alert_email_from") and info.data.get("smtp_host")):
            raise ValueError("needs the settings alert_email_from and smtp_host")
        return value

    @field_validator("alert_email_from")
    @classmethod
    def _mail_address(cls, value: str | None) -> str | None:
        if value is not None:
            _check_mail_address(value)
        return value

    @field_validator("smtp_password")
    @classmethod
    def _not_in_the_clear(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if value and info.data.get("smtp_security") == "none" and info.data.get("smtp_host") not in _LOOPBACK:
            raise ValueError("is not sent in the clear; set smtp_security to starttls or tls")
        return value

    @field_validator("fields", mode="before")
    @classmethod
    def _split_fields(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        pairs = [pair.partition("=") for pair in value.split(",") if pair.strip()]
        if not all(equals for _, equals, _ in pairs):
            raise ValueError("must be written as role=name,role=name")
        return {role.strip(): name.strip() for role, _, name in pairs}

    @field_validator("fields")
    @classmethod
    def _known_roles(cls, value: dict[str, str]) -> dict[str, str]:
        mapped_names(value)
        return value

    @field_validator("engines")
    @classmethod
    def _coherent_engines(cls, value: tuple[Engine, ...]) -> tuple[Engine, ...]:
        if not value:
            raise ValueError("names no engine; write none to translate nothing")
        if "none" in value and len(value) > 1:
            raise ValueError("none stands alone")
        return tuple(dict.fromkeys(value))

    @field_validator("second_coder")
    @classmethod
    def _reachable_coder(cls, value: SecondCoder, info: ValidationInfo) -> SecondCoder:
        if value == "openai" and not (info.data.get("openai_base_url") and info.data.get("openai_model")):
            raise ValueError("openai needs the settings openai_base_url and openai_model")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _lower_case(cls, value: Any) -> Any:
        return value.lower() if isinstance(value, str) else value

    @field_validator("corpus")
    @classmethod
    def _place(cls, value: str) -> str:
        if "\0" in value:
            raise ValueError("holds a NUL character")
        if not is_address(value):
            return str(Path(value).expanduser())
        address = urlsplit(value)
        if address.username or address.password:
            raise ValueError("must not hold a name or password; fsspec takes keys from the environment")
        return value

    @field_validator("corpus", mode="before")
    @classmethod
    def _as_text(cls, value: Any) -> Any:
        return str(value) if isinstance(value, Path) else value

    @field_validator(*_PATH_KEYS)
    @classmethod
    def _expand(cls, value: Path | None) -> Path | None:
        if value is None:
            return None
        if "\0" in str(value):
            raise ValueError("holds a NUL character")
        return value.expanduser()

    @field_validator("models_mirror")
    @classmethod
    def _web_address_or_folder(cls, value: str | None) -> str | None:
        if value is None or is_address(value):
            return cls._web_address(value)
        if not value.strip() or "\0" in value:
            raise ValueError("must be an address that begins with http:// or https://, or a folder")
        return str(Path(value).expanduser())

    @field_validator(*_URL_KEYS)
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        address = urlsplit(value)
        if address.scheme not in ("http", "https") or not address.hostname:
            raise ValueError("must be an address that begins with http:// or https://")
        if address.username or address.password:
            raise ValueError("must not hold a name or password; give keys in their own settings")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _folders_beside_the_warehouse(self) -> Settings:
        if "home" not in self.model_fields_set:
            object.__setattr__(self, "home", self.warehouse.parent / ".attache")
        if "models_folder" not in self.model_fields_set:
            object.__setattr__(self, "models_folder", self.home / "models")
        return self

    @property
    def mailbox(self) -> Mailbox | None:
        """Where alerts are sent by e-mail, if anywhere."""
        if not (self.alert_email_to and self.alert_email_from and self.smtp_host):
            return None
        password = self.smtp_password.get_secret_value() if self.smtp_password else None
        return Mailbox(
            host=self.smtp_host,
            port=self.smtp_port,
            security=self.smtp_security,
            sender=self.alert_email_from,
            recipients=self.alert_email_to,
            user=self.smtp_user,
            password=password,
        )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then the environment, then the file; no .env file and no secrets folder."""
        return (init_settings, env_settings, InitSettingsSource(settings_cls, _read_file()))


def load_settings(**overrides: Any) -> Settings:
    """The settings in force; `overrides` that are None count as not given. Raises SettingsError."""
    given = {key: value for key, value in overrides.items() if value is not None}
    file_values = _read_file()
    _refuse_unknown_keys(given, file_values)
    try:
        return Settings(**given)
    except ValidationError as error:
        mistakes = [_explain(dict(e), given, file_values) for e in error.errors(include_url=False)]
        raise SettingsError("\n".join(dict.fromkeys(mistakes))) from None


def _config_path() -> Path:
    return Path(os.environ.get(CONFIG_VARIABLE) or FILE_NAME).expanduser()


def _read_file() -> dict[str, Any]:
    path = _config_path()
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        if os.environ.get(CONFIG_VARIABLE):
            raise SettingsError(f"{CONFIG_VARIABLE} points to {path}, which does not exist") from None
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}") from None
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}") from None
    if "smtp_password" in values:
        raise SettingsError(
            f"smtp_password stands in {path}; a password is taken from the environment alone: "
            f"set {PREFIX}SMTP_PASSWORD and delete the line"
        )
    for key in (*_PATH_KEYS, *_PLACE_KEYS):
        if isinstance(values.get(key), str) and not (key in _PLACE_KEYS and is_address(values[key])):
            values[key] = str(path.absolute().parent / Path(values[key]).expanduser())
    if "feeds" in values:
        values["feeds"] = _feeds_beside(path.absolute().parent, values["feeds"])
    return values


def _feeds_beside(folder: Path, feeds: Any) -> Any:
    """The feeds of the settings file, with its files' paths counted from `folder`; what is no text is left as is."""
    entries = feeds.split(",") if isinstance(feeds, str) else feeds
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        return feeds
    stripped = [entry.strip() for entry in entries if entry.strip()]
    return [entry if is_address(entry) else str(folder / Path(entry).expanduser()) for entry in stripped]


def _check_mail_address(text: str) -> None:
    try:
        address = Address(addr_spec=text)
    except (ValueError, HeaderParseError, IndexError):
        address = None
    if address is None or not address.domain or not text.isascii() or not text.isprintable():
        raise ValueError("must be e-mail addresses such as name@example.org")


def _refuse_unknown_keys(given: Mapping[str, Any], file_values: Mapping[str, Any]) -> None:
    known = list(Settings.model_fields)
    variables = [PREFIX + key.upper() for key in known]
    mistakes = [_unknown(key, "given as an argument", known) for key in given if key not in known]
    mistakes += [_unknown(key, f"in {_config_path()}", known) for key in file_values if key not in known]
    mistakes += [
        _unknown(name, "environment variable", variables)
        for name in sorted(os.environ)
        if name.startswith(PREFIX) and name != CONFIG_VARIABLE and name not in variables
    ]
    if mistakes:
        raise SettingsError(f"unknown setting: {', '.join(mistakes)}. Allowed are {', '.join(known)}")


def _unknown(name: str, place: str, known: Sequence[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return f"{name} ({place}; did you mean {close[0]}?)" if close else f"{name} ({place})"


def _explain(error: Mapping[str, Any], given: Mapping[str, Any], file_values: Mapping[str, Any]) -> str:
    key = str(error["loc"][0]) if error["loc"] else "settings"
    value, place = _where_set(key, given, file_values)
    hidden = key.endswith(("_key", "_password")) or (
        isinstance(value, str) and "@" in value
    )  # an address may hold a password
    shown = "its value (not shown)" if hidden else repr(value)[:120]
    return f"{key} = {shown}, set {place}: {_allowed(key, error)}"


def _where_set(key: str, given: Mapping[str, Any], file_values: Mapping[str, Any]) -> tuple[Any, str]:
    if key in given:
        return given[key], "on the command line"
    variable = PREFIX + key.upper()
    for name, value in os.environ.items():
        if name.upper() == variable:
            return value, f"by the environment variable {name}"
    return file_values.get(key), f"in {_config_path()}"


def _allowed(key: str, error: Mapping[str, Any]) -> str:
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    if error["type"] == "literal_error":
        choices = get_args(
            {"engines": Engine, "second_coder": SecondCoder, "smtp_security": Security}.get(key, LogLevel)
        )
        return f"allowed are {', '.join(choices)}"
    field = Settings.model_fields[key]
    bounds = {name: getattr(m, name) for m in field.metadata for name in ("ge", "le") if hasattr(m, name)}
    kinds = ((int, "a whole number"), (float, "a number"))
    kind = next((word for one, word in kinds if field.annotation in (one, one | None)), None)
    if kind is not None:
        return f"must be {kind} from {bounds['ge']} to {bounds['le']}"
    if field.annotation is bool:
        return "must be true or false"
    shapes = {
        "engines": "must be a list of names",
        "feeds": "must be a list of addresses or files",
        "alert_email_to": "must be a list of e-mail addresses",
        "fields": "must be a table of role = name",
    }
    return shapes.get(key, "must be text")

"""Settings from arguments, variables and the file, and what their mistakes look like to a user."""

import os

import pytest

from pipelines.settings import Settings, SettingsError, load_settings


@pytest.fixture(autouse=True)
def clean_surroundings(tmp_path, monkeypatch):
    for name in list(os.environ):
        if name.startswith("ATTACHE_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_defaults_need_nothing():
    settings = load_settings()
    assert settings.engines == ("auto",)
    assert settings.workers >= 1
    assert settings.home == settings.warehouse.parent / ".attache"
    assert settings.models_folder == settings.home / "models"


def test_arguments_win_over_variables_over_the_file(tmp_path, monkeypatch):
    (tmp_path / "attache.toml").write_text("batch_size = 10\nworkers = 3\nlog_level = 'debug'\n")
    monkeypatch.setenv("ATTACHE_WORKERS", "4")
    monkeypatch.setenv("ATTACHE_LOG_LEVEL", "WARNING")
    settings = load_settings(log_level="error", batch_size=None)
    assert (settings.batch_size, settings.workers, settings.log_level) == (10, 4, "error")


def test_paths_in_the_file_count_from_its_folder(tmp_path, monkeypatch):
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "my.toml").write_text('corpus = "pages"\nwarehouse = "out/w.duckdb"\n')
    monkeypatch.setenv("ATTACHE_CONFIG", str(folder / "my.toml"))
    settings = load_settings()
    assert settings.corpus == str(folder / "pages")
    assert settings.warehouse == folder / "out" / "w.duckdb"
    assert settings.home == folder / "out" / ".attache"


def test_engines_may_be_a_list_or_words_with_commas(tmp_path, monkeypatch):
    (tmp_path / "attache.toml").write_text('engines = ["OpenAI", "firefox"]\n')
    assert load_settings().engines == ("openai", "firefox")
    monkeypatch.setenv("ATTACHE_ENGINES", "libretranslate, firefox")
    assert load_settings().engines == ("libretranslate", "firefox")
    assert load_settings(engines=["none"]).engines == ("none",)


@pytest.mark.parametrize(
    ("key", "value", "allowed"),
    [
        ("batch_size", "many", "whole number from 1 to 100000"),
        ("batch_size", "0", "whole number from 1 to 100000"),
        ("workers", "2.5", "whole number from 1 to 1024"),
        ("translation_threshold", "1.1", "number from 0 to 1"),
        ("warehouse_wait_seconds", "-1", "number from 0 to 86400"),
        ("engines", "deepl", "auto, firefox, openai, libretranslate, draft, none"),
        ("engines", ",", "names no engine"),
        ("engines", "none,firefox", "none stands alone"),
        ("log_level", "loud", "debug, info, warning, error"),
        ("openai_base_url", "ftp://example.org", "http:// or https://"),
        ("libretranslate_url", "https://me:hush@example.org", "must not hold a name or password"),
        ("models_mirror", "https://me:hush@example.org", "must not hold a name or password"),
        ("models_mirror", "ftp://example.org", "http:// or https://"),
        ("models_mirror", " ", "or a folder"),
    ],
)
def test_a_wrong_value_names_key_value_place_and_what_is_allowed(monkeypatch, key, value, allowed):
    monkeypatch.setenv(f"ATTACHE_{key.upper()}", value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    message = str(caught.value)
    assert message.startswith(f"{key} = ")
    assert f"ATTACHE_{key.upper()}" in message
    assert allowed in message
    assert "hush" not in message
    assert "@" in value or repr(value) in message
    assert "pydantic" not in message


def test_every_mistake_is_told_at_once_with_its_place(tmp_path, monkeypatch):
    (tmp_path / "attache.toml").write_text("batch_size = []\n")
    monkeypatch.setenv("ATTACHE_WORKERS", "none")
    with pytest.raises(SettingsError) as caught:
        load_settings(log_level="loud")
    lines = str(caught.value).splitlines()
    assert len(lines) == 3
    assert any("batch_size = []" in line and "attache.toml" in line for line in lines)
    assert any("workers" in line and "environment variable ATTACHE_WORKERS" in line for line in lines)
    assert any("log_level" in line and "command line" in line for line in lines)


def test_unknown_keys_are_mistakes_wherever_they_stand(tmp_path, monkeypatch):
    (tmp_path / "attache.toml").write_text("batchsize = 10\n")
    monkeypatch.setenv("ATTACHE_WORKRES", "4")
    with pytest.raises(SettingsError) as caught:
        load_settings(colour="blue")
    message = str(caught.value)
    assert "batchsize (in attache.toml; did you mean batch_size?)" in message
    assert "ATTACHE_WORKRES (environment variable; did you mean ATTACHE_WORKERS?)" in message
    assert "colour" in message
    assert "translation_threshold" in message


@pytest.mark.parametrize("content", [b"batch_size = = 3", b"\xff\xfe\x00", b"[[["])
def test_a_file_that_is_no_toml_is_named(tmp_path, content):
    (tmp_path / "attache.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=r"attache\.toml is not valid TOML"):
        load_settings()


def test_a_file_that_was_named_but_is_missing_is_an_error(monkeypatch):
    monkeypatch.setenv("ATTACHE_CONFIG", "nowhere.toml")
    with pytest.raises(SettingsError, match=r"nowhere.toml, which does not exist"):
        load_settings()


def test_secrets_show_in_no_text(monkeypatch):
    monkeypatch.setenv("ATTACHE_OPENAI_API_KEY", "sk-hush")
    settings = load_settings(libretranslate_api_key="lt-hush")
    assert settings.openai_api_key is not None
    assert settings.openai_api_key.get_secret_value() == "sk-hush"
    assert "hush" not in f"{settings} {settings!r} {settings.model_dump_json()}"


def test_a_wrong_secret_is_not_shown_either(tmp_path):
    (tmp_path / "attache.toml").write_text("openai_api_key = 12345678\n")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "openai_api_key" in str(caught.value)
    assert "12345678" not in str(caught.value)


def test_settings_are_frozen_and_described():
    settings = load_settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.workers = 3
    assert all(field.description for field in Settings.model_fields.values())

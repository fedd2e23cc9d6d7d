"""The Firefox engine: finding models in a folder, routes over a language between, and fxtranslate itself."""

from __future__ import annotations

import gzip
import os
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.translated.engines import firefox
from assets.translated.engines.available import available_engines, models_at_hand
from assets.translated.engines.engine import Engine, EngineError, Failure, Translation
from assets.translated.engines.firefox import FirefoxEngine, find_models, find_route, parts_of
from pipelines.settings import load_settings

REAL_MODELS = os.environ.get("ATTACHE_TEST_MODELS", "")


def put(folder: Path, pair: str, *names: str) -> Path:
    code = pair.replace("-", "")
    place = folder / pair
    place.mkdir(parents=True)
    for name in names or ("model.{}.intgemm.alphas.bin", "vocab.{}.spm", "lex.50.50.{}.s2t.bin"):
        (place / name.format(code)).write_bytes(f"{pair} {name}".encode())
    return place


class Upper:
    """Stands for fxtranslate's Translator, with the same constructor."""

    def __init__(self, model: bytes, src_vocab: bytes, trg_vocab: bytes, shortlist: bytes | None = None) -> None:
        self.model, self.vocabularies, self.shortlist = model, (src_vocab, trg_vocab), shortlist

    def translate(self, text: str) -> str:
        return f"[{self.model.decode().split()[0]} {text}]"


@pytest.fixture
def upper(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    firefox.load_translator.cache_clear()
    monkeypatch.setattr("fxtranslate.Translator", Upper)
    yield
    firefox.load_translator.cache_clear()


def test_models_are_found_by_folder_and_their_faults_are_named(tmp_path: Path) -> None:
    put(tmp_path, "ar-en")
    put(tmp_path, "ja-en", "model.{}.bin", "srcvocab.{}.spm", "trgvocab.{}.spm")
    put(tmp_path, "de-en", "model.{}.bin")
    put(tmp_path, "fr-en", "model.{}.bin", "model.two.bin", "vocab.{}.spm")
    (tmp_path / "notes").mkdir()
    pairs, problems = find_models(tmp_path)
    assert sorted(pairs) == ["ar-en", "ja-en"]
    assert pairs["ar-en"].source_vocabulary == pairs["ar-en"].target_vocabulary
    assert pairs["ja-en"].source_vocabulary.name == "srcvocab.jaen.spm"
    assert "holds no srcvocab.* file" in problems["de-en"]
    assert "more than one model.*" in problems["fr-en"]
    assert find_models(tmp_path / "absent") == ({}, {})


def test_a_language_without_a_model_names_the_command(tmp_path: Path) -> None:
    engine = FirefoxEngine(tmp_path)
    assert isinstance(engine, Engine)
    assert not engine.supports("ar")
    why_not = engine.why_not("ar")
    assert f"attache models install ar --mirror ADDRESS --models-folder '{tmp_path}'" in why_not
    assert f"fxtranslate models add ar en --cache-dir '{tmp_path}'" in why_not
    assert f"put the model's files in {tmp_path / 'ar-en'}" in why_not
    assert "could not be told" in engine.why_not("und")
    put(tmp_path, "de-en", "model.{}.bin")
    assert "holds no srcvocab" in FirefoxEngine(tmp_path).why_not("de")
    with pytest.raises(EngineError, match="no model from ar"):
        engine.translate(["نعم"], "ar")


def test_without_the_package_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "ar-en")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    engine = FirefoxEngine(tmp_path)
    assert not engine.supports("ar")
    assert "pip install fxtranslate" in engine.why_not("ar")


def test_translating_directly_and_over_a_language_between(tmp_path: Path, upper: None) -> None:
    put(tmp_path, "ar-en")
    put(tmp_path, "gl-es")
    put(tmp_path, "es-en")
    put(tmp_path, "zh-Hans-en")
    engine = FirefoxEngine(tmp_path)
    direct = engine.translate(["نعم", "لا"], "ar")
    assert [r.text for r in direct if isinstance(r, Translation)] == ["[ar-en نعم]", "[ar-en لا]"]
    pivot = engine.translate(["si"], "gl")[0]
    assert isinstance(pivot, Translation)
    assert pivot.text == "[es-en [gl-es si]]"
    assert pivot.model.startswith("gl-es sha256:") and " + es-en sha256:" in pivot.model
    assert engine.supports("zh")
    assert not engine.supports("ja")
    assert engine.usage.sentences == 3


def test_the_model_is_named_by_its_content(tmp_path: Path) -> None:
    place = put(tmp_path, "ar-en")
    before = FirefoxEngine(tmp_path).model_for("ar")
    assert FirefoxEngine(tmp_path).model_for("ar") == before
    (place / "model.aren.intgemm.alphas.bin").write_bytes(b"a newer model")
    assert FirefoxEngine(tmp_path).model_for("ar") != before


def test_a_model_that_comes_or_changes_is_known_by_the_languages_it_translates(tmp_path: Path) -> None:
    settings = load_settings(models_folder=tmp_path, openai_base_url="http://127.0.0.1:9", openai_model="m")
    put(tmp_path, "es-en")
    before = models_at_hand(settings)
    put(tmp_path, "gl-es")
    put(tmp_path, "ar-en", "model.{}.bin")  # not complete: nothing can be translated with it
    after = models_at_hand(settings)
    assert set(before) == {"model translation openai", "model translation es"}
    assert set(after) - set(before) == {"model translation gl"} and before.items() <= after.items()
    (tmp_path / "es-en" / "model.esen.intgemm.alphas.bin").write_bytes(b"a newer model")
    changed = {name for name, version in models_at_hand(settings).items() if after[name] != version}
    assert changed == {"model translation es", "model translation gl"}


def test_gzipped_files_are_read(tmp_path: Path, upper: None) -> None:
    place = put(tmp_path, "ar-en", "vocab.{}.spm")
    (place / "model.aren.bin.gz").write_bytes(gzip.compress(b"zipped model"))
    result = FirefoxEngine(tmp_path).translate(["نعم"], "ar")[0]
    assert isinstance(result, Translation)
    assert result.text == "[zipped نعم]"


def test_fxtranslate_itself_refuses_a_file_that_is_no_model(tmp_path: Path) -> None:
    place = put(tmp_path, "ar-en")
    with pytest.raises(EngineError, match="cannot be read") as error:
        FirefoxEngine(tmp_path).translate(["نعم"], "ar")
    assert str(place) in str(error.value)


def test_an_empty_translation_is_a_failure(tmp_path: Path, upper: None, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "ar-en")
    monkeypatch.setattr(Upper, "translate", lambda self, text: "  ")
    assert isinstance(FirefoxEngine(tmp_path).translate(["نعم"], "ar")[0], Failure)


def test_routes_are_short_and_the_same_each_time(tmp_path: Path) -> None:
    for pair in ("sk-cs", "sk-pl", "cs-en", "pl-en", "xx-yy", "yy-zz", "zz-en"):
        put(tmp_path, pair)
    pairs, _ = find_models(tmp_path)
    assert [f.pair for f in find_route(pairs, "sk")] == ["sk-cs", "cs-en"]
    assert find_route(pairs, "xx") == (), "a third model in between is one too many"


@given(st.text(max_size=2000))
def test_a_long_sentence_goes_in_parts_that_lose_nothing(text: str) -> None:
    parts = parts_of(text)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(len(part) <= 420 for part in parts)


def test_parts_end_at_clause_marks() -> None:
    clause = "the minister said that the troops would leave the northern city before the end of the month"
    parts = parts_of(", ".join([clause] * 8))
    assert len(parts) == 2
    assert parts[0].endswith(",")


def test_auto_takes_what_is_set_up(tmp_path: Path) -> None:
    def names(wanted: list[str], **options: str) -> list[str]:
        return [engine.name for engine in available_engines(wanted, models_folder=tmp_path, **options)]

    assert names(["auto"]) == ["firefox"]
    assert names(["none"]) == []
    url = "http://127.0.0.1:9"
    assert names(["auto"], libretranslate_url=url) == ["libretranslate", "firefox"]
    assert names(["firefox", "auto"], openai_base_url=url, openai_model="m") == ["firefox", "openai"]
    with pytest.raises(ValueError, match="openai_base_url and openai_model"):
        names(["openai"], openai_base_url=url)
    with pytest.raises(ValueError, match="allowed: auto"):
        names(["google"])


@pytest.mark.skipif(not REAL_MODELS, reason="ATTACHE_TEST_MODELS names no folder of Firefox models")
def test_a_real_model_translates() -> None:
    engine = FirefoxEngine(Path(REAL_MODELS))
    language = next(pair.split("-")[0] for pair in sorted(find_models(Path(REAL_MODELS))[0]) if pair.endswith("-en"))
    result = engine.translate(["2024"], language)[0]
    assert isinstance(result, Translation)
    assert "2024" in result.text


def test_work_can_be_handed_to_other_processes(tmp_path: Path) -> None:
    put(tmp_path, "ar-en")
    work = (find_route(find_models(tmp_path)[0], "ar"), "نعم")
    assert pickle.loads(pickle.dumps(work)) == work
    assert pickle.loads(pickle.dumps(firefox.translate_over_route)) is firefox.translate_over_route

"""The draft engine: offered by name only, flagged wherever it shows, the same each time.

The tests of the model itself are skipped unless the extra `draft` (250 MB) is installed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from assets.events.mentions.told import told
from assets.translated.engines.available import available_engines
from assets.translated.engines.draft import DraftEngine, is_installed
from assets.translated.engines.engine import DRAFT, EngineError, Failure, RetryPolicy, Translation, Usage
from assets.translated.engines.openai import OpenAIEngine
from assets.translated.segments.quality import Estimate, estimate_quality
from assets.translated.segments.records import translate_records
from benchmarks.parallel_text import read_parallel

installed = pytest.mark.skipif(not is_installed(), reason="needs the extra draft (250 MB): pip install -e '.[draft]'")
PARALLEL = Path(__file__).parents[4] / "benchmarks" / "parallel" / "dev"


def test_auto_never_takes_it(tmp_path: Path) -> None:
    assert DRAFT not in [engine.name for engine in available_engines(["auto"], models_folder=tmp_path)]
    assert [engine.name for engine in available_engines([DRAFT], models_folder=tmp_path)] == [DRAFT]


def test_without_the_extra_the_command_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    monkeypatch.setattr("assets.translated.engines.draft._PACKAGES", ("no_such_package",))
    engine = DraftEngine(tmp_path)
    assert not engine.supports("de")
    assert "pip install 'attache-events[draft]'" in engine.why_not("de")


class FluentDraft:
    """Stands in for the draft engine: what it says is right."""

    name = DRAFT
    batch_size = 4
    usage = Usage()

    def supports(self, language: str) -> bool:
        return True

    def why_not(self, language: str) -> str:
        return ""

    def model_for(self, language: str) -> str:
        return "m"

    def translate(self, sentences: Sequence[str], language: str) -> list[Translation | Failure]:
        return [Translation("The army left the city.", DRAFT, "m") for _ in sentences]


def test_even_a_perfect_draft_is_flagged_and_never_fully_trusted() -> None:
    record = {"id": 1, "lang": "de", "text": "Die Armee verließ die Stadt."}
    (answer,) = translate_records([record], [FluentDraft()], estimate=lambda *_: Estimate(1.0))
    assert answer["flags"] == [DRAFT]
    assert answer["quality"] < 1


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@installed
def test_the_real_model_gives_the_same_english_each_time(models: Path) -> None:
    engine = DraftEngine(models)
    sentences = ["Die Rebellen ließen 15 Soldaten frei.", "Der Minister reist nach Polen."]
    first = engine.translate(sentences, "de")
    assert all(isinstance(result, Translation) and result.text.isascii() for result in first)
    assert engine.translate(sentences[::-1], "de")[::-1] == first, "what was asked before must not show"
    assert [path.name for path in models.iterdir()] == ["gemma-3-270m-q4_k_m.gguf"], "no half-made file stays"


@installed
def test_the_gate_bites_on_what_the_model_invents(models: Path) -> None:
    pairs = read_parallel(PARALLEL)["tr"][:6]  # Turkish is what it invents most in
    engine = DraftEngine(models)
    records = [{"id": i, "lang": "tr", "text": pair.source} for i, pair in enumerate(pairs)]

    def judge(source: str, english: str, language: str) -> Estimate:
        return estimate_quality(source, english, language, read_sentence=told)

    answers = list(translate_records(records, [engine], estimate=judge))
    assert {answer["engine"] for answer in answers} == {DRAFT}
    assert sum(answer["status"] == "poor" for answer in answers) >= 4
    assert all(DRAFT in answer["flags"] for answer in answers)


@installed
def test_the_chat_engine_speaks_with_a_real_llama_server(models: Path) -> None:
    import xllamacpp

    from assets.translated.engines.draft import put_model_in_place

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(put_model_in_place(models))
    parameters.hostnames, parameters.port = ["127.0.0.1"], 0
    parameters.n_ctx, parameters.n_parallel, parameters.warmup, parameters.verbosity = 4096, 1, False, 0
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
    parameters.api_keys = ["open sesame"]
    server = xllamacpp.Server(parameters)
    base = f"{server.listening_address}/v1"
    policy = RetryPolicy(attempts=1, timeout=300)
    engine = OpenAIEngine(base, "any", api_key="open sesame", batch_size=1, parallel=1, policy=policy)
    (result,) = engine.translate(["Die Armee verließ die Stadt."], "de")
    # The server holds the model to the JSON asked for; so small a model may never close it, and is stopped then.
    assert isinstance(result, Translation) or "format asked for" in result.reason
    assert engine.usage.input_tokens > 100
    assert 0 < engine.usage.output_tokens <= 4 * 1100, "each step down asks at most once"
    refused = OpenAIEngine(base, "any", api_key="another", batch_size=1, parallel=1, policy=policy)
    with pytest.raises(EngineError, match="refuses the key"):
        refused.translate(["Die Armee verließ die Stadt."], "de")

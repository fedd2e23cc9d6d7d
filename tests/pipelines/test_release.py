"""A row that a gate took out and a person let through flows on with the next run."""

from pathlib import Path

import pytest

import pipelines.cli
from pipelines.resources import warehouse_of
from pipelines.runs import run_corpus
from pipelines.settings import load_settings
from tests.pipelines.test_road import Recorder

TALKS = "The president of Chad met the president of Niger in Ndjamena on Monday, officials said."
ATTACK = "Soldiers of Iran attacked a village in Iraq on Monday, police said."
TRADE = "The harvest of dates in the south was better than last year."


def test_a_released_row_flows_on_and_its_neighbours_do_not(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "long.txt").write_text(f"Talks\n\n{TALKS} {TALKS}")
    (corpus / "attack.txt").write_text(f"Border clash\n\n{ATTACK}")
    (corpus / "trade.txt").write_text(f"Trade\n\n{TRADE}")
    (tmp_path / "mine.toml").write_text("[cleaned.documents]\nmin_body_characters = 100\n")
    settings = load_settings(
        corpus=corpus,
        warehouse=tmp_path / "w.duckdb",
        workers=1,
        engines=["none"],
        thresholds=tmp_path / "mine.toml",
    )
    warehouse = warehouse_of(settings)
    run_corpus(settings, Recorder())
    taken_out = dict(warehouse.read("SELECT text, document_id FROM quarantine.cleaned_documents").iter_rows())
    assert set(taken_out) == {ATTACK, TRADE}
    assert not warehouse.read("SELECT * FROM events.mentions WHERE plover_type = 'ASSAULT'").height

    arguments = ["--key", taken_out[ATTACK], "--note", "a whole report", "-w", str(settings.warehouse)]
    with pytest.raises(SystemExit) as ended:
        pipelines.cli.main(["quarantine", "release", "cleaned.documents", *arguments])
    out, err = capfd.readouterr()
    assert not ended.value.code and out == "1 rows of cleaned.documents released\n" and "Pending again" in err

    outcome = run_corpus(settings, Recorder())
    assert len(outcome.batches) == 1 and outcome.batches[0].success
    (mention,) = warehouse.read("SELECT * FROM events.mentions WHERE plover_type = 'ASSAULT'").iter_rows(named=True)
    assert (mention["source_country"], mention["target_country"]) == ("IRN", "IRQ") and mention["event_id"]
    assert warehouse.read("SELECT text FROM quarantine.cleaned_documents").to_series().to_list() == [TRADE]
    assert not run_corpus(settings, Recorder()).batches

"""What Dagster loads: the graph, its metadata and gates, for `dagster dev` and `dagster definitions validate`."""

import os
import subprocess
import sys
from pathlib import Path

import dagster as dg
import lxml.etree
import pytest

from assets.specs import asset_key, column_lineage
from assets.table import Table
from pipelines.catalogue import TABLES, table_named
from pipelines.definitions import build_definitions
from pipelines.instance import INSTANCE_CONFIG, WORKSPACE, end_dead_runs, only_run, open_instance
from pipelines.reference.graph import Step, arrows, graph_svg, ranks, read_graph
from pipelines.reference.pages import DOCS, PAGES
from pipelines.sensors import corpus_fingerprint, corpus_folder, pending_batches
from pipelines.settings import load_settings

ROOT = Path(__file__).parents[2]
ROAD = {
    "raw": {"documents", "rejected", "sightings"},
    "cleaned": {"documents", "spans", "dropped_lines", "signatures", "page_lines"},
    "translated": {"segments"},
    "events": {
        "mentions",
        "events",
        "second_opinions",
        "claims",
        "pairs",
        "actors",
        "unknown_actors",
        "unknown_names",
        "arms",
    },
    "marts": {"country_pair_month", "actor_timeline", "arms_transfers", "publisher_profile", "coverage"},
    "ops": {"batches", "merges"},
}


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> dg.Definitions:
    folder = tmp_path_factory.mktemp("definitions")
    return build_definitions(load_settings(corpus=folder, warehouse=folder / "w.duckdb"))


def test_dagster_validates_the_workspace(tmp_path: Path) -> None:
    environment = {**os.environ, "DAGSTER_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    (tmp_path / "dagster.yaml").write_text(INSTANCE_CONFIG)
    command = [sys.executable, "-m", "dagster", "definitions", "validate", "-w", "workspace.yaml"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_graph_has_every_table_in_its_group_with_its_columns(definitions: dg.Definitions) -> None:
    specs = {tuple(spec.key.path): spec for spec in definitions.resolve_all_asset_specs()}
    assert set(specs) == {(group, name) for group, names in ROAD.items() for name in names}
    for (group, name), spec in specs.items():
        table = next(t for t in TABLES if (t.schema, t.name) == (group, name))
        assert spec.group_name == group and spec.description and spec.kinds and spec.owners
        columns = spec.metadata["dagster/column_schema"].columns
        assert [(c.name, c.type, c.description) for c in columns] == [
            (c.name, c.duckdb_type, c.comment) for c in table.columns
        ]
        if group != "ops":
            assert spec.code_version


def made_of_others(definitions: dg.Definitions) -> list[Table]:
    graph = definitions.resolve_asset_graph()
    return [t for t in TABLES if t.schema != "ops" and graph.has(key := asset_key(t)) and graph.get(key).parent_keys]


def test_every_column_of_a_table_made_of_others_tells_what_it_is_made_of(definitions: dg.Definitions) -> None:
    """Say so in `read_from`, at the end of the table's rows.py; nothing ("") for a column made of no other."""
    tables = made_of_others(definitions)
    assert len(tables) > 15
    for table in tables:
        assert set(table.lineage) == set(table.column_names), table.qualified_name


def test_every_column_that_lineage_names_is_there_and_comes_before(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    for table in made_of_others(definitions):
        before = graph.get_ancestor_asset_keys(asset_key(table))
        for column, sources in table.lineage.items():
            for source, name in sources:
                assert name in table_named(source).column_names, f"{table.qualified_name}.{column}: {source}.{name}"
                assert asset_key(table_named(source)) in before, f"{table.qualified_name}.{column}: {source}"


def test_dagster_is_told_the_lineage() -> None:
    told = column_lineage(table_named("events.claims")).deps_by_column
    assert told["agency"] == [dg.TableColumnDep(dg.AssetKey(["cleaned", "documents"]), "agency")]
    assert {dep.column_name for dep in told["stance"]} == {"status", "claimed_by"}
    assert "version" not in column_lineage(table_named("cleaned.signatures")).deps_by_column


def test_every_gate_stands_on_its_table_and_blocks(definitions: dg.Definitions) -> None:
    checks = definitions.resolve_asset_graph().asset_check_keys
    judged = {tuple(key.asset_key.path) for key in checks}
    assert judged >= {
        (g, n)
        for g in ("raw", "cleaned", "translated", "events")
        for n in ROAD[g] & {"documents", "segments", "mentions", "events"}
    }
    assert all(definitions.resolve_asset_graph().get(key).blocking for key in checks)


def test_ingest_and_merge_share_out_and_judge_everything(definitions: dg.Definitions) -> None:
    made: dict[str, set[tuple[str, ...]]] = {}
    judged = set()
    for name in ("ingest", "merge"):
        layer = definitions.resolve_job_def(name).asset_layer
        made[name] = {tuple(key.path) for key in layer.executable_asset_keys}
        judged |= layer.asset_graph.asset_check_keys
    assert not made["ingest"] & made["merge"]
    assert made["ingest"] | made["merge"] == {(group, name) for group, names in ROAD.items() for name in names}
    assert {(t.schema, t.name) for t in TABLES if t.is_batched} & made["merge"] == set()
    assert judged == definitions.resolve_asset_graph().asset_check_keys


@pytest.mark.parametrize("name", sorted(PAGES.keys() - {"data-dictionary.md"}))  # tests of the warehouse have that
def test_the_generated_pages_are_those_of_the_definitions(name: str) -> None:
    same = (DOCS / name).read_text(encoding="utf-8") == PAGES[name]()  # no diff of thousands of lines
    assert same, f"docs/{name} is not that of the definitions; run: python -m pipelines.reference"


def test_the_picture_of_the_graph_has_every_table_gate_and_folder(definitions: dg.Definitions) -> None:
    steps = read_graph(definitions)
    picture = graph_svg(steps)
    root = lxml.etree.fromstring(picture.encode())
    texts = [" ".join(element.itertext()) for element in root.iter("{*}text")]
    for group, names in ROAD.items():
        for name in names:
            assert any(text.split()[0] == f"{group}.{name}" for text in texts)
    for step in steps:
        assert (ROOT / step.folder).exists() and step.folder in texts
    gates = sum(len(step.checks) for step in steps)
    assert gates == len({key.asset_key for key in definitions.resolve_asset_graph().asset_check_keys})


def test_an_arrow_that_a_longer_way_tells_is_left_out() -> None:
    reads = {"a": [], "b": ["a"], "c": ["a", "b"], "d": ["c", "a"], "e": ["b"]}
    steps = [Step(name, "", (), {}, frozenset(before)) for name, before in reads.items()]
    assert arrows(steps) == [("a", "b"), ("b", "c"), ("b", "e"), ("c", "d")]
    assert ranks(steps) == {"a": 0, "b": 1, "c": 2, "d": 3, "e": 2}


def test_intake_from_the_ui_registers_batches_that_the_sensor_asks_to_run(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "page.txt").write_text("The president of Chad met the president of Niger in Ndjamena on Monday.")
    definitions = build_definitions(load_settings(corpus=corpus, warehouse=tmp_path / "w.duckdb"))
    with dg.instance_for_test() as instance:
        assert definitions.resolve_job_def("intake").execute_in_process(instance=instance).success
        (batch,) = instance.get_dynamic_partitions("batches")
        context = dg.build_sensor_context(instance=instance, resources=definitions.resources)
        asked = pending_batches(context)
        assert isinstance(asked, dg.SensorResult) and asked.run_requests
        assert [request.partition_key for request in asked.run_requests] == [batch]
        assert isinstance(corpus_folder(context), dg.RunRequest)
        again = dg.build_sensor_context(instance=instance, resources=definitions.resources, cursor=context.cursor)
        assert isinstance(corpus_folder(again), dg.SkipReason)


def test_the_corpus_fingerprint_sees_every_change(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.txt").write_text("one")
    first = corpus_fingerprint(str(tmp_path))
    assert corpus_fingerprint(str(tmp_path)) == first
    (tmp_path / "a" / "1.txt").write_text("longer")
    second = corpus_fingerprint(str(tmp_path))
    (tmp_path / "a" / "1.txt").rename(tmp_path / "a" / "2.txt")
    assert len({first, second, corpus_fingerprint(str(tmp_path))}) == 3


def test_nothing_is_sent_anywhere(tmp_path: Path) -> None:
    assert (ROOT / "dagster.yaml").read_text() == INSTANCE_CONFIG
    assert (ROOT / "workspace.yaml").read_text() == WORKSPACE
    with open_instance(tmp_path) as instance:
        assert not instance.telemetry_enabled
        assert not instance.nux_enabled


def test_one_run_at_a_time_holds_the_home(tmp_path: Path) -> None:
    waits: list[str] = []
    program = (
        "import sys, time; from pathlib import Path; from pipelines.instance import only_run\n"
        "with only_run(Path(sys.argv[1]), 0, print): print('held', flush=True); time.sleep(600)"
    )
    holder = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE)
    assert holder.stdout and holder.stdout.readline() == b"held\n"
    with pytest.raises(Exception, match="still at work"), only_run(tmp_path, 0.3, waits.append):
        pass
    assert len(waits) == 1
    holder.kill()
    holder.wait()
    holder.stdout.close()
    with only_run(tmp_path, 30, waits.append):  # the lock of a killed process is free
        pass


def test_runs_of_a_killed_process_are_ended(tmp_path: Path) -> None:
    @dg.job
    def nothing() -> None:
        pass

    with open_instance(tmp_path) as instance:
        run = instance.create_run_for_job(nothing, tags={"attache/launched_by": "command line"})
        other = instance.create_run_for_job(nothing)
        assert end_dead_runs(instance) == 1
        assert instance.get_run_by_id(run.run_id).status == dg.DagsterRunStatus.FAILURE  # type: ignore[union-attr]
        assert instance.get_run_by_id(other.run_id).status == dg.DagsterRunStatus.NOT_STARTED  # type: ignore[union-attr]

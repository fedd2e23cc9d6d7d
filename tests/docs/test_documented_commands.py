"""Everything that the documentation's pages tell a reader to type, typed: commands, queries, scripts."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.docs.console import agrees, commands, fenced, queries

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
TRIED = [page for page in PAGES if commands(page) and page.name != "tutorial.md"]
SHIM = """#!{python}
import sys
sys.path.insert(0, {root!r})
from pipelines.cli import main
main()
"""


def shell(folder: Path, tools: Path, script: str) -> str:
    """What bash and its commands write to both outputs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ATTACHE_")}
    environment = kept | {"PATH": f"{tools}:{os.environ['PATH']}", "COLUMNS": "200", "PYTHONWARNINGS": "ignore"}
    environment |= {"ATTACHE_WORKERS": "1", "ATTACHE_WAREHOUSE": "tutorial.duckdb"}
    command = ["bash", "-c", f"exec 2>&1\n{script}"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.stdout


def run_page(page: Path, folder: Path, tools: Path) -> None:
    """Type a page's commands one after the other in one shell, and hold what comes out against the page."""
    typed = commands(page)
    mark = "--- next command ---"
    output = shell(folder, tools, "\n".join(f"{command.typed}\necho '{mark}'" for command in typed))
    outputs = output.split(f"{mark}\n")[: len(typed)]
    assert len(outputs) == len(typed), output
    for command, real in zip(typed, outputs, strict=True):
        assert agrees(command.shown, real), f"{page.name}: $ {command.typed}\nshown:\n{command.shown}\nreal:\n{real}"


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tools")
    shim = folder / "attache"
    shim.write_text(SHIM.format(python=sys.executable, root=str(ROOT)))
    shim.chmod(shim.stat().st_mode | stat.S_IXUSR)
    return folder


@pytest.fixture(scope="module")
def after_tutorial(tmp_path_factory: pytest.TempPathFactory, tools: Path) -> Path:
    """A folder in which the tutorial has been typed; that its outputs are as shown is tested on the way."""
    folder = tmp_path_factory.mktemp("tutorial")
    shutil.copytree(ROOT / "samples", folder / "samples")
    run_page(DOCS / "tutorial.md", folder, tools)
    return folder


def test_the_tutorial_is_true(after_tutorial: Path) -> None:
    assert {"tutorial.duckdb", "report.html", "events.geojson"} <= {p.name for p in after_tutorial.iterdir()}


@pytest.mark.parametrize("page", TRIED, ids=lambda page: page.stem)
def test_the_commands_of_a_page_do_what_it_shows(page: Path, after_tutorial: Path, tools: Path) -> None:
    run_page(page, after_tutorial, tools)


@pytest.mark.parametrize("page", [page for page in PAGES if queries(page)], ids=lambda page: page.stem)
def test_the_queries_of_a_page_are_answered(page: Path, after_tutorial: Path) -> None:
    with duckdb.connect(str(after_tutorial / "tutorial.duckdb"), read_only=True) as warehouse:
        for query in queries(page):
            warehouse.execute(query)
    assert page.name != "sql-recipes.md" or len(queries(page)) > 8


def test_python_examples_run(after_tutorial: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(after_tutorial)
    Path("attache.duckdb").symlink_to("tutorial.duckdb")  # the name that the page has it by
    (example,) = fenced(DOCS / "joining.md", "python")
    names: dict[str, object] = {}
    exec(compile(example, "joining.md", "exec"), names)
    assert names["monthly"].height > 0  # type: ignore[attr-defined]


def test_the_script_for_cron_is_silent_on_a_good_day_and_speaks_on_a_bad_one(
    after_tutorial: Path, tools: Path
) -> None:
    (script,) = fenced(DOCS / "scheduling.md", "sh")
    (after_tutorial / "daily").write_text(script)
    for corpus, expected in {"pages": "0\n", "gone": "gone does not exist"}.items():
        (after_tutorial / "attache.toml").write_text(f'corpus = "{corpus}"\n')
        said = shell(after_tutorial, tools, f"NEWS_FOLDER={after_tutorial} sh daily; echo $?")
        assert expected in said and said.endswith({"pages": "0\n", "gone": "2\n"}[corpus])
        assert corpus == "gone" or said == expected


def test_the_readme_and_the_tutorial_set_up_alike() -> None:
    first, *_ = fenced(DOCS / "tutorial.md", "sh")[0].splitlines()
    assert first in (ROOT / "README.md").read_text()


def test_an_output_that_differs_is_seen() -> None:
    assert agrees("one …\n…\nlast 3\n", "one two\nthree\nlast  3\n")
    assert not agrees("one …\n…\nlast 3\n", "one two\nthree\nlast 4\n")
    assert not agrees("one\n", "one\ntwo\n")

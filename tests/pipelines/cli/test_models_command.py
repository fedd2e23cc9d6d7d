"""`attache models` against a mirror on loopback that can cut connections, and against folders."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assets.translated.engines.firefox import FirefoxEngine
from assets.translated.engines.models import write_manifest

ROOT = Path(__file__).parents[3]
Attache = Callable[..., tuple[int, str, str]]
MODEL = "model.aren.intgemm.alphas.bin"


@pytest.fixture
def offered(tmp_path: Path) -> Path:
    """A folder of models: one direct, two for a route over a language between."""
    folder = tmp_path / "offered"
    for pair in ("ar-en", "gl-es", "es-en"):
        place, code = folder / pair, pair.replace("-", "")
        place.mkdir(parents=True)
        (place / f"model.{code}.intgemm.alphas.bin").write_bytes(pair.encode() * 200_000)
        (place / f"vocab.{code}.spm").write_bytes(b"vocabulary of " + pair.encode())
    write_manifest(folder, licence="MPL-2.0 \x1b[2J", origin="https://example.org/models")
    return folder


class Mirror:
    """A web server over a folder that resumes; while `cut_after` is set, no answer is longer than that."""

    def __init__(self, folder: Path) -> None:
        self.cut_after: int | None = None
        self.asked: list[tuple[str, str | None]] = []
        mirror = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                wanted = self.headers.get("Range")
                mirror.asked.append((self.path, wanted))
                path = folder / self.path.lstrip("/")
                if not path.is_file():
                    self.send_error(404)
                    return
                data = path.read_bytes()
                start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
                self.send_response(206 if wanted else 200)
                if wanted:
                    self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
                self.send_header("Content-Length", str(len(data) - start))
                self.end_headers()
                cut = mirror.cut_after if path.name != "models.json" else None
                self.wfile.write(data[start:] if cut is None else data[start : start + cut])

            def log_message(self, *arguments: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()


@pytest.fixture
def mirror(offered: Path) -> Iterator[Mirror]:
    made = Mirror(offered)
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_models_are_installed_listed_verified_and_removed(attache: Attache, mirror: Mirror, offered: Path) -> None:
    code, out, err = attache("models", "install", "ar", "gl", "--mirror", mirror.url)
    assert code == 0
    assert [line.split(" (")[0] for line in out.splitlines()] == [
        f"{p} installed" for p in ("ar-en", "gl-es", "es-en")
    ]
    assert "licence: MPL-2.0" in out and "\x1b" not in out
    assert f"ar-en/{MODEL}: 1.0 MB" in err
    assert FirefoxEngine(Path(".attache/models")).supports("gl")
    assert Path(".attache/models/ar-en", MODEL).read_bytes() == (offered / "ar-en" / MODEL).read_bytes()

    code, out, _ = attache("models", "list")
    assert code == 0 and "MPL-2.0" in out and "https://example.org/models" in out and "\x1b" not in out
    listed = json.loads(attache("models", "list", "--json")[1])
    assert [(m["pair"], m["problem"], m["recorded"]) for m in listed] == [
        (pair, None, True) for pair in ("ar-en", "es-en", "gl-es")
    ]

    assert attache("models", "verify")[0] == 0
    vocabulary = Path(".attache/models/ar-en/vocab.aren.spm")
    vocabulary.write_bytes(b"vocabulary of xx-xx")
    code, out, _ = attache("models", "verify", "--json")
    assert code == 4
    assert {m["pair"]: m["state"] for m in json.loads(out)} == {"ar-en": "broken", "es-en": "ok", "gl-es": "ok"}
    assert "was changed" in attache("models", "verify")[1]
    mended = json.loads(attache("models", "install", "ar", "--mirror", mirror.url, "--json")[1])
    assert [m["pair"] for m in mended] == ["ar-en"] and attache("models", "verify")[0] == 0

    assert attache("models", "remove", "ar-en", "gl-es")[0] == 0
    assert not Path(".attache/models/ar-en").exists()
    code, _, err = attache("models", "remove", "ar-en")
    assert code == 2 and "installed are: es-en" in err


def test_what_is_in_place_is_not_fetched_again(attache: Attache, mirror: Mirror) -> None:
    attache("models", "install", "ar", "--mirror", mirror.url)
    asked = len(mirror.asked)
    code, out, _ = attache("models", "install", "ar", "--mirror", mirror.url)
    assert code == 0 and "ar-en was in place already" in out
    assert [path for path, _ in mirror.asked[asked:]] == ["/models.json"]


def test_a_download_that_breaks_off_is_gone_on_with_by_the_same_command(attache: Attache, mirror: Mirror) -> None:
    mirror.cut_after = 1000
    code, _, err = attache("models", "install", "ar", "--mirror", mirror.url)
    assert code == 4 and "run the command again to go on" in err and len(err.strip().splitlines()) == 1
    assert not Path(".attache/models/ar-en").exists()
    mirror.cut_after = None
    asked = len(mirror.asked)
    assert attache("models", "install", "ar", "--mirror", mirror.url)[0] == 0
    assert (f"/ar-en/{MODEL}", "bytes=4000-") in mirror.asked[asked:]
    assert attache("models", "verify")[0] == 0


def test_a_file_that_is_not_what_the_mirror_says_never_comes_into_use(
    attache: Attache, mirror: Mirror, offered: Path
) -> None:
    path = offered / "ar-en" / MODEL
    path.write_bytes(b"!" + path.read_bytes()[1:])
    code, _, err = attache("models", "install", "ar", "--mirror", mirror.url)
    assert code == 4 and "SHA-256 differs" in err
    assert not Path(".attache/models/ar-en").exists()


def test_the_mirror_may_be_a_setting_and_a_folder_beside_the_settings(attache: Attache, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    settings = tmp_path / "elsewhere" / "attache.toml"
    settings.write_text('models_mirror = "../offered"\nmodels_folder = "m"\n')
    write = tmp_path / "offered" / "ar-en"
    write.mkdir(parents=True)
    (write / MODEL).write_bytes(b"model")
    (write / "vocab.aren.spm").write_bytes(b"vocabulary")
    code, out, _ = attache("--config", str(settings), "models", "list", "--offered", "--json")
    assert code == 0
    assert [(m["pair"], m["licence"], m["installed"]) for m in json.loads(out)] == [("ar-en", "not stated", "no")]
    assert attache("--config", str(settings), "models", "install", "ar")[0] == 0
    assert (tmp_path / "elsewhere" / "m" / "ar-en" / MODEL).read_bytes() == b"model"
    offered = json.loads(attache("--config", str(settings), "models", "list", "--offered", "--json")[1])
    assert offered[0]["installed"] == "yes"


def test_models_put_there_by_hand_are_told_apart_but_do_not_fail(attache: Attache, offered: Path) -> None:
    code, out, _ = attache("models", "verify", "--models-folder", str(offered), "--json")
    assert code == 0 and {m["state"] for m in json.loads(out)} == {"unverified"}
    (offered / "ar-en" / MODEL).unlink()
    code, out, _ = attache("models", "verify", "--models-folder", str(offered), "--json")
    assert code == 4 and {m["pair"]: m["state"] for m in json.loads(out)}["ar-en"] == "broken"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["install", "ar"], "--mirror"),
        (["install"], "LANG"),
        (["install", "ar", "--mirror", "no/such/folder"], "no/such/folder"),
        (["install", "ar", "ja", "--mirror", "offered"], "no model from ja to English; it has: ar-en, es-en, gl-es"),
        (["list", "--offered"], "--mirror"),
        (["list", "--mirror", "ftp://example.org"], "models_mirror"),
        (["remove", "../offered"], "no pair of languages"),
        (["remove", "ar-en"], "installed are: none"),
    ],
)
def test_a_mistake_with_models_gets_one_line_and_exit_code_2(
    attache: Attache, offered: Path, arguments: list[str], said: str
) -> None:
    code, _, err = attache("models", *arguments)
    assert code == 2
    assert said in err and err.startswith("attache: ") and len(err.splitlines()) == 1
    assert offered.is_dir() and not Path(".attache/models/ar-en").exists()


def test_an_address_that_is_no_mirror_is_said(attache: Attache, mirror: Mirror) -> None:
    code, _, err = attache("models", "install", "ar", "--mirror", f"{mirror.url}/elsewhere")
    assert code == 4 and "HTTP 404; is it a mirror of models?" in err
    mirror.server.shutdown()
    mirror.server.server_close()
    code, _, err = attache("models", "list", "--mirror", mirror.url)
    assert code == 4 and "refused" in err and "Traceback" not in err


def test_the_command_that_a_pending_sentence_names_helps(attache: Attache, mirror: Mirror, tmp_path: Path) -> None:
    """The hint, its ADDRESS filled in, is run as it stands by a shell."""
    folder = tmp_path / "my models"
    hint = FirefoxEngine(folder).why_not("ar").split("run: ")[1].split(" (ADDRESS")[0]
    command = hint.replace("ADDRESS", mirror.url).replace("attache", f"'{sys.executable}' -m pipelines", 1)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ATTACHE_")}
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    assert FirefoxEngine(folder).supports("ar")

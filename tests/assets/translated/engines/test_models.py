"""Installing models from a mirror: a real web server on loopback that breaks in every way, and folders."""

from __future__ import annotations

import errno
import hashlib
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assets.translated.engines import models
from assets.translated.engines.firefox import FirefoxEngine
from assets.translated.engines.models import (
    ModelError,
    install,
    installed,
    open_mirror,
    remove,
    verify,
    write_manifest,
)

BIG = bytes(range(256)) * 4000


@pytest.fixture
def offered(tmp_path: Path) -> Path:
    """A folder of models: one direct, two for a route over a language between."""
    folder = tmp_path / "offered"
    for pair in ("ar-en", "gl-es", "es-en"):
        place = folder / pair
        place.mkdir(parents=True)
        code = pair.replace("-", "")
        (place / f"model.{code}.intgemm.alphas.bin").write_bytes(pair.encode() + BIG)
        (place / f"vocab.{code}.spm").write_bytes(b"vocabulary of " + pair.encode())
        (place / f"lex.50.50.{code}.s2t.bin").write_bytes(b"lexicon of " + pair.encode())
    write_manifest(folder, licence="MPL-2.0", origin="https://example.org/models")
    return folder


def serve(server: Any, reply: Any, folder: Path, *, ranges: bool = True) -> None:
    """Makes the server give the folder's files, with or without resume."""

    def respond(request: Any) -> Any:
        path = folder / request.path.lstrip("/")
        if not path.is_file():
            return reply({}, 404)
        data = path.read_bytes()
        if ranges and (wanted := request.headers.get("Range")):
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            return reply(data[start:], 206, {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"})
        return reply(data)

    server.respond = respond


def test_installing_from_a_mirror_puts_a_checked_model_in_place(
    server: Any, reply: Any, offered: Path, tmp_path: Path
) -> None:
    serve(server, reply, offered)
    target = tmp_path / "models"
    told: list[models.InstallProgress] = []
    mirror = open_mirror(server.url)
    assert sorted(m.pair for m in mirror.models) == ["ar-en", "es-en", "gl-es"]
    done = install("ar", mirror, target, on_progress=told.append)
    assert [(m.pair, m.licence) for m in done] == [("ar-en", "MPL-2.0")]
    for path in (offered / "ar-en").iterdir():
        assert (target / "ar-en" / path.name).read_bytes() == path.read_bytes()
    assert told[-1].done == told[-1].total
    assert {p.file for p in told} == {p.name for p in (offered / "ar-en").iterdir()}
    assert verify(target) == {"ar-en": []}
    assert FirefoxEngine(target).supports("ar")
    asked = len(server.received)
    assert install("ar", mirror, target) == [], "what is there is not fetched again"
    assert len(server.received) == asked


def test_a_language_without_a_direct_model_gets_both_legs(offered: Path, tmp_path: Path) -> None:
    target = tmp_path / "models"
    assert [m.pair for m in install("gl", open_mirror(str(offered)), target)] == ["gl-es", "es-en"]
    assert FirefoxEngine(target).supports("gl")
    with pytest.raises(ModelError, match="no model from ja to English; it has: ar-en, es-en, gl-es"):
        install("ja", open_mirror(str(offered)), target)


def test_a_bare_folder_serves_as_a_mirror(offered: Path, tmp_path: Path) -> None:
    (offered / "models.json").unlink()
    assert [m.pair for m in install("ar", open_mirror(str(offered)), tmp_path / "models")] == ["ar-en"]


@pytest.mark.parametrize("ranges", [True, False])
def test_a_download_that_is_cut_is_resumed(
    server: Any, reply: Any, offered: Path, tmp_path: Path, ranges: bool
) -> None:
    serve(server, reply, offered, ranges=ranges)
    whole = server.respond
    cuts = [300_000, 200_000]

    def cut(request: Any) -> Any:
        answer = whole(request)
        if "/model." in request.path and cuts:
            answer.cut_after = cuts.pop(0)
        return answer

    server.respond = cut
    install("ar", open_mirror(server.url), tmp_path / "models")
    assert verify(tmp_path / "models") == {"ar-en": []}
    asked = [r.headers.get("Range") for r in server.received if "/model." in r.path]
    assert len(asked) == 3
    if ranges:
        assert asked == [None, "bytes=300000-", "bytes=500000-"]


def test_a_mirror_that_keeps_breaking_off_is_given_up_and_gone_on_with_later(
    server: Any, reply: Any, offered: Path, tmp_path: Path
) -> None:
    serve(server, reply, offered)
    whole = server.respond

    def cut(request: Any) -> Any:
        answer = whole(request)
        answer.cut_after = 1000 if "/model.aren" in request.path else None
        return answer

    server.respond = cut
    mirror, target = open_mirror(server.url), tmp_path / "models"
    with pytest.raises(ModelError, match="run the command again to go on"):
        install("ar", mirror, target)
    assert not (target / "ar-en").exists()
    assert not FirefoxEngine(target).supports("ar")
    server.respond = whole
    before = len(server.received)
    install("ar", mirror, target)
    assert verify(target) == {"ar-en": []}
    ranges = [r.headers.get("Range") for r in server.received[before:] if "/model." in r.path]
    assert ranges == ["bytes=4000-"]


def test_a_file_with_another_hash_never_comes_into_use(
    server: Any, reply: Any, offered: Path, tmp_path: Path
) -> None:
    serve(server, reply, offered)
    mirror = open_mirror(server.url)
    path = offered / "ar-en" / "model.aren.intgemm.alphas.bin"
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    with pytest.raises(ModelError, match="SHA-256 differs"):
        install("ar", mirror, tmp_path / "models")
    assert not (tmp_path / "models" / "ar-en").exists()
    assert not list((tmp_path / "models").rglob("model.aren*"))


def test_a_file_longer_than_announced_is_refused(server: Any, reply: Any, offered: Path, tmp_path: Path) -> None:
    serve(server, reply, offered)
    mirror = open_mirror(server.url)
    path = offered / "ar-en" / "vocab.aren.spm"
    path.write_bytes(path.read_bytes() * 1000)
    with pytest.raises(ModelError, match="longer than its manifest says"):
        install("ar", mirror, tmp_path / "models")


def test_a_missing_file_is_named(server: Any, reply: Any, offered: Path, tmp_path: Path) -> None:
    serve(server, reply, offered)
    mirror = open_mirror(server.url)
    (offered / "ar-en" / "vocab.aren.spm").unlink()
    with pytest.raises(ModelError, match=r"does not give ar-en/vocab\.aren\.spm: HTTP 404"):
        install("ar", mirror, tmp_path / "models")


def test_a_full_disk_is_said_and_what_came_is_kept(
    offered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror, target = open_mirror(str(offered)), tmp_path / "models"
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=10))
    with pytest.raises(ModelError, match="0 MB free; 1 MB are needed"):
        install("ar", mirror, target)
    monkeypatch.undo()

    def full(*arguments: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "x")

    monkeypatch.setattr(models, "_write_record", full)
    with pytest.raises(ModelError, match=r"disk of .* is full; make room"):
        install("ar", mirror, target)
    monkeypatch.undo()
    assert install("ar", mirror, target)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"pair": "../../etc"}, "wrong pair"),
        ({"pair": "ar-en/.."}, "wrong pair"),
        ({"files": [{"name": "../x", "size": 1, "sha256": "0" * 64}]}, "wrong pair, file name"),
        ({"files": [{"name": ".x", "size": 1, "sha256": "0" * 64}]}, "wrong pair, file name"),
        ({"files": [{"name": "x", "size": 1, "sha256": "0"}]}, "wrong pair, file name, size or hash"),
        ({"files": [{"name": "x", "size": -1, "sha256": "0" * 64}]}, "wrong pair, file name, size or hash"),
        ({"files": 3}, "without pair or files"),
        ({"files": []}, "wrong pair"),
    ],
)
def test_a_manifest_cannot_name_paths(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    entry = {"pair": "ar-en", "files": [{"name": "m", "size": 1, "sha256": hashlib.sha256(b"").hexdigest()}]} | change
    (tmp_path / "models.json").write_text(json.dumps({"format": models.FORMAT, "models": [entry]}))
    with pytest.raises(ModelError, match=message):
        open_mirror(str(tmp_path))


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"models": 3}', b'{"format": "other", "models": []}', b"<html>", b"\xff"]
)
def test_what_is_no_mirror_is_said(server: Any, reply: Any, body: bytes) -> None:
    server.respond = lambda request: reply(body)
    with pytest.raises(ModelError, match="no list of models in the format"):
        open_mirror(server.url)


def test_addresses_that_lead_nowhere(server: Any, reply: Any, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="HTTP 404; is it a mirror"):
        open_mirror(server.url)
    with pytest.raises(ModelError, match="neither a web address"):
        open_mirror(str(tmp_path / "absent"))
    with pytest.raises(ModelError, match="neither a web address"):
        open_mirror("file:///etc")
    with pytest.raises(ModelError, match="holds no models"):
        write_manifest(tmp_path)


def test_verify_and_remove(offered: Path, tmp_path: Path) -> None:
    target = tmp_path / "models"
    install("ar", open_mirror(str(offered)), target)
    (target / "ar-en" / "vocab.aren.spm").write_bytes(b"vocabulary of xx-xx")
    (target / "ar-en" / "lex.50.50.aren.s2t.bin").unlink()
    assert verify(target) == {
        "ar-en": ["lex.50.50.aren.s2t.bin is missing", "vocab.aren.spm was changed (SHA-256 differs)"]
    }
    assert [m.pair for m in install("ar", open_mirror(str(offered)), target)] == ["ar-en"], (
        "a damaged model is mended"
    )
    assert verify(target) == {"ar-en": []}
    assert [(pair, problem) for pair, _, problem in installed(target)] == [("ar-en", None)]
    with pytest.raises(ModelError, match="no pair of languages"):
        remove("../offered", target)
    assert remove("ar-en", target)
    assert not remove("ar-en", target)
    assert installed(target) == []


def test_a_model_put_there_by_hand_is_told_apart(offered: Path) -> None:
    assert "put there by hand" in verify(offered)["ar-en"][0]

"""Firefox models on disk: what a mirror offers, installing with resume and checked hashes, verifying, removing.

A mirror is a web address or a folder. It holds `models.json` (made by `write_manifest`) and one folder a pair; a bare
folder of pairs serves as well. Nothing is fetched but from the mirror that the caller names. What runs the models is
`firefox.py`.
"""

from __future__ import annotations

import errno
import hashlib
import http.client
import json
import re
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote, urlsplit

from assets.translated.engines.engine import EngineError
from assets.translated.engines.firefox import ModelFiles, find_models, find_route, model_files

MANIFEST = "models.json"
RECORD = "model.json"
FORMAT = "attache-models/1"
NOT_STATED = "not stated"
_PARTIAL = ".partial"
_PAIR = re.compile(r"^[a-z]{2,3}(?:-[A-Za-z]{2,8})?-[a-z]{2,3}$")
_FILE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$")
_HASH = re.compile(r"^[0-9a-f]{64}$")
_CHUNK = 256 * 1024
_ATTEMPTS = 4
_LARGEST_MANIFEST = 8 * 1024 * 1024


class ModelError(Exception):
    """A model or mirror cannot be used; the message says what, where and what to do."""


@dataclass(frozen=True)
class ModelFile:
    """One file of a model; size in bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Model:
    """What a mirror or a folder says of one pair."""

    pair: str
    files: tuple[ModelFile, ...]
    version: str = ""
    licence: str = NOT_STATED
    origin: str = ""

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True)
class InstallProgress:
    """How far one file's download is, in bytes."""

    pair: str
    file: str
    done: int
    total: int


@dataclass(frozen=True)
class Mirror:
    """A place that models come from."""

    address: str
    models: tuple[Model, ...]

    def route(self, language: str) -> tuple[Model, ...]:
        """The models to translate a language to English: one, or two over a language between. Raises ModelError."""
        by_pair = {model.pair: model for model in self.models}
        none = Path()
        pairs = {pair: ModelFiles(pair, none, none, none, None) for pair in by_pair}
        route = find_route(pairs, language)
        if not route:
            known = ", ".join(sorted(model.pair for model in self.models)) or "nothing"
            raise ModelError(f"{self.address} has no model from {language} to English; it has: {known}")
        return tuple(by_pair[files.pair] for files in route)


def open_mirror(address: str) -> Mirror:
    """The mirror at a web address or folder. Raises ModelError when there is none."""
    if urlsplit(address).scheme in ("http", "https"):
        try:
            with _open(f"{address.rstrip('/')}/{MANIFEST}") as response:
                data = response.read(_LARGEST_MANIFEST)
        except (OSError, http.client.HTTPException) as error:
            raise ModelError(f"{address} offers no {MANIFEST}: {_reason(error)}; is it a mirror of models?") from None
        return Mirror(address.rstrip("/"), _manifest(data, f"{address}/{MANIFEST}"))
    folder = Path(address).expanduser()
    if not folder.is_dir():
        raise ModelError(f"{address} is neither a web address (http:// or https://) nor a folder")
    if (folder / MANIFEST).is_file():
        return Mirror(str(folder), _manifest((folder / MANIFEST).read_bytes(), str(folder / MANIFEST)))
    return Mirror(str(folder), tuple(describe(folder / pair) for pair in sorted(find_models(folder)[0])))


def describe(folder: Path, *, licence: str = NOT_STATED, origin: str = "", version: str = "") -> Model:
    """The record of one pair's folder, with its files hashed; what its own record says wins over the arguments."""
    try:
        files = model_files(folder)
    except EngineError as error:
        raise ModelError(str(error)) from None
    paths = {files.model, files.source_vocabulary, files.target_vocabulary, files.shortlist} - {None}
    described = tuple(ModelFile(p.name, p.stat().st_size, _hash(p)) for p in sorted(p for p in paths if p))
    known = _own_record(folder)
    if known is not None:
        licence, origin, version = known.licence, known.origin, known.version
    return Model(folder.name, described, version, licence, origin)


def write_manifest(folder: Path, *, licence: str = NOT_STATED, origin: str = "") -> Path:
    """Writes `models.json` for a folder of pairs, which makes it a mirror that any web server can serve."""
    models = [describe(folder / pair, licence=licence, origin=origin) for pair in sorted(find_models(folder)[0])]
    if not models:
        raise ModelError(f"{folder} holds no models; expected folders such as ar-en with their files")
    path = folder / MANIFEST
    text = json.dumps({"format": FORMAT, "models": [asdict(model) for model in models]}, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def installed(models_folder: Path) -> list[tuple[str, Model | None, str | None]]:
    """Each pair of a folder with its record (None if it has none), and what is wrong with it (None if nothing is)."""
    pairs, problems = find_models(models_folder)
    listed = [(pair, _own_record(models_folder / pair), None) for pair in pairs]
    return sorted([*listed, *((pair, None, problem) for pair, problem in problems.items())], key=lambda item: item[0])


def install(
    language: str,
    mirror: Mirror,
    models_folder: Path,
    *,
    on_progress: Callable[[InstallProgress], None] | None = None,
) -> list[Model]:
    """Installs what translates a language to English; returns the models newly put in place.

    Files arrive in a folder of their own and are moved into place together, after each one's SHA-256 agrees with the
    mirror's. A download that breaks off is resumed, now and by the next call. Raises ModelError.
    """
    route = mirror.route(language)
    wanted = [model for model in route if not _is_in_place(model, models_folder / model.pair)]
    _check_room(models_folder, sum(model.size for model in wanted))
    for model in wanted:
        partial = models_folder / _PARTIAL / model.pair
        try:
            partial.mkdir(parents=True, exist_ok=True)
            for file in model.files:
                _fetch(mirror, model, file, partial / file.name, on_progress)
            _write_record(model, partial)
            _put_in_place(partial, models_folder / model.pair)
        except OSError as error:
            raise ModelError(_disk_trouble(error, models_folder)) from None
    return wanted


def verify(models_folder: Path) -> dict[str, list[str]]:
    """For each installed pair what is wrong with its files; an empty list says that all agree with the record."""
    found: dict[str, list[str]] = {}
    for pair, record, problem in installed(models_folder):
        if problem or record is None:
            found[pair] = [
                problem or f"has no {RECORD}: it was put there by hand, so there is nothing to compare with"
            ]
            continue
        found[pair] = list(_differences(record, models_folder / pair))
    return found


def remove(pair: str, models_folder: Path) -> bool:
    """Deletes a pair's folder; False if there is none. Raises ModelError for what is no pair's name."""
    if not _PAIR.match(pair):
        raise ModelError(f"{pair!r} is no pair of languages; write it as ar-en")
    folder = models_folder / pair
    shutil.rmtree(models_folder / _PARTIAL / pair, ignore_errors=True)
    if not folder.is_dir():
        return False
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise ModelError(f"{folder} cannot be deleted: {error.strerror}") from None
    return True


# --- Fetching ----------------------------------------------------------------------------------------------------


def _fetch(
    mirror: Mirror,
    model: Model,
    file: ModelFile,
    target: Path,
    on_progress: Callable[[InstallProgress], None] | None,
) -> None:
    """Brings one file to `target`, going on where an earlier try stopped, and checks it."""
    if target.is_file() and target.stat().st_size == file.size and _hash(target) == file.sha256:
        return
    part = target.with_name(f"{target.name}.part")
    trouble = ""
    for _ in range(_ATTEMPTS):
        try:
            _receive(mirror, model, file, part, on_progress)
        except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
            if isinstance(error, urllib.error.HTTPError) and 400 <= error.code < 500 and error.code not in (408, 429):
                raise ModelError(
                    f"{mirror.address} does not give {model.pair}/{file.name}: HTTP {error.code}"
                ) from None
            trouble = _reason(error)
            continue
        if part.stat().st_size == file.size:
            break
        trouble = f"only {part.stat().st_size} of {file.size} bytes came"
    else:
        raise ModelError(f"{mirror.address}: {model.pair}/{file.name}: {trouble}; run the command again to go on")
    if _hash(part) != file.sha256:
        part.unlink()
        raise ModelError(
            f"{model.pair}/{file.name} from {mirror.address} is not the file its manifest names (SHA-256 differs); "
            "it was deleted. Try again; if it stays so, tell whoever runs the mirror"
        )
    part.replace(target)


def _receive(
    mirror: Mirror,
    model: Model,
    file: ModelFile,
    part: Path,
    on_progress: Callable[[InstallProgress], None] | None,
) -> None:
    have = part.stat().st_size if part.is_file() else 0
    if have > file.size:
        part.unlink()
        have = 0
    if have == file.size and have:
        return
    source, start = _source(mirror, model, file, have)
    with source, part.open("ab" if start else "wb") as out:
        done = start
        while chunk := source.read(min(_CHUNK, file.size - done + 1)):
            done += len(chunk)
            if done > file.size:
                raise ModelError(f"{mirror.address}: {model.pair}/{file.name} is longer than its manifest says")
            out.write(chunk)
            if on_progress:
                on_progress(InstallProgress(model.pair, file.name, done, file.size))


def _source(mirror: Mirror, model: Model, file: ModelFile, have: int) -> tuple[BinaryIO, int]:
    """An open file or response, and the offset that it starts at."""
    if urlsplit(mirror.address).scheme not in ("http", "https"):
        opened = (Path(mirror.address) / model.pair / file.name).open("rb")
        opened.seek(have)
        return opened, have
    response = _open(f"{mirror.address}/{quote(model.pair)}/{quote(file.name)}", have)
    resumed = response.status == 206 and response.headers.get("Content-Range", "").startswith(f"bytes {have}-")
    return response, have if resumed else 0


def _open(url: str, start: int = 0) -> Any:
    headers = {"User-Agent": "attache", **({"Range": f"bytes={start}-"} if start else {})}
    # The scheme is http or https: `open_mirror` takes no other.
    return urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=60)  # noqa: S310


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"HTTP {error.code}"
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, TimeoutError):
        return "no answer in time"
    if isinstance(reason, ConnectionRefusedError):
        return "the connection was refused"
    return (
        "the connection was cut" if isinstance(reason, ConnectionError | http.client.HTTPException) else str(reason)
    )


# --- Records and folders -----------------------------------------------------------------------------------------


def _manifest(data: bytes, where: str) -> tuple[Model, ...]:
    try:
        content = json.loads(data)
        entries = content["models"]
        if content.get("format") != FORMAT or not isinstance(entries, list):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ModelError(f"{where} is no list of models in the format {FORMAT}") from None
    return tuple(_model(entry, where) for entry in entries)


def _model(entry: Any, where: str) -> Model:
    """A model from its JSON; names are checked, since they become paths."""
    try:
        files = tuple(ModelFile(str(f["name"]), int(f["size"]), str(f["sha256"]).lower()) for f in entry["files"])
        model = Model(
            str(entry["pair"]),
            files,
            str(entry.get("version", "")),
            str(entry.get("licence", "") or NOT_STATED),
            str(entry.get("origin", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ModelError(f"{where} has an entry without pair or files (name, size, sha256)") from None
    good = _PAIR.match(model.pair) and files and len({f.name for f in files}) == len(files)
    if not good or not all(_FILE.match(f.name) and f.size > 0 and _HASH.match(f.sha256) for f in files):
        raise ModelError(f"{where} has an entry with a wrong pair, file name, size or hash: {model.pair[:40]!r}")
    return model


def _own_record(folder: Path) -> Model | None:
    path = folder / RECORD
    if not path.is_file():
        return None
    try:
        return _model(json.loads(path.read_bytes()), str(path))
    except (OSError, ValueError, ModelError):
        return None


def _write_record(model: Model, folder: Path) -> None:
    (folder / RECORD).write_text(json.dumps(asdict(model), indent=1) + "\n", encoding="utf-8")


def _put_in_place(partial: Path, target: Path) -> None:
    """Moves a complete model over an older one; the older one is gone only when the new one stands."""
    for leftover in partial.glob("*.part"):
        leftover.unlink()
    old = target.with_name(f".old-{target.name}")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    partial.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _is_in_place(model: Model, folder: Path) -> bool:
    return _own_record(folder) == model and not any(_differences(model, folder))


def _differences(record: Model, folder: Path) -> Iterator[str]:
    for file in record.files:
        path = folder / file.name
        if not path.is_file():
            yield f"{file.name} is missing"
        elif path.stat().st_size != file.size:
            yield f"{file.name} has {path.stat().st_size} bytes, not {file.size}"
        elif _hash(path) != file.sha256:
            yield f"{file.name} was changed (SHA-256 differs)"


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_room(models_folder: Path, size: int) -> None:
    try:
        models_folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(models_folder).free
    except OSError as error:
        raise ModelError(_disk_trouble(error, models_folder)) from None
    if size > free:
        raise ModelError(f"{models_folder} has {free / 1e6:.0f} MB free; {size / 1e6:.0f} MB are needed")


def _disk_trouble(error: OSError, folder: Path) -> str:
    if error.errno == errno.ENOSPC:
        return f"the disk of {folder} is full; make room and run the command again to go on"
    return f"{error.filename or folder} cannot be written: {error.strerror or error}"

"""Writes the sample corpus (`samples/`) and what is expected of it (`expected.json`) from `stories/*.toml`.

Run `python tests/samples/make_samples.py` after changing a story or a layout; the result is the same on every run.
Pages' words live in the stories, pages' markup in `page_layouts.py`; this module encodes, packs and writes.
"""

from __future__ import annotations

import gzip
import json
import sys
import tomllib
import zlib
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
# The folder is no package; the script must also run when named by its path.
from page_layouts import FURNITURE, HTML_LAYOUTS, Story, parse_blocks, plain_text  # noqa: E402

SAMPLES = HERE.parents[1] / "samples"
EXPECTED = HERE / "expected.json"
EMPTY_PAGE = "meridian-courier/2026/gallery-embed.html"
BINARY_PAGE = "hafenkurier/2026/karte.html"
BROKEN_RECORD = (
    '{"url": "https://upland-post.example/2026/broken", "title": "Council meeting minutes", "text": "The coun'
)
WORDS_SHOWN = 5
SHORTEST_PHRASE = 8


def load_stories() -> list[Story]:
    """Every story, in the order of the files and of the stories in them."""
    stories = []
    for file in sorted((HERE / "stories").glob("*.toml")):
        for entry in tomllib.loads(file.read_text("utf-8"))["story"]:
            body = entry.pop("body")
            entry |= {key: tuple(entry.get(key, ())) for key in ("must_not", "events")}
            stories.append(Story(blocks=parse_blocks(body), language=file.stem, **entry))
    return stories


def render(story: Story) -> str:
    """The page of a story as text, before it is encoded."""
    layout = HTML_LAYOUTS.get(story.layout)
    return layout(story) if layout else plain_text(story)


def record(story: Story) -> dict[str, Any]:
    """A story as a record of a container file: what crawlers write beside the text."""
    return {
        "url": story.url,
        "title": story.title,
        "date": story.published,
        "publisher": story.publisher,
        "lang": story.language,
        "text": plain_text(story),
    }


def binary_page() -> bytes:
    """A small PNG, which a crawler saved under the name of a page."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = (64).to_bytes(4, "big") * 2 + bytes((8, 0, 0, 0, 0))
    pixels = b"".join(bytes([0]) + bytes((x * y) % 256 for x in range(64)) for y in range(64))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels, 9)) + chunk(b"IEND", b"")
    )


def build(stories: list[Story]) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The files of the corpus by their path in it, and the content of `expected.json`."""
    files: dict[str, bytes] = {EMPTY_PAGE: b"", BINARY_PAGE: binary_page()}
    containers: dict[str, list[Story]] = defaultdict(list)
    pages = []
    for story in stories:
        member = None
        if story.layout == "record":
            containers[story.path].append(story)
            member = str(len(containers[story.path]))
        else:
            files[story.path] = render(story).encode(story.encoding)
        pages.append(expected_page(story, member))
    rejected: list[dict[str, Any]] = [
        {"path": EMPTY_PAGE, "why": "an empty file"},
        {"path": BINARY_PAGE, "why": "a PNG image under the name of a page"},
    ]
    for path, members in containers.items():
        files[path] = pack(path, members)
        if path.endswith(".jsonl"):
            rejected.append({"path": path, "line": len(members) + 1, "why": "a JSON record cut off in the middle"})
    return files, {"pages": pages, "rejected": rejected}


def pack(path: str, stories: list[Story]) -> bytes:
    """The stories as one container file: JSON Lines (the plain one ends in a broken record), gzip, or Parquet."""
    records = [record(story) for story in stories]
    if path.endswith(".parquet"):
        sink = pa.BufferOutputStream()
        pq.write_table(pa.Table.from_pylist(records), sink)
        return sink.getvalue().to_pybytes()
    lines = [json.dumps(entry, ensure_ascii=False) for entry in records]
    if path.endswith(".gz"):
        return gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0)
    return ("\n".join([*lines, BROKEN_RECORD]) + "\n").encode()


def expected_page(story: Story, member: str | None) -> dict[str, Any]:
    """What cleaning and coding must find on a story's page."""
    paragraphs = [block.plain for block in story.blocks if block.kind == "paragraph"]
    body = "\n".join(block.plain for block in story.blocks if block.kind in ("paragraph", "heading"))
    dirt = [block.plain for block in story.blocks if block.kind not in ("paragraph", "heading")]
    around = [line.strip() for line in (story.before + "\n" + story.after).splitlines()]
    phrases = [*FURNITURE.get(story.layout, ()), *dirt, *around, *story.must_not]
    words = " ".join(paragraphs).split()
    return {
        "path": story.path,
        "member": member,
        "url": story.url,
        "shows": story.fields.get("shows", ""),
        "encoding": story.encoding,
        "declared_encoding": story.declared,
        "title": story.title,
        "language": story.language,
        "published": story.published[:10] if story.published and story.published_precision != "none" else None,
        "published_precision": story.published_precision,
        "publisher": story.publisher,
        "author": story.author,
        "first_words": " ".join(words[:WORDS_SHOWN]),
        "last_words": " ".join(words[-WORDS_SHOWN:]),
        "paragraphs": len(paragraphs),
        "near_copy_of": story.copy_of,
        "must_not": list(
            dict.fromkeys(p for p in phrases if len(p) >= SHORTEST_PHRASE and "{title}" not in p and p not in body)
        ),
        "events": [parse_event(event) for event in story.events],
    }


def parse_event(text: str) -> dict[str, Any]:
    """`ROOT[|ALSO…] SRC>TGT [status]` as a record: `-` is an unnamed country, `=` for `>` a joint act of equals."""
    roots, actors, *status = text.split()
    root, *also = roots.split("|")
    joint = "=" in actors
    source, target = (None if side == "-" else side for side in actors.split("=" if joint else ">"))
    return {
        "root": root,
        "root_also": also,
        "source": source,
        "target": target,
        "joint": joint,
        "status": status[0] if status else "actual",
    }


def main() -> None:
    """Write the corpus and the expectations; files of earlier runs that no story makes any more are removed."""
    files, expected = build(load_stories())
    for path in SAMPLES.rglob("*"):
        if path.is_file() and path.name != "README.md" and path.relative_to(SAMPLES).as_posix() not in files:
            path.unlink()
    for name, content in files.items():
        target = SAMPLES / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    EXPECTED.write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{len(files)} files, {len(expected['pages'])} pages")


if __name__ == "__main__":
    main()

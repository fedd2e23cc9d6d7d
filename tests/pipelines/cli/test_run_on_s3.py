"""`attache run` over a bucket: the whole road from objects on S3 to events, against a server on this machine."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import duckdb

from tests.assets.raw.test_warc import pages
from tests.s3_server import SECRET, bucket_of

Attache = Callable[..., tuple[int, str, str]]

STORY = (
    "<html lang=en><head><title>Nepal and Bhutan sign accord</title><meta property='article:published_time' "
    "content='2026-06-02T08:00:00Z'></head><body><article><h1>Nepal and Bhutan sign accord</h1><p>The governments of "
    "Nepal and Bhutan signed a security agreement in Kathmandu on Tuesday, officials said.</p><p>The two armies will "
    "train together in the mountains from the autumn on, a spokesman for the ministry of defence told reporters.</p>"
    "</article></body></html>"
)
RECORD = {
    "url": "https://wire.example/1",
    "date": "2026-06-03",
    "title": "Lorry drivers strike",
    "text": STORY[300:500],
}


def test_a_bucket_is_run_from_its_objects_to_events(attache: Attache, tmp_path: Path) -> None:
    files = {
        "2026/story.html": STORY.encode(),
        "2026/خبر.jsonl.gz": gzip.compress(json.dumps(RECORD).encode() + b"\n{cut off\n"),
        "2026/a.warc.gz": b"".join(gzip.compress(record) for record in pages(3)),
        "2026/logo.png": b"\x89PNG",
        "elsewhere/other.txt": b"Not of this corpus.",
    }
    with bucket_of(files, "corpus") as bucket:
        code, out, err = attache("run", f"{bucket}/2026")
        assert code == 0, (out, err)
    with duckdb.connect(str(tmp_path / "attache.duckdb"), read_only=True) as warehouse:
        read = dict(warehouse.execute("SELECT source_path, count(*) FROM raw.documents GROUP BY ALL").fetchall())
        rejected = warehouse.execute("SELECT source_path, reason FROM raw.rejected").fetchall()
        events = warehouse.execute(
            "SELECT DISTINCT m.plover_type FROM events.mentions m JOIN raw.documents d USING (document_id) "
            "WHERE d.source_path = 'story.html'"
        ).fetchall()
    assert read == {"story.html": 1, "خبر.jsonl.gz": 1, "a.warc.gz": 3}
    assert rejected == [("خبر.jsonl.gz", "bad_json")]
    assert ("AGREE",) in events
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert SECRET not in out + err and not any(SECRET.encode() in content for content in kept)

"""A round of feeds: ask each feed and sitemap what is new, fetch those pages, and leave a WARC for the intake.

The books are `ops.fetched`, one row an address. What is decided:

* A page is fetched once, and again only where a listing dates it later than our copy, with the conditions (ETag,
  Last-Modified) of that copy. Newest first, at most so many a host and round; the rest stays `found` for the next.
* A listing is asked every round, with conditions; one that a sitemap index names and dates, only when that is newer.
* What failed is tried again after an hour, then two, four … at most a week; 404 and its like, never.
* A host that says that it is overloaded (429, 503) is left alone for the rest of the round.
* The file gets its name only when it is whole, and only then are the books written: a round that is stopped leaves
  neither, and the next fetches its pages again.
"""

from __future__ import annotations

import io
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from assets.raw.documents.stores import is_address
from assets.raw.feeds.listing import MOST_BYTES, Link, ListingError, read_listing, web_address
from assets.warehouse import Upsert
from pipelines.fetching import Answer, Fetcher, FetchError, host_of
from pipelines.instance import only_run
from pipelines.operations import FETCHED, FetchedAddress
from pipelines.settings import Settings, SettingsError
from pipelines.warehouse import DuckDBWarehouse

MOST_LISTINGS = 50
"""Most sitemaps of sitemap indexes that one round asks for."""

MOST_PAGES = 2_000
"""Most pages of one round, over all hosts: a feed may name more hosts than anyone meant to ask."""

_HOST_SECONDS = 600.0  # a host that wants long delays gets as many requests a round as fit in this
_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
_FIRST_RETRY = timedelta(hours=1)
_LAST_RETRY = timedelta(days=7)
_OVERLOADED = (429, 503)
_UNPACKED = ("content-encoding", "transfer-encoding", "content-length")


@dataclass(frozen=True)
class Round:
    """What a round did. `file` is the WARC in the feeds folder, None where no page came."""

    listings: int
    fetched: int
    unchanged: int
    waiting: int
    failed: dict[str, int]
    file: Path | None


def run_round(settings: Settings, warehouse: DuckDBWarehouse, fetcher: Fetcher | None = None) -> Round:
    """One round of the feeds of the settings. Raises SettingsError, HomeBusy (another round is at work),
    WarehouseError."""
    feeds = feed_addresses(settings.feeds)
    folder = feeds_folder(settings)
    warehouse.migrate()
    own = fetcher or Fetcher(settings.feeds_delay_seconds, settings.feeds_private_addresses)
    with only_run(settings.home, 0, lambda message: None, name="fetch"), own:
        books = FETCHED.rows(warehouse.read("SELECT * FROM ops.fetched ORDER BY url"))
        state = _Books({row.url: row for row in books}, _now())
        _ask_listings(feeds, state, own)
        with _RoundFile(folder, state.now) as file:
            _fetch_pages(_chosen(feeds, state, settings.feeds_pages_per_host), state, own, file)
        warehouse.write([Upsert(FETCHED, FETCHED.frame(state.changed.values()))] if state.changed else [])
    waiting = sum(_is_due(row, state.now) for row in state.of_kind("page", _active(feeds, state)))
    counts = state.counts
    failed = {
        reason.removeprefix("failed "): n for reason, n in sorted(counts.items()) if reason.startswith("failed ")
    }
    return Round(counts["listings"], counts["fetched"], counts["unchanged"], waiting, failed, file.path)


def tell_round(done: Round) -> str:
    """What a round did, in a sentence."""
    failed = ", ".join(f"{number} {reason}" for reason, number in done.failed.items())
    return (
        f"feeds and sitemaps asked: {done.listings}; pages: {done.fetched} fetched, {done.unchanged} unchanged, "
        f"{done.waiting} left for the next round; "
        + (f"failed: {failed} (see ops.fetched)" if failed else "nothing failed")
    )


def feed_addresses(feeds: Sequence[str]) -> tuple[str, ...]:
    """The addresses that the setting names, by themselves or in files of one a line (# begins a comment).

    Raises SettingsError where there is none, a file cannot be read, or a line is no web address.
    """
    found: list[str] = []
    for entry in feeds:
        lines, place = ([entry], "the setting feeds") if is_address(entry) else (_lines(entry), entry)
        for line in lines:
            address = web_address(line, "")
            if address is None:
                shown = "an address with a name or password" if "@" in line else repr(line[:120])
                raise SettingsError(f"feeds: {shown} in {place} is not an address of http:// or https://")
            found.append(address)
    if not found:
        raise SettingsError(
            'feeds names no feed and no sitemap; write their addresses in attache.toml, as feeds = ["https://…"]'
        )
    return tuple(dict.fromkeys(found))


def _lines(path: str) -> list[str]:
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise SettingsError(f"feeds: the file {path} cannot be read ({getattr(error, 'strerror', error)})") from None
    return [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]


def feeds_folder(settings: Settings) -> Path:
    """Where the files of rounds go. Raises SettingsError where the corpus is no folder that could hold them."""
    if settings.feeds_folder is not None:
        return settings.feeds_folder
    if is_address(settings.corpus) or Path(settings.corpus).is_file():
        raise SettingsError(f"feeds_folder must be set, since the corpus {settings.corpus} is not a folder here")
    return Path(settings.corpus) / "fetched"


@dataclass
class _Books:
    """The rows of `ops.fetched` as a round changes them."""

    rows: dict[str, FetchedAddress]
    now: datetime
    changed: dict[str, FetchedAddress] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    resting: set[str] = field(default_factory=set)

    def of_kind(self, kind: str, found_in: set[str]) -> list[FetchedAddress]:
        return [row for row in self.rows.values() if row.kind == kind and row.found_in in found_in]

    def put(self, row: FetchedAddress) -> None:
        self.rows[row.url] = self.changed[row.url] = row

    def note_found(self, links: Iterable[Link], kind: str, found_in: str) -> None:
        for link in links:
            known = self.rows.get(link.url)
            if known is None:
                self.put(_found(link.url, kind, found_in, link.dated))
                continue
            if known.kind != kind or known.found_in is None:
                continue
            # What waits belongs to whoever named it last: the feed that first did may have left the settings.
            place = found_in if known.status in ("found", "failed") else known.found_in
            dated = link.dated or known.dated
            if (place, dated) != (known.found_in, known.dated):
                self.put(replace(known, found_in=place, dated=dated))

    def note_answer(self, row: FetchedAddress, answer: Answer, file: str | None) -> None:
        new = answer.status == 200
        self.put(
            replace(
                row,
                status="fetched" if new else "unchanged",
                reason=None,
                message=None,
                http_status=answer.status,
                final_url=answer.url,
                etag=answer.header("etag") or (None if new else row.etag),
                last_modified=answer.header("last-modified") or (None if new else row.last_modified),
                fetched_at=self.now,
                tried_at=self.now,
                failures=0,
                next_at=None,
                file=file or row.file,
            )
        )

    def note_failure(self, row: FetchedAddress, error: FetchError) -> None:
        # Two to the power of failures, bounded before it leaves the range of dates.
        pause = max(min(_FIRST_RETRY * 2 ** min(row.failures, 10), _LAST_RETRY), timedelta(seconds=error.wait))
        # A listing that someone named is asked again whatever it said: the fault may be mended.
        again = error.retry or row.kind == "listing"
        self.counts[f"failed {error.reason}"] += 1
        if error.status in _OVERLOADED:
            self.resting.add(host_of(row.url))
        self.put(
            replace(
                row,
                status="failed",
                reason=error.reason,
                message=str(error),
                http_status=error.status,
                tried_at=self.now,
                failures=row.failures + 1,
                next_at=self.now + pause if again else None,
            )
        )


def _found(url: str, kind: str, found_in: str | None, dated: datetime | None) -> FetchedAddress:
    return FetchedAddress(
        url=url,
        kind=kind,
        found_in=found_in,
        status="found",
        reason=None,
        message=None,
        http_status=None,
        final_url=None,
        etag=None,
        last_modified=None,
        dated=dated,
        fetched_at=None,
        tried_at=None,
        failures=0,
        next_at=None,
        file=None,
    )


def _ask_listings(feeds: Sequence[str], state: _Books, fetcher: Fetcher) -> None:
    """Ask the feeds, and the sitemaps that they name in turn, for what is new."""
    asked: set[str] = set()
    for feed in feeds:
        known = state.rows.get(feed)
        row = known if known and known.kind == "listing" else _found(feed, "listing", None, None)
        asked.add(feed)
        if row.status != "failed" or row.next_at is None or row.next_at <= state.now:
            _ask_listing(row, state, fetcher)
    for _ in range(MOST_LISTINGS):
        children = [row for row in state.of_kind("listing", _active(feeds, state)) if row.url not in asked]
        due = [row for row in children if _is_listing_due(row, state.now)]
        if not due:
            return
        newest = max(due, key=lambda row: (row.status == "found", row.dated or datetime.min))
        asked.add(newest.url)
        _ask_listing(newest, state, fetcher)


def _ask_listing(row: FetchedAddress, state: _Books, fetcher: Fetcher) -> None:
    state.counts["listings"] += 1
    try:
        answer = fetcher.get(row.url, etag=row.etag, last_modified=row.last_modified, most_bytes=MOST_BYTES)
        if answer.status == 200:
            listing = read_listing(answer.body, answer.url)
            state.note_found(listing.pages, "page", row.url)
            state.note_found(listing.listings, "listing", row.url)
    except ListingError as error:
        state.note_failure(row, FetchError("not_a_listing", str(error)))
    except FetchError as error:
        state.note_failure(row, error)
    else:
        state.note_answer(row, answer, None)


def _active(feeds: Sequence[str], state: _Books) -> set[str]:
    """The feeds and what they name, through however many indexes: what left the settings is left alone."""
    children: dict[str, list[str]] = {}
    for row in state.rows.values():
        if row.kind == "listing" and row.found_in:
            children.setdefault(row.found_in, []).append(row.url)
    active: set[str] = set()
    waiting = list(feeds)
    while waiting:
        listing = waiting.pop()
        if listing not in active:
            active.add(listing)
            waiting += children.get(listing, [])
    return active


def _is_listing_due(row: FetchedAddress, now: datetime) -> bool:
    if row.status in ("found", "failed"):
        return row.next_at is None or row.next_at <= now
    return row.dated is None or row.fetched_at is None or row.dated > row.fetched_at


def _is_due(row: FetchedAddress, now: datetime) -> bool:
    if row.status == "found":
        return row.next_at is None or row.next_at <= now
    if row.status == "failed":
        return row.next_at is not None and row.next_at <= now
    # A date to come is a mistake, and would have the page fetched in every round until then.
    return row.dated is not None and row.fetched_at is not None and row.fetched_at < row.dated <= now


def _chosen(feeds: Sequence[str], state: _Books, most_per_host: int) -> list[FetchedAddress]:
    """The pages to fetch now: newest first, so many a host, hosts in turn so that one's delay is another's time."""
    due = [row for row in state.of_kind("page", _active(feeds, state)) if _is_due(row, state.now)]
    due.sort(key=lambda row: row.dated or datetime.min, reverse=True)
    taken: Counter[str] = Counter()
    chosen = []
    for row in due:
        host = host_of(row.url)
        if taken[host] < most_per_host:
            chosen.append((taken[host], row))
            taken[host] += 1
    return [row for _, row in sorted(chosen, key=lambda pair: pair[0])][:MOST_PAGES]


def _fetch_pages(pages: Sequence[FetchedAddress], state: _Books, fetcher: Fetcher, file: _RoundFile) -> None:
    asked: Counter[str] = Counter()
    for row in pages:
        host = host_of(row.url)
        if host in state.resting or (asked[host] and asked[host] * fetcher.delay_of(row.url) > _HOST_SECONDS):
            continue
        asked[host] += 1
        try:
            answer = fetcher.get(row.url, etag=row.etag, last_modified=row.last_modified, media_types=_PAGE_TYPES)
        except FetchError as error:
            state.note_failure(row, error)
            continue
        name = file.add(answer) if answer.status == 200 else None
        state.counts["fetched" if name else "unchanged"] += 1
        state.note_answer(row, answer, name)


class _RoundFile:
    """The WARC of one round: hidden while it is written, named when it is whole, not there where no page came."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self._name = f"round-{now:%Y%m%dT%H%M%S%f}.warc.gz"
        self._folder, self._partial = folder, folder / f".{self._name}.partial"
        self._stream: Any = None
        self._writer: Any = None
        self.path: Path | None = None

    def __enter__(self) -> _RoundFile:
        return self

    def add(self, answer: Answer) -> str:
        """Write an answer as a response record; the name that the file will have."""
        if self._writer is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._stream = self._partial.open("wb")
            self._writer = WARCWriter(self._stream, gzip=True)
            info = {"software": "attache", "format": "WARC File Format 1.0"}
            self._writer.write_record(self._writer.create_warcinfo_record(self._name, info))
        # The body is unpacked already; a header that says otherwise would have readers unpack it once more.
        headers = [(name, value) for name, value in answer.headers if name.lower() not in _UNPACKED]
        headers.append(("Content-Length", str(len(answer.body))))
        record = self._writer.create_warc_record(
            answer.url,
            "response",
            payload=io.BytesIO(answer.body),
            http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
        )
        self._writer.write_record(record)
        return self._name

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        if self._stream is None:
            return
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()
        if kind is not None:
            self._partial.unlink(missing_ok=True)
            return
        self.path = self._folder / self._name
        self._partial.replace(self.path)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)

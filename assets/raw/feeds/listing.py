"""From the bytes of a feed (RSS, Atom) or a sitemap to the links in it. Nothing is fetched here.

Sitemaps follow https://www.sitemaps.org/protocol.html (XML, index, plain text, gzip); Google's news sitemaps add a
date of publication. The bytes are a stranger's: no entity is expanded, nothing outside is loaded, sizes are bounded.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import feedparser
from lxml import etree

MOST_BYTES = 50 * 1024 * 1024
"""Most bytes of a listing, unpacked: what sitemaps.org allows a sitemap."""

MOST_LINKS = 50_000
"""Most links that are read from one listing: what sitemaps.org allows a sitemap."""

_MOST_ADDRESS = 2048  # sitemaps.org: an address has fewer characters than this
_FEEDS = ("rss", "RDF", "feed")
_SITEMAPS = {"urlset": "url", "sitemapindex": "sitemap"}


class ListingError(Exception):
    """The bytes are neither a feed nor a sitemap, or are too large; the message says which."""


@dataclass(frozen=True)
class Link:
    """One address in a listing; `dated` is when the listing says it appeared or last changed (UTC, no zone)."""

    url: str
    dated: datetime | None = None


@dataclass(frozen=True)
class Listing:
    """What a listing names: pages, and (a sitemap index) further listings; each in its order and once."""

    pages: tuple[Link, ...] = ()
    listings: tuple[Link, ...] = ()


def read_listing(content: bytes, address: str) -> Listing:
    """The links of a feed or sitemap that was fetched from `address`, against which short links are completed.

    A listing that breaks off gives the links before the break. Raises ListingError.
    """
    content = _unpacked(content)
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _plain_sitemap(content, address)
    root = _root(content)
    kind = "nothing" if root is None else etree.QName(root).localname
    if kind in _FEEDS:
        return Listing(pages=_links(_feed_entries(content), address))
    if root is None or kind not in _SITEMAPS:
        raise ListingError(f"It is neither a feed nor a sitemap: its outermost element is {kind[:40]!r}")
    links = _links(_sitemap_entries(root, kind), address)
    return Listing(listings=links) if kind == "sitemapindex" else Listing(pages=links)


def _unpacked(content: bytes) -> bytes:
    if content.startswith(b"\x1f\x8b"):
        unpacker = zlib.decompressobj(wbits=31)
        try:
            content = unpacker.decompress(content, MOST_BYTES + 1)
        except zlib.error as error:
            raise ListingError(f"It is packed with gzip, and damaged ({error})") from None
    if len(content) > MOST_BYTES:
        raise ListingError(f"It is larger than {MOST_BYTES} bytes")
    return content


def _root(content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _plain_sitemap(content: bytes, address: str) -> Listing:
    lines = [line.strip() for line in content.decode("utf-8-sig", "replace").splitlines()]
    urls = [line for line in lines if line]
    if not urls or not all(url.startswith(("http://", "https://")) for url in urls):
        raise ListingError("It is neither a feed nor a sitemap: neither XML nor one address a line")
    return Listing(pages=_links([(url, None) for url in urls], address))


def _feed_entries(content: bytes) -> list[tuple[str, datetime | None]]:
    # A stream, since feedparser would open text as an address or a file. Nothing of it is rendered, so that cleaning
    # its HTML would only cost time.
    parsed = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    return [(entry.get("link") or "", _feed_date(entry)) for entry in parsed.entries]


def _feed_date(entry: Any) -> datetime | None:
    dates = [entry.get(name) for name in ("published_parsed", "updated_parsed")]
    try:
        return max((datetime(*date[:6]) for date in dates if date), default=None)
    except ValueError:
        return None


def _sitemap_entries(root: Any, kind: str) -> list[tuple[str, datetime | None]]:
    entries = []
    for element in root.iterchildren(f"{{*}}{_SITEMAPS[kind]}", _SITEMAPS[kind]):
        # Only the entry's own `loc`: images and videos inside an entry have one as well.
        location = element.findtext("{*}loc") or ""
        dates = [element.findtext("{*}lastmod"), element.findtext("{*}news/{*}publication_date")]
        read = [_w3c_date(date.strip(), whole_day=kind == "sitemapindex") for date in dates if date]
        entries.append((location.strip(), max((date for date in read if date), default=None)))
    return entries


def _w3c_date(text: str, *, whole_day: bool) -> datetime | None:
    """A W3C date; with `whole_day`, one without a time is the day's end, for what may change until then."""
    try:
        date = datetime.fromisoformat(text)
    except ValueError:
        return None
    try:
        if len(text) <= len("2026-01-01"):
            return date + timedelta(days=1) if whole_day else date
        return date.astimezone(UTC).replace(tzinfo=None) if date.tzinfo else date
    except OverflowError:
        return None


def _links(entries: list[tuple[str, datetime | None]], address: str) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for short, dated in entries:
        url = web_address(short, address)
        if url and url not in found:
            found[url] = Link(url, dated)
        if len(found) == MOST_LINKS:
            break
    return tuple(found.values())


def web_address(link: str, base: str) -> str | None:
    """A link as a whole address without fragment; None where it is none that a page could be fetched from."""
    if not link or any(ord(character) < 33 for character in link):
        return None
    try:
        url = urldefrag(urljoin(base, link)).url
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return url if usable and not parts.username and not parts.password and len(url) <= _MOST_ADDRESS else None

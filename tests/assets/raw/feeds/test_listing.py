"""Feeds and sitemaps as strangers write them: kinds, dates, damage, bombs."""

import gzip
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.raw.feeds.listing import Link, ListingError, read_listing, web_address

BASE = "https://news.example/feeds/all.xml"
SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def pages(text: str) -> tuple[Link, ...]:
    return read_listing(text.encode(), BASE).pages


def test_rss_gives_whole_addresses_once_with_dates_in_utc() -> None:
    found = pages(
        "<rss version='2.0'><channel><link>https://news.example/</link>"
        "<item><link>/a?x=1&amp;y=2#top</link><pubDate>Tue, 18 Jun 2024 08:00:00 +0200</pubDate></item>"
        "<item><link>https://news.example/a?x=1&amp;y=2</link></item>"
        "<item><guid isPermaLink='true'>https://other.example/b</guid></item>"
        "<item><link>javascript:alert(1)</link></item><item><title>no link</title></item></channel></rss>"
    )
    assert found == (
        Link("https://news.example/a?x=1&y=2", datetime(2024, 6, 18, 6)),
        Link("https://other.example/b", None),
    )


def test_atom_takes_the_page_and_the_later_date() -> None:
    found = pages(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="edit" href="/edit"/>'
        '<link rel="alternate" href="/page"/><published>2024-06-18T06:00:00Z</published>'
        "<updated>2024-06-19T06:00:00Z</updated></entry></feed>"
    )
    assert found == (Link("https://news.example/page", datetime(2024, 6, 19, 6)),)


def test_a_sitemap_gives_pages_not_their_images() -> None:
    text = (
        f'<urlset {SITEMAP} xmlns:i="http://www.google.com/schemas/sitemap-image/1.1" '
        'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
        "<url><i:image><i:loc>https://news.example/i.jpg</i:loc></i:image><loc> https://news.example/1 </loc>"
        "<lastmod>2024-06-18</lastmod></url>"
        "<url><loc>https://news.example/2</loc><n:news><n:publication_date>2024-06-18T08:00+02:00"
        "</n:publication_date></n:news></url></urlset>"
    )
    expected = (
        Link("https://news.example/1", datetime(2024, 6, 18)),
        Link("https://news.example/2", datetime(2024, 6, 18, 6)),
    )
    assert pages(text) == expected
    assert read_listing(gzip.compress(text.encode()), BASE).pages == expected


def test_a_sitemap_index_gives_sitemaps_which_may_change_until_their_day_ends() -> None:
    entry = "<sitemap><loc>/s1.xml.gz</loc><lastmod>2024-06-18</lastmod></sitemap>"
    text = f"<sitemapindex {SITEMAP}>{entry}</sitemapindex>"
    found = read_listing(text.encode(), BASE)
    assert found.pages == ()
    assert found.listings == (Link("https://news.example/s1.xml.gz", datetime(2024, 6, 19)),)


def test_a_plain_sitemap_is_one_address_a_line() -> None:
    assert [link.url for link in pages("https://a.example/1\r\nhttps://a.example/2\n")] == [
        "https://a.example/1",
        "https://a.example/2",
    ]


def test_a_feed_that_breaks_off_or_is_not_well_formed_gives_what_stands_before() -> None:
    text = "<rss><channel><item><link>https://a.example/1</link><title>A & B</title></item><item><link>https://a"
    assert pages(text)[0].url == "https://a.example/1"


@pytest.mark.parametrize("content", [b"", b"<html><body>Not found</body></html>", b"{}", b"<", b"\x1f\x8bnot gzip"])
def test_what_is_neither_is_refused(content: bytes) -> None:
    with pytest.raises(ListingError):
        read_listing(content, BASE)


def test_entities_are_not_expanded() -> None:
    bomb = "<!DOCTYPE x [<!ENTITY a 'https://a.example/'><!ENTITY b SYSTEM 'file:///etc/passwd'>]>"
    for tags in (
        f"<urlset {SITEMAP}><url><loc>%s</loc></url></urlset>",
        "<rss><channel><item><link>%s</link></item></channel></rss>",
    ):
        for entity in ("&a;", "&b;"):
            assert all("root" not in link.url for link in pages(bomb + tags % entity))
    nested = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
    laughs = f"<!DOCTYPE x [<!ENTITY e0 'ha'>{nested}]><rss><channel><item><link>https://a.example/&e11;</link></item></channel></rss>"
    assert all(len(link.url) < 200 for link in pages(laughs))


def test_a_bomb_of_gzip_is_refused() -> None:
    with pytest.raises(ListingError, match="larger"):
        read_listing(gzip.compress(b" " * (50 * 1024 * 1024 + 1)), BASE)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    for data in (content, b"<rss><channel><item><link>" + content, b"<urlset><url><loc>" + content):
        try:
            found = read_listing(data, BASE)
        except ListingError:
            continue
        assert all(web_address(link.url, "") == link.url for link in found.pages)

"""Rounds of feeds against a real server on loopback, a real warehouse, and the run that takes the pages in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from assets.warehouse import Upsert
from pipelines.definitions import build_definitions
from pipelines.feeds import Round, run_round
from pipelines.fetching import Fetcher, FetchError
from pipelines.instance import HomeBusy, only_run
from pipelines.operations import FETCHED, FetchedAddress
from pipelines.resources import warehouse_of
from pipelines.runs import run_corpus
from pipelines.sensors import feeds as feeds_sensor
from pipelines.settings import Settings, SettingsError, load_settings
from tests.pipelines.test_road import Recorder
from tests.scripted_server import Received, Reply, ScriptedServer

HTML = {"Content-Type": "text/html; charset=utf-8"}
PAGE = (
    "<html lang='en'><head><title>{0}</title></head><body><article><h1>{0}</h1>"
    "<p>The president of Chad met the president of Niger in Ndjamena on Monday to discuss border security ({0}).</p>"
    "<p>Officials said that both delegations would meet again in the coming weeks to go on with the talks.</p>"
    "</article></body></html>"
)


class Site:
    """A news site: what stands at each path, with ETags and robots.txt."""

    def __init__(self, server: ScriptedServer) -> None:
        self.server, self.url = server, server.url
        self.replies: dict[str, Reply] = {}
        server.respond = self._respond

    def _respond(self, request: Received) -> Reply:
        reply = self.replies.get(request.path, Reply(b"", 404))
        etag = reply.headers.get("ETag")
        return Reply(b"", 304) if etag and request.headers.get("If-None-Match") == etag else reply

    def page(self, path: str, etag: str | None = None) -> None:
        self.replies[path] = Reply(PAGE.format(path).encode(), headers={**HTML, **({"ETag": etag} if etag else {})})

    def feed(self, *items: str, path: str = "/feed", etag: str | None = None) -> None:
        body = "".join(f"<item>{item}</item>" for item in items)
        self.replies[path] = Reply(
            f"<rss version='2.0'><channel>{body}</channel></rss>".encode(), headers={"ETag": etag} if etag else {}
        )

    def robots(self, text: str) -> None:
        self.replies["/robots.txt"] = Reply(text.encode(), headers={"Content-Type": "text/plain"})

    def asked(self) -> list[str]:
        paths = [request.path for request in self.server.received]
        self.server.received.clear()
        return paths


def link(path: str, date: str = "") -> str:
    return f"<link>{path}</link>" + (f"<pubDate>{date}</pubDate>" if date else "")


@pytest.fixture
def site() -> Iterator[Site]:
    server = ScriptedServer()
    yield Site(server)
    server.stop()


@pytest.fixture
def settings(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("ATTACHE_")]:
        monkeypatch.delenv(name)
    return load_settings(
        feeds=[f"{site.url}/feed"],
        corpus=tmp_path / "corpus",
        warehouse=tmp_path / "w.duckdb",
        feeds_delay_seconds=0,
        feeds_private_addresses=True,
        engines=["none"],
        workers=1,
    )


def go(settings: Settings, **changes: object) -> Round:
    settings = settings.model_copy(update=changes)
    return run_round(settings, warehouse_of(settings))


def books(settings: Settings) -> dict[str, FetchedAddress]:
    rows = FETCHED.rows(warehouse_of(settings).read("SELECT * FROM ops.fetched"))
    return {"/" + row.url.split("/", 3)[3]: row for row in rows}


def change(settings: Settings, row: FetchedAddress) -> None:
    warehouse_of(settings).write([Upsert(FETCHED, FETCHED.frame([row]))])


def test_pages_of_a_feed_are_fetched_coded_and_not_fetched_again(site: Site, settings: Settings) -> None:
    site.feed(link("/a"), link("/b"), etag='"f1"')
    site.page("/a", '"a1"')
    site.page("/b")
    done = go(settings)
    assert (done.listings, done.fetched, done.waiting, done.failed) == (1, 2, 0, {})
    assert done.file and sorted(p.name for p in done.file.parent.iterdir()) == [done.file.name]
    agents = {request.headers["User-Agent"].partition("/")[0] for request in site.server.received}
    assert agents == {"attache"}
    assert site.asked() == ["/robots.txt", "/feed", "/a", "/b"]

    outcome = run_corpus(settings, Recorder())
    assert all(run.success for run in outcome.runs)
    found = warehouse_of(settings).read("SELECT url, crawled_at FROM raw.documents ORDER BY url")
    assert list(found["url"]) == [f"{site.url}/a", f"{site.url}/b"] and found["crawled_at"].null_count() == 0
    mentions = warehouse_of(settings).read("SELECT count(*) AS n FROM events.mentions")
    assert mentions["n"][0] >= 1

    again = go(settings)
    assert (again.fetched, again.unchanged, again.file) == (0, 0, None)
    assert site.asked() == ["/robots.txt", "/feed"]
    assert books(settings)["/feed"].status == "unchanged"


def test_a_page_is_asked_again_only_where_its_listing_dates_it_later(site: Site, settings: Settings) -> None:
    site.feed(link("/a", "Tue, 18 Jun 2024 08:00:00 GMT"))
    site.page("/a", '"a1"')
    go(settings)
    change(settings, replace(books(settings)["/a"], fetched_at=datetime(2024, 6, 18, 9)))
    site.asked()
    assert go(settings).unchanged == 0 and "/a" not in site.asked()
    site.feed(link("/a", "Tue, 18 Jun 2024 10:00:00 GMT"))
    assert go(settings).unchanged == 1
    assert site.server.received[-1].headers["If-None-Match"] == '"a1"'
    assert books(settings)["/a"].file  # our copy still has its file


def test_robots_are_heard(site: Site, settings: Settings) -> None:
    site.robots("User-agent: *\nDisallow: /\n\nUser-agent: attache\nDisallow: /closed\nCrawl-delay: 3\n")
    site.feed(link("/open"), link("/closed/1"))
    site.page("/open")
    site.page("/closed/1")
    pauses: list[float] = []
    done = run_round(settings, warehouse_of(settings), Fetcher(delay=0, private_addresses=True, sleep=pauses.append))
    assert (done.fetched, done.failed) == (1, {"robots": 1})
    assert site.asked() == ["/robots.txt", "/feed", "/open"]
    assert len(pauses) == 2 and all(2 < pause <= 3 for pause in pauses)
    row = books(settings)["/closed/1"]
    assert (row.status, row.reason) == ("failed", "robots") and row.next_at


def test_where_robots_cannot_be_had_nothing_is_asked(site: Site, settings: Settings) -> None:
    site.replies["/robots.txt"] = Reply(b"", 500)
    site.feed(link("/a"))
    assert go(settings).failed == {"robots": 1}
    assert site.asked() == ["/robots.txt"]


def test_the_setting_delays_requests_to_one_host(site: Site) -> None:
    pauses: list[float] = []
    site.page("/a")
    with Fetcher(delay=5, private_addresses=True, sleep=pauses.append) as fetcher:
        fetcher.get(f"{site.url}/a")
        fetcher.get(f"{site.url}/a")
    assert len(pauses) == 2 and all(4 < pause <= 5 for pause in pauses)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/",
        "http://localhost/",
    ],
)
def test_private_addresses_are_refused_before_anything_is_sent(url: str) -> None:
    with Fetcher(delay=0) as fetcher, pytest.raises(FetchError) as refused:
        fetcher.get(url)
    assert refused.value.reason == "address"


def test_a_name_that_resolves_anew_after_the_check_is_caught_at_the_connection(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.page("/a")
    monkeypatch.setattr(Fetcher, "_check_address", lambda self, url: None)
    with Fetcher(delay=0) as fetcher, pytest.raises(FetchError) as refused:
        fetcher.get(f"{site.url}/a")
    assert refused.value.reason == "address"


def test_a_redirection_into_a_private_network_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    # One loopback address stands for the public web, since the real check leaves a test no public host to start from.
    import pipelines.fetching as fetching

    real = fetching._refuse_private
    monkeypatch.setattr(
        fetching,
        "_refuse_private",
        lambda ip, url: None if url.startswith(site.url) or ip == "127.0.0.1" else real(ip, url),
    )
    site.replies["/a"] = Reply(b"", 302, {"Location": "http://169.254.169.254/latest/meta-data"})
    site.replies["/b"] = Reply(b"", 302, {"Location": "file:///etc/passwd"})
    with Fetcher(delay=0) as fetcher:
        with pytest.raises(FetchError) as refused:
            fetcher.get(f"{site.url}/a")
        assert refused.value.reason == "address" and "169.254.169.254" in str(refused.value)
        with pytest.raises(FetchError) as refused:
            fetcher.get(f"{site.url}/b")
        assert refused.value.reason == "redirects"


def test_redirections_are_followed_by_the_rules_of_their_end(site: Site, settings: Settings) -> None:
    site.robots("User-agent: *\nDisallow: /closed\n")
    site.feed(link("/moved"), link("/sneaky"), link("/circle"))
    site.page("/a")
    site.replies["/moved"] = Reply(b"", 301, {"Location": "/a"})
    site.replies["/sneaky"] = Reply(b"", 302, {"Location": "/closed/1"})
    site.replies["/circle"] = Reply(b"", 302, {"Location": "/circle"})
    done = go(settings)
    assert (done.fetched, done.failed) == (1, {"redirects": 1, "robots": 1})
    assert books(settings)["/moved"].final_url == f"{site.url}/a"
    assert site.asked().count("/circle") == 6


def test_what_fails_is_in_the_books_with_its_next_try(site: Site, settings: Settings) -> None:
    site.feed(*map(link, ("/gone", "/ill", "/big", "/film", "/short", "/good")))
    site.replies["/ill"] = Reply(b"", 500)
    site.replies["/big"] = Reply(b"x" * (20 * 1024 * 1024 + 1), headers=HTML)
    site.replies["/film"] = Reply(b"x", headers={"Content-Type": "video/mp4"})
    site.replies["/short"] = Reply(b"x" * 1000, headers=HTML, cut_after=10)
    site.page("/good")
    done = go(settings)
    assert done.fetched == 1
    assert done.failed == {"http_status": 2, "media_type": 1, "network": 1, "too_large": 1}
    rows = books(settings)
    assert {path: bool(row.next_at) for path, row in rows.items() if row.status == "failed"} == {
        "/gone": False,
        "/ill": True,
        "/big": False,
        "/film": False,
        "/short": True,
    }
    site.asked()
    go(settings)
    assert site.asked() == ["/robots.txt", "/feed"]  # it is too early for any
    change(settings, replace(rows["/ill"], next_at=datetime(2024, 6, 18), failures=2))
    go(settings)
    assert "/ill" in site.asked()
    ill = books(settings)["/ill"]
    assert ill.failures == 3 and ill.next_at and ill.tried_at
    assert ill.next_at - ill.tried_at == timedelta(hours=4)


def test_an_overloaded_host_is_left_alone(site: Site, settings: Settings) -> None:
    site.feed(link("/1"), link("/2"))
    site.replies["/1"] = Reply(b"", 429, {"Retry-After": "7200"})
    site.page("/2")
    done = go(settings)
    assert (done.fetched, done.failed, done.waiting) == (0, {"http_status": 1}, 1)
    row = books(settings)["/1"]
    assert row.next_at and row.tried_at and row.next_at - row.tried_at == timedelta(hours=2)


@pytest.mark.parametrize(
    ("asked", "wait"),
    [
        ("", 0),
        ("soon", 0),
        ("-5", 0),
        ("60", 60),
        ("9" * 400, 604_800),
        ("Tue, 18 Jun 2024 08:00:00 GMT", 0),
        ("Tue, 18 Jun 2999 08:00:00 GMT", 604_800),
    ],
)
def test_how_long_a_host_asks_to_be_left_alone(site: Site, asked: str, wait: float) -> None:
    site.replies["/a"] = Reply(b"", 503, {"Retry-After": asked})
    with Fetcher(delay=0, private_addresses=True) as fetcher, pytest.raises(FetchError) as refused:
        fetcher.get(f"{site.url}/a")
    assert refused.value.retry and refused.value.wait == wait


def test_newest_first_and_the_rest_in_the_next_round_though_the_feed_is_unchanged(
    site: Site, settings: Settings
) -> None:
    site.feed(
        link("/old", "Tue, 18 Jun 2024 08:00:00 GMT"), link("/new", "Wed, 19 Jun 2024 08:00:00 GMT"), etag='"f"'
    )
    site.page("/old")
    site.page("/new")
    first = go(settings, feeds_pages_per_host=1)
    assert (first.fetched, first.waiting) == (1, 1) and site.asked()[-1] == "/new"
    second = go(settings, feeds_pages_per_host=1)
    assert (second.fetched, second.waiting) == (1, 0) and site.asked()[-1] == "/old"


def test_sitemaps_of_an_index_are_asked_when_they_are_newer(site: Site, settings: Settings) -> None:
    def index(day: str) -> Reply:
        return Reply(
            f"<sitemapindex><sitemap><loc>{site.url}/s.xml</loc><lastmod>{day}T00:00:00Z</lastmod></sitemap>"
            "</sitemapindex>".encode()
        )

    site.replies["/feed"] = index("2024-06-18")
    site.replies["/s.xml"] = Reply(f"<urlset><url><loc>{site.url}/a</loc></url></urlset>".encode())
    site.page("/a")
    assert (go(settings).fetched, site.asked()) == (1, ["/robots.txt", "/feed", "/s.xml", "/a"])
    go(settings)
    assert site.asked() == ["/robots.txt", "/feed"]
    site.replies["/feed"] = index("2999-06-18")
    go(settings)
    assert site.asked() == ["/robots.txt", "/feed", "/s.xml"]


def test_a_broken_feed_is_told_and_the_others_go_on(site: Site, settings: Settings) -> None:
    site.replies["/broken"] = Reply(b"<html>Moved</html>", headers=HTML)
    site.feed(link("/a"))
    site.page("/a")
    done = go(settings, feeds=(f"{site.url}/broken", f"{site.url}/feed"))
    assert (done.fetched, done.failed) == (1, {"not_a_listing": 1})
    assert "html" in (books(settings)["/broken"].message or "")


def test_pages_of_a_feed_that_left_the_settings_are_left_alone(site: Site, settings: Settings) -> None:
    site.feed(link("/1"), link("/2"), path="/other")
    site.feed()
    go(settings, feeds=(f"{site.url}/other",), feeds_pages_per_host=1)
    site.page("/1")
    site.page("/2")
    site.asked()
    assert go(settings).fetched == 0 and site.asked() == ["/robots.txt", "/feed"]
    site.feed(link("/2"))
    assert go(settings).fetched == 1 and site.asked()[-1] == "/2"  # another feed names it


def test_a_round_that_is_stopped_leaves_neither_file_nor_books(
    site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.feed(link("/a"), link("/b"))
    site.page("/a")
    site.page("/b")
    real: Callable[..., object] = Fetcher.get

    def stopped(self: Fetcher, url: str, **options: object) -> object:
        if url.endswith("/b"):
            raise KeyboardInterrupt
        return real(self, url, **options)

    monkeypatch.setattr(Fetcher, "get", stopped)
    with pytest.raises(KeyboardInterrupt):
        go(settings)
    assert books(settings) == {} and list((Path(settings.corpus) / "fetched").iterdir()) == []
    monkeypatch.setattr(Fetcher, "get", real)
    assert go(settings).fetched == 2


def test_two_rounds_at_once_are_refused(settings: Settings) -> None:
    with only_run(settings.home, 0, print, name="fetch"), pytest.raises(HomeBusy, match="attache fetch"):
        go(settings)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"feeds": ()}, "names no feed"),
        ({"feeds": ("no-such-file.txt",)}, "cannot be read"),
        ({"feeds": ("ftp://a.example/feed",)}, "not an address"),
        ({"feeds": ("https://me:secret@a.example/feed",)}, "an address with a name or password"),
        ({"corpus": "s3://bucket/prefix"}, "feeds_folder must be set"),
    ],
)
def test_mistakes_in_the_settings_are_told(settings: Settings, changes: dict[str, object], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        go(settings, **changes)


def test_the_settings_file_names_feeds_and_files_beside_it(site: Site, tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "attache.toml").write_text('feeds = ["https://a.example/feed", "more.txt"]\nfeeds_folder = "in"\n')
    os.environ["ATTACHE_CONFIG"] = str(folder / "attache.toml")
    try:
        loaded = load_settings()
        with pytest.raises(SettingsError, match=r"feeds_private_addresses .*true or false"):
            load_settings(feeds_private_addresses="perhaps")
    finally:
        del os.environ["ATTACHE_CONFIG"]
    assert (
        loaded.feeds == ("https://a.example/feed", str(folder / "more.txt")) and loaded.feeds_folder == folder / "in"
    )


def test_the_sensor_asks_for_a_round_that_dagster_runs(site: Site, settings: Settings) -> None:
    site.feed(link("/a"))
    site.page("/a")
    definitions = build_definitions(settings)
    with dg.instance_for_test() as instance:
        context = dg.build_sensor_context(instance=instance, resources=definitions.resources)
        assert isinstance(feeds_sensor(context), dg.RunRequest)
        assert definitions.resolve_job_def("fetch").execute_in_process(instance=instance).success
        none = build_definitions(settings.model_copy(update={"feeds": ()}))
        context = dg.build_sensor_context(instance=instance, resources=none.resources)
        assert isinstance(feeds_sensor(context), dg.SkipReason)
    assert books(settings)["/a"].status == "fetched"

"""Fetching from the web with manners: robots.txt is heard, a host is asked slowly, sizes are bounded.

robots.txt is read as RFC 9309 says: an answer of 4xx allows everything, a server in trouble (5xx, no answer) nothing.
Addresses come from strangers' feeds, so that each, and each redirection, is refused where it leads into a private
network. What to fetch, and the books of it, are `pipelines.feeds`'s.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
from protego import Protego

from assets.raw.feeds.listing import web_address

PRODUCT = "attache"
"""The name that robots.txt may speak of."""

MOST_PAGE_BYTES = 20 * 1024 * 1024
"""Most bytes of a page, unpacked: as many as a document may have."""

_MOST_ROBOTS_BYTES = 500 * 1024  # RFC 9309, 2.5: at least 500 KiB are to be read
_MOST_REDIRECTIONS = 5
_TIMEOUT = httpx.Timeout(20.0, connect=10.0)
_MOST_SECONDS = 120.0  # for one answer, however slowly it drips
_LONGEST_WAIT = 7 * 86_400.0
_REDIRECTIONS = (301, 302, 303, 307, 308)
_PASSING = (408, 425, 429)  # the answers of 4xx that are no last word


class FetchError(Exception):
    """An address gave nothing. `retry`: whether it may later; `wait`: seconds the host asked for, where it did."""

    def __init__(
        self, reason: str, message: str, *, status: int | None = None, retry: bool = True, wait: float = 0.0
    ) -> None:
        super().__init__(message)
        self.reason, self.status, self.retry, self.wait = reason, status, retry, wait


@dataclass(frozen=True)
class Answer:
    """What an address answered: 200 with a body, or 304 without. `url` is where redirections led."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The header of that name (in lower case), or None."""
        return next((value for key, value in self.headers if key.lower() == name), None)


@dataclass
class Fetcher:
    """One client for a round. Not for several threads.

    `delay` is the seconds between two requests to one host, where its robots.txt asks for no longer ones.
    `private_addresses` lets addresses of this machine and its network through.
    """

    delay: float = 2.0
    private_addresses: bool = False
    sleep: Callable[[float], None] = time.sleep
    _robots: dict[str, Protego | FetchError] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Neither proxies nor passwords out of the environment: the check of addresses has to see where we connect to.
        self._client = httpx.Client(
            timeout=_TIMEOUT,
            trust_env=False,
            headers={"User-Agent": f"{PRODUCT}/{version('attache-events')}", "Accept-Encoding": "gzip"},
        )

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *error: object) -> None:
        self._client.close()

    def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        media_types: tuple[str, ...] = (),
        most_bytes: int = MOST_PAGE_BYTES,
    ) -> Answer:
        """What is at the address: 200, or 304 where it is as `etag` and `last_modified` say. Raises FetchError.

        An answer of none of the `media_types` (any, if empty) is left unread.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        for _ in range(_MOST_REDIRECTIONS + 1):
            self._check_robots(url)
            answer = self._once(url, headers, media_types, most_bytes)
            if answer.status not in _REDIRECTIONS:
                return _judged(answer)
            url = _redirected(answer)
        raise FetchError("redirects", f"It redirects more than {_MOST_REDIRECTIONS} times", retry=False)

    def delay_of(self, url: str) -> float:
        """Seconds between two requests to the address's host, as far as its robots.txt is known."""
        robots = self._robots.get(host_of(url))
        wanted = robots.crawl_delay(PRODUCT) if isinstance(robots, Protego) else None
        return max(self.delay, wanted or 0.0)

    def _check_robots(self, url: str) -> None:
        host = host_of(url)
        if host not in self._robots:
            self._robots[host] = self._read_robots(host)
        robots = self._robots[host]
        if isinstance(robots, FetchError):
            raise FetchError(robots.reason, str(robots), status=robots.status, retry=robots.retry, wait=robots.wait)
        if not robots.can_fetch(url, PRODUCT):
            raise FetchError("robots", f"The robots.txt of {host} does not allow it")

    def _read_robots(self, host: str) -> Protego | FetchError:
        url = f"{host}/robots.txt"
        try:
            for _ in range(_MOST_REDIRECTIONS + 1):
                answer = self._once(url, {}, (), _MOST_ROBOTS_BYTES, cut=True)
                if answer.status not in _REDIRECTIONS:
                    break
                url = _redirected(answer)
        except FetchError as error:
            retry = error.reason != "address"  # the page itself may be well
            return FetchError(error.reason, f"{error} (asked for {url})", retry=retry, wait=error.wait)
        if answer.status >= 500 or answer.status == 429:
            message = f"The robots.txt of {host} answers {answer.status}, so that nothing may be asked for"
            return FetchError("robots", message, status=answer.status, wait=_wait_asked(answer))
        return Protego.parse(answer.body.decode("utf-8-sig", "replace") if answer.status == 200 else "")

    def _once(
        self, url: str, headers: dict[str, str], media_types: tuple[str, ...], most_bytes: int, *, cut: bool = False
    ) -> Answer:
        self._check_address(url)
        self._wait_for(url)
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                self._check_peer(response)
                body = b""
                if response.status_code == 200:
                    _check_media_type(response, media_types)
                    body = _body(response, most_bytes, cut=cut)
                return Answer(url, response.status_code, tuple(response.headers.multi_items()), body)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError) as error:
            raise FetchError("network", f"No answer: {str(error) or type(error).__name__}") from None

    def _wait_for(self, url: str) -> None:
        host = host_of(url)
        if host in self._asked:
            left = self._asked[host] + self.delay_of(url) - time.monotonic()
            if left > 0:
                self.sleep(left)
        self._asked[host] = time.monotonic()

    def _check_address(self, url: str) -> None:
        parts = urlsplit(url)
        if self.private_addresses:
            return
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchError("network", f"The host {parts.hostname} is not found ({error})") from None
        for *_, address in found:
            _refuse_private(str(address[0]), url)

    def _check_peer(self, response: httpx.Response) -> None:
        """The name may have been resolved anew between check and connection: see who really answers."""
        stream: Any = response.extensions.get("network_stream")
        peer = stream.get_extra_info("server_addr") if stream is not None else None
        if peer and not self.private_addresses:
            _refuse_private(str(peer[0]), str(response.url))


def host_of(url: str) -> str:
    """Scheme, host and port of an address: what a robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _refuse_private(address: str, url: str) -> None:
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if not ip.is_global or ip.is_multicast:
        raise FetchError(
            "address",
            f"{host_of(url)} is in a private network ({ip}); the setting feeds_private_addresses lets it through",
            retry=False,
        )


def _redirected(answer: Answer) -> str:
    target = web_address(urljoin(answer.url, answer.header("location") or ""), answer.url)
    if target is None:
        raise FetchError("redirects", "It redirects to what is no web address", status=answer.status, retry=False)
    return target


def _judged(answer: Answer) -> Answer:
    if answer.status in (200, 304):
        return answer
    retry = answer.status >= 500 or answer.status in _PASSING
    message = f"The server answered {answer.status}"
    raise FetchError("http_status", message, status=answer.status, retry=retry, wait=_wait_asked(answer))


def _wait_asked(answer: Answer) -> float:
    """What Retry-After (RFC 9110, 10.2.3: seconds or a date) asks for, in seconds, at most a week."""
    asked = (answer.header("retry-after") or "").strip()
    try:
        seconds = float(asked) if asked.isdecimal() else parsedate_to_datetime(asked).timestamp() - time.time()
    except (ValueError, OverflowError):
        return 0.0
    return min(max(seconds, 0.0), _LONGEST_WAIT)


def _check_media_type(response: httpx.Response, media_types: tuple[str, ...]) -> None:
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_types and media_type and media_type not in media_types:
        raise FetchError("media_type", f"It is {media_type[:80]}, not {' or '.join(media_types)}", retry=False)


def _body(response: httpx.Response, most_bytes: int, *, cut: bool) -> bytes:
    parts, size, deadline = [], 0, time.monotonic() + _MOST_SECONDS
    for part in response.iter_bytes():
        parts.append(part)
        size += len(part)
        if size > most_bytes:
            if cut:
                break
            raise FetchError("too_large", f"It is larger than {most_bytes} bytes", retry=False)
        if time.monotonic() > deadline:
            raise FetchError("network", f"It was not whole after {_MOST_SECONDS:g} seconds")
    return b"".join(parts)[:most_bytes]

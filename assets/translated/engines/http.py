"""JSON over HTTP for the engines that are servers: time limits, retries with back-off, and errors in plain words.

Keys go into headers or bodies and never into a message. Redirects are refused, so that a key is not carried to
another host. Answers are bounded in size.
"""

from __future__ import annotations

import http.client
import json
import random
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from assets.translated.engines.engine import EngineError, RetryPolicy, Usage

_LARGEST_ANSWER = 32 * 1024 * 1024
_CHUNK = 64 * 1024
# 408, 425, 429: try later; 5xx: the server's trouble, but for 501 and 505, which will not pass.
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 507, 520, 522, 524, 529})


class RequestRefused(Exception):
    """The server answered that the request itself is wrong (4xx); `status` and `detail` tell more."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(f"HTTP {status}: {detail}" if detail else f"HTTP {status}")
        self.status = status
        self.detail = detail


class Pace:
    """Lets requests through at most so many a minute, evenly, whatever thread they come from; None is no limit."""

    def __init__(
        self,
        requests_per_minute: int | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._interval = 60 / requests_per_minute if requests_per_minute else 0.0
        self._clock, self._sleep = clock, sleep
        self._next = 0.0
        self._lock = Lock()

    def wait(self) -> None:
        """Returns when the next request may go."""
        with self._lock:
            now = self._clock()
            turn = max(self._next, now)
            self._next = turn + self._interval
        if turn > now:
            self._sleep(turn - now)

    def hold(self, seconds: float) -> None:
        """No request goes for so long, since the server asked to wait."""
        with self._lock:
            self._next = max(self._next, self._clock() + seconds)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: Any, **_: Any) -> None:
        return None


class JsonClient:
    """Speaks JSON with one server at `base_url` (http or https)."""

    def __init__(
        self,
        base_url: str,
        *,
        headers: Mapping[str, str] | None = None,
        secrets: tuple[str, ...] = (),
        policy: RetryPolicy | None = None,
        usage: Usage | None = None,
        pace: Pace | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if urlsplit(base_url).scheme not in ("http", "https"):
            raise EngineError(f"{base_url!r} is not an address that begins with http:// or https://")
        self.base_url = base_url.rstrip("/")
        self._headers = {"User-Agent": "attache", "Accept": "application/json", **(headers or {})}
        self._secrets = tuple(secret for secret in secrets if secret)
        self._policy = policy or RetryPolicy()
        self._usage = usage or Usage()
        self._sleep = sleep
        self._pace = pace or Pace()
        self._opener = urllib.request.build_opener(_NoRedirect)

    def get(self, path: str) -> Any:
        """The JSON at `path`. Raises EngineError or RequestRefused."""
        return self._with_retries(self._request(path, None, self._headers))

    def post(self, path: str, payload: Mapping[str, Any]) -> Any:
        """The JSON answered to `payload`. Raises EngineError or RequestRefused."""
        body = json.dumps(payload, ensure_ascii=False).encode("utf-8", "replace")
        headers = {**self._headers, "Content-Type": "application/json; charset=utf-8"}
        return self._with_retries(self._request(path, body, headers))

    def _request(self, path: str, body: bytes | None, headers: Mapping[str, str]) -> urllib.request.Request:
        # The scheme was checked when the client was made.
        return urllib.request.Request(self.base_url + path, data=body, headers=dict(headers))  # noqa: S310

    def _with_retries(self, request: urllib.request.Request) -> Any:
        self._usage.calls += 1
        for attempt in range(1, self._policy.attempts + 1):
            trouble, wait = "", 0.0
            self._pace.wait()
            try:
                return self._once(request)
            except urllib.error.HTTPError as error:
                trouble, wait = self._judge(error, attempt)
            except json.JSONDecodeError:
                raise EngineError(
                    f"{self.base_url} answered something that is not JSON; is the address right?"
                ) from None
            except (OSError, http.client.HTTPException) as error:
                trouble, wait = self._network_trouble(error), self._back_off(attempt)
            if attempt < self._policy.attempts:
                self._usage.retries += 1
                self._sleep(wait)
        raise EngineError(f"{self.base_url} {trouble} ({self._policy.attempts} attempts)")

    def _once(self, request: urllib.request.Request) -> Any:
        deadline = time.monotonic() + self._policy.timeout
        with self._opener.open(request, timeout=self._policy.timeout) as response:
            pieces: list[bytes] = []
            size = 0
            while piece := response.read1(_CHUNK):
                pieces.append(piece)
                size += len(piece)
                if size > _LARGEST_ANSWER:
                    raise EngineError(f"{self.base_url} answered more than {_LARGEST_ANSWER // 2**20} MB")
                if time.monotonic() > deadline:
                    raise TimeoutError
            expected = response.headers.get("Content-Length", "")
            if expected.isdigit() and size < int(expected):
                raise http.client.IncompleteRead(b"", int(expected) - size)
        try:
            return json.loads(b"".join(pieces))
        except UnicodeDecodeError:
            raise json.JSONDecodeError("not UTF-8", "", 0) from None

    def _judge(self, error: urllib.error.HTTPError, attempt: int) -> tuple[str, float]:
        """What to say of a passing trouble and how long to wait; raises for one that will not pass."""
        with error:
            detail = self._shown(_detail(error))
        if error.code in _PASSING:
            asked = _retry_after(error.headers.get("Retry-After"))
            wait = self._back_off(attempt) if asked is None else asked
            if wait > self._policy.longest_wait:
                raise EngineError(f"{self.base_url} asks to wait {wait:.0f} s (HTTP {error.code}); run again later")
            if asked is not None:
                self._pace.hold(wait)
            return f"keeps answering HTTP {error.code}{': ' + detail if detail else ''}", wait
        if error.code in (401, 403):
            raise EngineError(f"{self.base_url} refuses the key (HTTP {error.code}{': ' + detail if detail else ''})")
        if 300 <= error.code < 400:
            raise EngineError(f"{self.base_url} redirects elsewhere (HTTP {error.code}); set the address it moved to")
        raise RequestRefused(error.code, detail)

    def _back_off(self, attempt: int) -> float:
        wait = min(self._policy.first_wait * 2 ** (attempt - 1), self._policy.longest_wait)
        spread = 1 + self._policy.jitter * (2 * random.random() - 1)  # noqa: S311 - spreads retries, hides nothing
        return min(wait * spread, self._policy.longest_wait)

    def _network_trouble(self, error: Exception) -> str:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        if isinstance(reason, TimeoutError):
            return f"did not answer within {self._policy.timeout:g} s"
        if isinstance(reason, ConnectionRefusedError):
            return "refused the connection; is the server running?"
        if isinstance(reason, ConnectionError | http.client.HTTPException):
            return "cut the connection"
        return f"could not be reached: {self._shown(str(reason))}"

    def _shown(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]


def _detail(error: urllib.error.HTTPError) -> str:
    """What an error's body says, in the shapes that servers use; empty if nothing can be read."""
    try:
        body = error.read(4096).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return ""
    try:
        answer = json.loads(body)
    except json.JSONDecodeError:
        return "" if body.lstrip().startswith("<") else body
    found = (
        answer.get("error", answer.get("detail", answer.get("message", ""))) if isinstance(answer, dict) else answer
    )
    return str(found.get("message", found)) if isinstance(found, dict) else str(found)


def _retry_after(value: str | None) -> float | None:
    """Seconds that a Retry-After header asks for (a number or a date), or None."""
    if not value:
        return None
    try:
        return max(float(value), 0.0)
    except ValueError:
        pass
    try:
        return max(parsedate_to_datetime(value).timestamp() - time.time(), 0.0)
    except (TypeError, ValueError):
        return None

"""From the bytes of a document, or from what is wrong with them, to a row of `raw.documents` or `raw.rejected`."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from assets.raw.documents.encodings import decode
from assets.raw.documents.fields import FieldNames, Record, RecordError, read_record
from assets.raw.documents.hints import Hints, read_hints
from assets.raw.documents.rows import RawDocument
from assets.raw.rejected.rows import RejectedInput

DOCUMENT_LIMIT = 20 * 1024 * 1024
"""Most bytes of one document. Pages are a hundredth of this; what is larger is a dump, or an attack."""

_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a sound, film or WebP image"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"PAR1", "a Parquet file"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"OggS", "a sound or film"),
    (b"ID3", "a sound"),
    (b"wOF", "a font"),
)
# Control characters, and what stands for bytes that no encoding explains.
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_NO_TEXT_SHARE = 0.05
_NO_TEXT_LEAST = 4
_SAMPLE = 8192

_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_HTML_TAG = re.compile(r"</(?:p|div|a|span|li|h[1-6]|td|article|section|em|strong|b|i)\s*>|<br\s*/?>", re.IGNORECASE)

Row = RawDocument | RejectedInput


@dataclass(frozen=True)
class Facts:
    """What is told about a document beside its bytes. `charset` is what its transport said of its encoding."""

    url: str | None = None
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    language: str | None = None
    crawled_at: datetime | None = None
    charset: str | None = None
    truncated: bool = False
    authors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recorder:
    """Makes the rows of one file in one batch. `received_at` is in UTC, without a zone.

    In an archive, `inside` is the name of the member whose items are written, and `number` the position that stands
    for any of them.
    """

    source_path: str
    batch: str
    received_at: datetime
    fields: FieldNames
    inside: str | None = None
    number: int | None = None

    def within(self, member: str, number: int) -> Recorder:
        """The recorder for an item inside a member of this archive, or of an archive inside it."""
        outer = f"{self.inside}/" if self.inside is not None else ""
        return replace(self, inside=outer + member, number=number if self.number is None else self.number)

    def reject(self, reason: str, message: str, position: int = 0, content: bytes | None = None) -> RejectedInput:
        """A row of `raw.rejected`; the message is a clause, without a full stop."""
        member = self._member(position)
        where = f"{self.source_path}, {self._where(position)}" if member else self.source_path
        return rejection(
            self.source_path,
            self.batch,
            self.received_at,
            reason,
            f"{where}: {message}.",
            self._position(position),
            content,
            member,
        )

    def record(self, value: Any, position: int) -> Row:
        """The row of a record: a JSON object, a row of a table."""
        try:
            record = read_record(value, self.fields)
        except RecordError as error:
            return self.reject(error.reason, f"{error}", position)
        content = record.content if isinstance(record.content, bytes) else _encoded(record.content)
        return self.document(content, position, promised_html=record.is_html, facts=_facts(record))

    def document(
        self,
        content: bytes,
        position: int,
        *,
        promised_html: bool,
        facts: Facts | None = None,
    ) -> Row:
        """The row of a document. Header lines are looked for in the text where no `facts` come with it."""
        wrong = _what_is_wrong(content)
        if wrong:
            return self.reject(*wrong, position, content)
        charset = facts.charset if facts else None
        decoded = decode(content, declares=promised_html or content.lstrip()[:1] == b"<", charset=charset)
        sample = decoded.text[:_SAMPLE]
        if len(_NO_TEXT.findall(sample)) > max(_NO_TEXT_SHARE * len(sample), _NO_TEXT_LEAST):
            return self.reject("binary", "its bytes are not text in any encoding", position, content)
        hints = Hints() if facts else read_hints(decoded.text)
        if not decoded.text[hints.end :].strip():
            return self.reject("no_text", "it holds nothing but header lines", position, content)
        facts = facts or Facts()
        sha256 = hashlib.sha256(content).hexdigest()
        url = hints.url or facts.url
        return RawDocument(
            document_id=document_id(sha256, url),
            batch=self.batch,
            source_path=self.source_path,
            member=self._member(position),
            url=url,
            media_type="text/html" if _is_html(decoded.text, hints.end, promised_html) else "text/plain",
            encoding=decoded.encoding,
            sha256=sha256,
            received_at=self.received_at,
            title_hint=hints.title or facts.title,
            date_hint=hints.date or facts.date,
            publisher_hint=hints.publisher or facts.publisher,
            language_hint=hints.language or facts.language,
            hint_end=hints.end,
            content=content,
            text=decoded.text,
            member_position=self._position(position),
            crawled_at=facts.crawled_at,
            flags=(*decoded.flags, *(("truncated",) if facts.truncated else ())),
            author_hint=(hints.author,) if hints.author else facts.authors,
        )

    def _position(self, position: int) -> int:
        return position if self.number is None else self.number

    def _member(self, position: int) -> str | None:
        if self.inside is None:
            return str(position) if position else None
        return f"{self.inside}:{position}" if position else self.inside

    def _where(self, position: int) -> str:
        if self.inside is None:
            return f"record {position}"
        return f"member {self.inside}{f', record {position}' if position else ''}"


def rejection(
    source_path: str,
    batch: str,
    received_at: datetime,
    reason: str,
    message: str,
    position: int = 0,
    content: bytes | None = None,
    member: str | None = None,
) -> RejectedInput:
    """A row of `raw.rejected`; the message is a sentence, with control characters made visible."""
    shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in message)
    sha256 = None if content is None else hashlib.sha256(content).hexdigest()
    return RejectedInput(source_path, position, batch, reason, shown, sha256, received_at, member)


def document_id(sha256: str, url: str | None) -> str:
    """The key of a document: 32 hexadecimal digits of a hash of its content's SHA-256 and its address."""
    return hashlib.sha256(f"{sha256}\n{url or ''}".encode(errors="replace")).hexdigest()[:32]


def _what_is_wrong(content: bytes) -> tuple[str, str] | None:
    """Reason and message where the bytes show at once that they are no page."""
    if not content.strip(b"\0 \t\r\n\f\v"):
        return "empty", "it is empty"
    if len(content) > DOCUMENT_LIMIT:
        return "too_large", f"its text is longer than {DOCUMENT_LIMIT // 1_048_576} MiB; split it"
    for magic, what in _MAGIC:
        if content.startswith(magic):
            return "binary", f"it is {what}, not a page; take out its text first"
    return None


def _facts(record: Record) -> Facts:
    return Facts(record.url, record.title, record.date, record.publisher, record.language, authors=record.authors)


def _encoded(text: str) -> bytes:
    """The text in UTF-8. JSON can hold halves of characters, which no encoding can; they become U+FFFD."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode("utf-8")


def _is_html(text: str, start: int, promised: bool) -> bool:
    """Whether the text has tags, whatever its file is called: at least one where promised, else signs of a page."""
    if _HTML_START.match(text, start):
        return True
    tags = len(_HTML_TAG.findall(text))
    return tags >= 1 or "<p" in text.lower() if promised else tags >= 3 and tags * 2000 > len(text)

"""Headlines: their grammar, and how they complete what the lead of a body tells again."""

from datetime import date

import pytest

from assets.cleaned.documents.rows import DOCUMENTS, CleanedDocument
from assets.cleaned.spans.rows import Span
from assets.events.mentions.coder import code_document, code_text
from assets.events.mentions.rows import Mention
from assets.translated.segments.segment import segment_document

PUBLISHED = date(2025, 11, 12)


def mentions_of(title: str | None, body: str) -> list[Mention]:
    values: dict[str, object] = dict.fromkeys(DOCUMENTS.row_type.__dataclass_fields__)
    values |= {
        "document_id": "d",
        "batch": "b",
        "title": title,
        "text": body,
        "language": "en",
        "published": PUBLISHED,
        "published_precision": "day",
        "publisher": "The Paper",
        "paragraph_languages": (),
    }
    document = CleanedDocument(**values)  # type: ignore[arg-type]
    span = Span("d", 0, "b", 0, 0, len(body), 100, 100 + len(body))
    return code_document(document, segment_document(document), [span])


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Macron to visit Algeria next month", ("AGREE", "FRA", "DZA", "planned")),
        ("US, China hold talks on tariffs in Geneva", ("CONSULT", "USA", "CHN", "actual")),
        ("Two soldiers killed in attack on army base in Niger", ("ASSAULT", None, "NER", "actual")),
        ("Ukraine says Russia shelled Kharkiv overnight", ("ASSAULT", "RUS", "UKR", "actual")),
        ("French troops withdraw from Niger", ("RETREAT", "FRA", "NER", "actual")),
    ],
)
def test_headlines_have_a_grammar_of_their_own(title: str, expected: tuple[str, str | None, str, str]) -> None:
    event = code_text(title, "en", PUBLISHED)[0]
    source, target = (party and party.country for party in (event.source, event.target))
    assert (event.plover_type, source, target, event.status) == expected


def test_the_headline_names_whom_the_lead_leaves_out_and_adds_no_mention() -> None:
    title, body = "Mali expels French ambassador", "The ambassador was expelled on Monday. He left without a word."
    without = mentions_of(None, body)
    (mention,) = [m for m in mentions_of(title, body) if m.plover_type == "SANCTION"]
    assert (mention.source_country, mention.target_country) == ("MLI", "FRA")
    assert not any(m.source_country == "MLI" for m in without)


def test_a_headline_alone_is_no_evidence() -> None:
    assert mentions_of("Israel bombs Lebanon", "Oil prices rose. The weather was fine.") == []


def test_evidence_stands_in_the_body_and_the_raw_text() -> None:
    body = "Israel bombed Lebanon on Tuesday. Nothing else took place."
    for mention in mentions_of("Israel bombs Lebanon", body):
        assert body[mention.evidence_start : mention.evidence_end] == mention.evidence_text
        assert mention.raw_start == mention.evidence_start + 100


def test_a_headline_that_disagrees_changes_nothing() -> None:
    (mention,) = mentions_of("Russia attacks Ukraine", "Israel bombed Lebanon on Tuesday.")
    assert (mention.source_country, mention.target_country) == ("ISR", "LBN")


@pytest.mark.parametrize(("text", "root"), [("Israel bombed Lebanon.", "ASSAULT"), ("Mali expels envoy", "SANCTION")])
def test_a_text_too_short_to_tell_its_language_is_read_in_the_likeliest(text: str, root: str) -> None:
    assert [event.plover_type for event in code_text(text, None, PUBLISHED)] == [root]

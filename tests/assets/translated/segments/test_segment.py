"""Sentence boundaries and offsets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.cleaned.documents.rows import CleanedDocument
from assets.translated.segments.segment import segment_document, sentence_spans

SEEDS = Path(__file__).parents[4] / ".." / "shared" / "seeds"

PIECES = [
    " ", "  ", '\n', '\t', '\xa0', '\u2028', ".", "...", "!", '\u061f', '\u061b', '\u061b ', "?",
    ". ", "\"", '\u201c', '\u201d', '\xab', '\xbb', "'", "(", ")", "Dr", "z.B", "3", "17", "2024",
    "3.5", "www.example.org", "a@b.org", "https://example.org/A.B", '\U0001f600', 'e\u0301', "İ",
    "ß", "The army left", "said", "Der Minister kam", "غادر الوفد العاصمة", "ثم عاد", "армия ушла",
    '\u4ed6\u6765\u4e86\u3002', '\u3002', '\u300c', '\u300d', "A", "I", "د",
]  # fmt: skip


def cut(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, language)]


def document(text: str, language: str = "en") -> CleanedDocument:
    return CleanedDocument(
        document_id="doc",
        batch="b",
        url=None,
        title=None,
        authors=(),
        publisher=None,
        published=date(2025, 1, 1),
        published_precision="day",
        published_basis="meta",
        language=language,
        text=text,
        canonical_document_id="doc",
        dropped_share=0.0,
        mojibake=False,
    )


@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=60).map("".join)),
    st.sampled_from(["en", "ar", "de", "fr", "ru", "tr", "zh", "und", "xx"]),
)
@settings(max_examples=400, deadline=None)
def test_spans_are_ordered_trimmed_and_cover_every_character(text: str, language: str) -> None:
    spans = sentence_spans(text, language)
    position = 0
    for start, end in spans:
        assert position <= start < end <= len(text)
        assert not text[position:start].strip(), "a character was left out between sentences"
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]
        position = end
    assert not text[position:].strip()


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.sampled_from(["en", "ar", "de"]))
@settings(max_examples=100, deadline=None)
def test_segments_hold_the_characters_their_offsets_name(text: str, language: str) -> None:
    segments = segment_document(document(text, language))
    assert [s.position for s in segments] == list(range(len(segments)))
    assert len({s.segment_id for s in segments}) == len(segments)
    paragraphs = text.split("\n")
    for segment in segments:
        assert text[segment.source_start : segment.source_end] == segment.source_text
        assert segment.source_text in paragraphs[segment.paragraph]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The envoy arrived, he said.A second delegation follows.", 2),
        ("en", "The envoy arrived on 3 May 2024.The talks lasted two days.", 2),
        ("en", "“We will stay,” she said.“Then we leave.”The army agreed.", 2),
        ("en", "Will they come?Nobody knows!They may.", 3),
        ("en", "Gen.Camara met Dr.Smith at Booking.Com and praised Node.Js and ASP.NET.", 1),
        ("en", "Read https://example.org/News.Today?A=1.B for version 2.0.1 of report.Pdf today.", 1),
        ("en", "Mail press@example.Org or see www.example.Co now.", 1),
        ("en", "The troops of the U.S. Army and J. F. Kone met Lt. Col. Diarra vs. No. 5 at 3.5 km.", 1),
        ("en", "“We go. We stay,” he said. Then he left.", 2),
        ("de", "Am 17. Februar traf die 2. Brigade, d. h. die Garde, z. B. in Gao ein.", 1),
        ("de", "„Wir gehen. Wir bleiben“, sagte er.Dann ging er.", 2),
        ("fr", "M. Diallo a vu Mme. Traoré et le gal. Kone. Il est parti.", 2),
        ("tr", "5. Kolordu ile Tuğg. Demir 17. yüzyıldan kalma kaleye gitti. Sonra döndü.", 2),
        ("ru", "В г. Москве А. С. Иванов принял 5 тыс. человек.Армия ушла.", 2),
        ("ar", "وصل الوفد إلى العاصمة.ثم غادر الوزير؟نعم غادر أمس!", 3),
        ("ar", "قال د. أحمد إن 3.5 مليون نازح عادوا إلى ديارهم.", 1),
        ("ar", "وصل الوفد إلى العاصمة صباح اليوم؛ وقال الوزير إن المحادثات ستستمر. وانتهى اللقاء.", 3),
        ("ar", "وصل الوفد؛ ثم غادر.", 1),
        ("ar", "قال: «نحن باقون. لن نغادر» ثم خرج.", 1),
        ("zh", "部队离开了。他们还会回来吗？没有人知道。", 3),
        ("und", "The army left. The envoy stayed.", 2),
        ("zh", "军队已撤离。“好。”他说。《人民日报》报道。", 4),
        ("ja", "首相は「我々は残る。彼らは去った。」と述べた。その後、去った。", 2),
        ("ko", '대통령은 "우리는 남는다. 그들은 떠났다."고 말했다. 3.5%가 올랐다.', 2),
        ("th", "เขากล่าวเมื่อวันที่ 3 ม.ค. ว่าจะไป จะไปไหน? ไม่ไป", 2),
        ("hi", "डॉ. सिंह आए। सेना लौटी | युद्ध समाप्त हुआ", 3),
        ("km", "នាយករដ្ឋមន្ត្រីបាននិយាយ។ កងទ័ពត្រឡប់មកវិញ។", 2),
        ("he", 'ד"ר כהן הגיע. צה"ל נסוג. "נישאר. הם הלכו." אחר כך הלך.', 4),
        ("en", "He left at 5 p.m. Tuesday. They left at 6 p.m. The rest stayed, ate, etc. Then they slept.", 4),
        ("ru", "Там были танки, пушки и т. д. Потом они ушли.", 2),
        ("de", "Die Abg. Schmidt nannte Zölle, Steuern usw. Danach sprach der 2. Redner.", 2),
        ("it", "L'on. Bianchi e il gen. Verdi parlarono. Poi uscirono.", 2),
        ("pl", "Prof. dr hab. Nowak przybył w 2024 r. do Warszawy na ul. Nową. Potem wyszedł.", 2),
        ("pt", "O Sr. Silva parou na av. Paulista. O art. 5.º diz não.", 2),
    ],
)
def test_boundaries(language: str, text: str, expected: int) -> None:
    assert len(cut(text, language)) == expected, cut(text, language)


def test_a_long_quotation_is_cut_at_its_sentences_and_keeps_its_marks() -> None:
    sentence = "The partnership between the two armies rests on training, equipment and trust built over many years."
    text = f'"{" ".join([sentence] * 6)}" the minister said. He then left.'
    pieces = cut(text, "en")
    assert len(pieces) == 7
    assert pieces[0] == f'"{sentence}'
    assert pieces[5] == f'{sentence}" the minister said.'


def test_a_quotation_that_never_closes_does_not_swallow_its_paragraph() -> None:
    assert len(cut('"The army moved. The envoy fled. Nobody knows where.', "en")) == 3


def test_english_is_its_own_translation_and_numbers_need_none() -> None:
    english = segment_document(document("The army left.", "en"))[0]
    assert (english.status, english.engine, english.english_text) == ("source", "source", "The army left.")
    number, sentence = segment_document(document("12.10.2024\nDie Armee ist abgezogen.", "de"))
    assert (number.status, number.english_text) == ("source", "12.10.2024")
    assert (sentence.status, sentence.english_text, sentence.engine) == ("pending", None, None)


def test_a_paragraph_in_another_language_is_told_from_its_page() -> None:
    arabic = "أعلن وزير الدفاع أمس أن الجيش سيعزز وجوده على الحدود الشمالية خلال الأسابيع المقبلة."
    english = (
        "The ministry said in a statement published on Monday that the army would strengthen its presence "
        "along the northern border in the coming weeks, and that talks with neighbours would go on."
    )
    segments = segment_document(document(f"{english}\n{arabic}", "en"))
    assert [s.language for s in segments] == ["en", "ar"]
    assert [s.status for s in segments] == ["source", "pending"]
    assert [s.language for s in segment_document(document(f"{arabic}\n{english}", "ar"))] == ["ar", "en"]
    # Names alone are no language.
    assert segment_document(document(f"{english}\nBamako, Niamey, Ouagadougou", "en"))[1].language == "en"


def test_the_key_is_stable() -> None:
    first = segment_document(document("One came. Two left."))
    assert [s.segment_id for s in first] == [s.segment_id for s in segment_document(document("One came. Two left."))]
    assert first[0].segment_id == "84747f5ae426e3de6c23969747a327d2"  # changing it orphans the rows users refer to


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the folder of seeds is not beside the repository")
def test_real_pages_keep_their_offsets() -> None:
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        for segment in segment_document(document(text, "und")):
            assert text[segment.source_start : segment.source_end] == segment.source_text

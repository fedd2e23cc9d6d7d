"""How a page writes its words stays in the kept text; only where words are compared is it folded."""

import pytest

from assets.cleaned.documents.clean import clean_document

PARAGRAPHS = (
    "أعلن الوزير \u200f(وزارة الخارجية)\u200f أن المحـــادثات بَدَأَتْ في العاصمة \u202bصباح اليوم\u202c، "
    "وقال إن ﻻ اتفاق حتى الآن بين الطرفين.",
    "وأضاف المتحدث باسم الحكومة أن الجانبين سيلتقيان مرة أخرى الأسبوع المقبل لمناقشة التفاصيل المتبقية من الاتفاق.",
)
LABEL, OTHER = "أخبـــار ذات صـــلة\u200f", "الجيش يستعيد السيطرة على مدينة بعد معارك طويلة"
TITLE = "محادثات جديدة في العاصمة بين الطرفين"


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_marks_of_direction_tatweel_forms_and_vowels_stay_and_do_not_hide_a_label(raw, media_type):
    if media_type == "text/html":
        body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
        text = f"<html><body><h1>{TITLE}</h1>{body}<h3>{LABEL}</h3><p><a href='/x'>{OTHER}</a></p></body></html>"
    else:
        text = "\n\n".join((TITLE, *PARAGRAPHS, f"{LABEL}\n{OTHER}"))
    page = clean_document(raw(text, media_type=media_type))
    assert page.document.text == "\n".join(PARAGRAPHS)
    assert page.document.title == TITLE
    assert [(cut.text, cut.reason) for cut in page.dropped_lines] == [
        (LABEL, "related_story"),
        (OTHER, "related_story"),
    ]
    assert all(page.document.text[s.start : s.end] == text[s.raw_start : s.raw_end] for s in page.spans)

"""Arabic as newswires write it: nations, trades and towns; custody, expulsion, rescue, protest notes, plans."""

from datetime import date

import pytest

from assets.events.mentions.coder import code_text

PUBLISHED = date(2026, 5, 12)

Told = tuple[str, str | None, str | None]


def events_of(text: str) -> list[Told]:
    return [
        (e.plover_type, e.source.country if e.source else None, e.target.country if e.target else None)
        for e in code_text(text, "ar", PUBLISHED)
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("التقى الرئيس السورينامي نظيره الباراغواياني.", ("CONSULT", "SUR", "PRY")),
        ("احتجزت البحرية الترينيدادية قاربا بربادوسيا.", ("COERCE", "TTO", "BRB")),
        ("خطف مسلحون فنيا ماليزيا في ليبيا.", ("ASSAULT", None, "MYS")),
        ("قصفت طائرات روسية ميناء ميكولايف.", ("ASSAULT", "RUS", "UKR")),
        ("هاجمت سفينة للبحرية الإريترية قارب صيد يمنيا.", ("ASSAULT", "ERI", "YEM")),
        ("من المقرر أن ترسل النرويج خياما إلى باكستان.", ("AGREE", "NOR", "PAK")),
        ("توسطت سويسرا بين كولومبيا والإكوادور.", ("CONSULT", "CHE", "COL")),
        ("أوفدت الأرجنتين مبعوثا إلى أسونسيون.", ("CONSULT", "ARG", "PRY")),
        ("أوفدت المجر فريقا من خبراء الألغام إلى أرمينيا.", ("AID", "HUN", "ARM")),
        ("احتجت الخارجية التشيلية لدى ليما.", ("ACCUSE", "CHL", "PER")),
        ("أمهلت براتيسلافا دبلوماسيين بيلاروسيين 72 ساعة لمغادرة البلاد.", ("SANCTION", "SVK", "BLR")),
        ("أصدر قاض في نواكشوط بطاقة إيداع بالسجن في حق صحفي موريتاني.", ("COERCE", "MRT", "MRT")),
        ("أصدرت محكمة في بيشكيك حكما بسجن وزير المالية السابق ست سنوات.", ("SANCTION", "KGZ", "KGZ")),
        ("أعلنت أستراليا إرسال سفينتين حربيتين إلى بحر تيمور.", ("MOBILIZE", "AUS", None)),
        ("حيدت القوات النيجيرية عشرين مسلحا من بوكو حرام.", ("ASSAULT", "NGA", "NGA")),
        ("رفعت كندا العقوبات المفروضة على سوريا.", ("RETREAT", "CAN", "SYR")),
    ],
)
def test_turns_of_the_arabic_wire(text: str, told: Told) -> None:
    assert told in events_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "هاجم المضاربون الليرة التركية فتراجعت.",
        "يهدد الجفاف محاصيل القمح في المغرب.",
        "أشهر الحكم البطاقة الحمراء في وجه المدافع الذي احتج على ركلة الجزاء.",
    ],
)
def test_markets_nature_and_sport_are_no_events(text: str) -> None:
    assert events_of(text) == []

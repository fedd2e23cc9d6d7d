"""What none but the authorities of a place do is theirs where nobody is named: arrests, verdicts, curfews."""

from datetime import date

import pytest

from assets.events.mentions.coder import code_text

PUBLISHED = date(2026, 5, 12)


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "Two bloggers were arrested in Zimbabwe on Monday.", ("COERCE", "ZWE", "ZWE")),
        ("de", "In Äthiopien wurden zwei Journalisten festgenommen.", ("COERCE", "ETH", "ETH")),
        ("ru", "В Эфиопии задержаны два журналиста.", ("COERCE", "ETH", "ETH")),
        ("tr", "Etiyopya'da iki gazeteci gözaltına alındı.", ("COERCE", "ETH", "ETH")),
        ("tr", "Tunus'ta eski bakan 10 yıl hapis cezasına çarptırıldı.", ("SANCTION", "TUN", "TUN")),
        ("tr", "Nijer'de sokağa çıkma yasağı ilan edildi.", ("COERCE", "NER", None)),
        ("en", "Two Indian engineers were kidnapped in Mali.", ("ASSAULT", None, "IND")),
    ],
)
def test_authorities_act_where_nobody_is_named(language: str, text: str, told: tuple[str, str | None, str]) -> None:
    event = code_text(text, language, PUBLISHED)[0]
    assert (event.plover_type, event.source and event.source.country, event.target and event.target.country) == told

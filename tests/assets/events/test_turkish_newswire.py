"""Turkish as agencies and reporters write it: set phrases, whose an envoy is, lists, clauses, cities, titles."""

from datetime import date

import pytest

from assets.events.mentions.coder import code_text

PUBLISHED = date(2026, 5, 12)


def _told(text: str) -> set[tuple[str, str | None, str | None]]:
    events = code_text(text, "tr", PUBLISHED)
    return {(e.plover_type, e.source and e.source.country, e.target and e.target.country) for e in events}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # light verbs and set phrases
        ("Letonya, beş Rus vatandaşını yaptırım listesine dahil etti.", ("COERCE", "LVA", "RUS")),
        ("Mısır, Etiyopya'yı BM Güvenlik Konseyi'ne şikâyet etti.", ("ACCUSE", "EGY", "ETH")),
        ("Asmara, Addis Ababa'nın iddialarını asılsız olarak niteledi.", ("REJECT", "ERI", "ETH")),
        ("Tunus, Libya'daki büyükelçisini istişareler için merkeze çağırdı.", ("SANCTION", "TUN", "LBY")),
        ("Avustralya, Fiji'ye iki devriye botu verme taahhüdünde bulundu.", ("AGREE", "AUS", "FJI")),
        ("Kanada, Myanmar'a uyguladığı yaptırımları kaldırdı.", ("RETREAT", "CAN", "MMR")),
        ("Japonya, Vietnam'a şükranlarını iletti.", ("SUPPORT", "JPN", "VNM")),
        ("Moğolistan ile Laos gümrük sözleşmesi akdetti.", ("SUPPORT", "MNG", "LAO")),
        ("Gana'da köylüler maden yolunu ulaşıma kapattı.", ("PROTEST", "GHA", None)),
        ("Mozambik'te askeri konvoya kurulan pusuda beş asker öldü.", ("ASSAULT", None, "MOZ")),
        # whose an envoy is
        ("Kenya, İsveç'in Nairobi Büyükelçisi'ni bakanlığa çağırarak nota verdi.", ("ACCUSE", "KEN", "SWE")),
        # a list behind its subject, and one with its case at the end alone
        ("Umman, Çad ve Sudan'ı itidale çağırdı.", ("REQUEST", "OMN", "TCD")),
        ("Brezilya, Peru ile Şili'yi itidale davet etti.", ("REQUEST", "BRA", "PER")),
        # clauses that end at their verb
        ("Norveç kararı kınadı, İsveç ise Mali'ye yardımı askıya aldı.", ("SANCTION", "SWE", "MLI")),
        ("Ancak Gürcistan, Rusya'nın iddialarını reddetti.", ("REJECT", "GEO", "RUS")),
        # cities struck, and gifts that arrive
        ("Rusya'nın Harkiv'e düzenlediği İHA saldırısında dört kişi öldü.", ("ASSAULT", "RUS", "UKR")),
        ("Kuveyt'ten yola çıkan yardım gemisi Yemen'e ulaştı.", ("AID", "KWT", "YEM")),
        # who is expelled from where, who suffers, who mediates
        ("Cezayir'den 40 Nijerli göçmen sınır dışı edildi.", ("COERCE", "DZA", "NER")),
        ("Katar'ın arabuluculuğunda Çad ile Sudan heyetleri görüştü.", ("CONSULT", "QAT", "TCD")),
        # governments and services named after their head or their country
        ("Trump yönetimi Küba'ya yaptırım uyguladı.", ("COERCE", "USA", "CUB")),
        ("Nepal Başbakanı, Çin istihbaratının isyancılara silah sağladığını ileri sürdü.", ("ACCUSE", "NPL", "CHN")),
    ],
)
def test_who_does_what_to_whom(text: str, told: tuple[str, str | None, str | None]) -> None:
    assert told in _told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Fırtına nedeniyle Karadeniz sahil yolu ulaşıma kapandı.",
        "Galatasaray, Danimarkalı oyuncuyla sözleşme imzaladı.",
        "Köpek saldırısına uğrayan çocuk hastaneye kaldırıldı.",
        "Firma, arızalı 3 bin aracı geri çağırdı.",
        "Otel, sezon açılışında Alman turistleri ağırladı.",
        "Film eleştirmeni, yönetmenin son işini başarısız buldu.",
    ],
)
def test_the_same_words_where_no_states_meet(text: str) -> None:
    assert code_text(text, "tr", PUBLISHED) == []

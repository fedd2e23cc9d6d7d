"""Who acts where a Russian clause has no subject, turns its order round, or says "we"; and what newswires call it."""

from datetime import date

import pytest

from assets.events.mentions.coder import code_text

PUBLISHED = date(2026, 5, 12)
Told = tuple[str, str | None, str | None]


def told(text: str) -> list[Told]:
    events = code_text(text, "ru", PUBLISHED)
    return [
        (e.plover_type, e.source.country if e.source else None, e.target.country if e.target else None)
        for e in events
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("В Гане задержали двоих бенинских журналистов.", ("COERCE", "GHA", "BEN")),
        ("Мэра Рабата приговорили к трём годам тюрьмы.", ("SANCTION", "MAR", "MAR")),
        ("В Перу осудили действия Чили.", ("ACCUSE", "PER", "CHL")),
        ("Посла Омана вызвали в МИД Йемена.", ("ACCUSE", "YEM", "OMN")),
        ("Посол Лаоса был вызван в МИД Непала.", ("ACCUSE", "NPL", "LAO")),
        ("Машину боливийского прокурора расстреляли из автоматов.", ("ASSAULT", None, "BOL")),
    ],
)
def test_a_plural_verb_without_subject_tells_of_what_is_done(text: str, expected: Told) -> None:
    assert expected in told(text)


def test_a_subject_of_any_kind_is_no_missing_one() -> None:
    assert ("ASSAULT", "OMN", "YEM") in told("ВМС Омана атаковали порт Адена в Йемене.")
    assert ("COERCE", "GHA", "BEN") in told("Ганские военные арестовали бенинского министра.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("«Мы осуждаем действия Чада», — заявил министр иностранных дел Нигера.", ("ACCUSE", "NER", "TCD")),
        ("С просьбой о помощи к Индии обратилось правительство Непала.", ("REQUEST", "NPL", "IND")),
        ("Между непальскими и китайскими пограничниками произошла перестрелка.", ("ASSAULT", "NPL", "CHN")),
        ("Оман выступил посредником между Катаром и Ираком.", ("CONSULT", "OMN", "QAT")),
        ("Судно под флагом Либерии обстреляно хуситами.", ("ASSAULT", "YEM", "LBR")),
        ("Накануне Ташкент выдал Киргизии подозреваемого.", ("COOPERATE", "UZB", "KGZ")),
        ("Из тюрьмы в Бенине вышли на свободу двое французов.", ("RETREAT", "BEN", "FRA")),
        ("В Бейрут прибыл самолёт с гуманитарной помощью из Омана.", ("AID", "OMN", "LBN")),
    ],
)
def test_who_acts_is_told_in_other_ways(text: str, expected: Told) -> None:
    assert expected in told(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Береговая охрана Омана отбуксировала индийский траулер.", ("COERCE", "OMN", "IND")),
        ("Замбия объявила двух чадских дипломатов персонами нон грата.", ("SANCTION", "ZMB", "TCD")),
        ("Лаос отменил визы для граждан Индии.", ("CONCEDE", "LAO", "IND")),
        ("США сняли санкции с Мьянмы.", ("RETREAT", "USA", "MMR")),
        ("Тунис назвал обвинения Ливии беспочвенными.", ("REJECT", "TUN", "LBY")),
        ("Тунис назвал действия Ливии необоснованными.", ("ACCUSE", "TUN", "LBY")),
        ("Египет приобрёл у Индии партию гаубиц.", ("COOPERATE", "IND", "EGY")),
        ("Боевики увели с собой троих ганских школьниц.", ("ASSAULT", None, "GHA")),
        ("Мирные жители в Судане подверглись нападению.", ("ASSAULT", None, "SDN")),
        ("Кибератаке подверглись сайты правительства Албании.", ("COERCE", None, "ALB")),
        ("Толпа демонстрантов подожгла мэрию в Лиме.", ("PROTEST", "PER", "PER")),
        ("Чадский истребитель нарушил воздушное пространство Нигера.", ("MOBILIZE", "TCD", "NER")),
    ],
)
def test_words_of_every_type(text: str, expected: Told) -> None:
    assert expected in told(text)


def test_sport_between_people_of_countries_is_no_attack() -> None:
    assert told("Решающую атаку финны провели на последней минуте: защитник расстрелял ворота соперника.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Пятеро жителей погибли при ударе российских дронов по Херсону.", ("ASSAULT", "RUS", "UKR")),
        ("В Ашдоде в результате йеменского обстрела ранены двое детей.", ("ASSAULT", "YEM", "ISR")),
        ("Полиция в Эйлате арестовала двух рабочих.", ("COERCE", "ISR", "ISR")),
        ("В Дарфуре мирные жители подверглись нападению.", ("ASSAULT", None, "SDN")),
        ("ЦАХАЛ сообщил о ликвидации полевого командира ХАМАС в Газе.", ("ASSAULT", "ISR", "PSE")),
        ("Китай выразил Японии решительный протест.", ("ACCUSE", "CHN", "JPN")),
        ("Оман освободил около ста индийских моряков.", ("RETREAT", "OMN", "IND")),
        ("Из чадского плена вернулись сорок суданских военных.", ("RETREAT", "TCD", "SDN")),
        ("Хуситы выпустили ракету по Израилю.", ("ASSAULT", "YEM", "ISR")),
        ("Чад прекратил сотрудничество с Францией.", ("SANCTION", "TCD", "FRA")),
    ],
)
def test_regions_towns_and_fire_from_afar(text: str, expected: Told) -> None:
    assert expected in told(text)


def test_a_road_accident_is_no_attack() -> None:
    assert told("При столкновении автобуса с грузовиком в Перу погибли десять человек.") == []

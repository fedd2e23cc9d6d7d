"""Who acts where a verb names nobody, and where the reach of one verb ends at the next."""

from datetime import date

import pytest

from assets.events.mentions.coded import CodedEvent
from assets.events.mentions.coder import code_text

PUBLISHED = date(2026, 5, 12)


def sides(events: list[CodedEvent], plover_type: str) -> set[tuple[str | None, str | None]]:
    return {
        (e.source.country if e.source else None, e.target.country if e.target else None)
        for e in events
        if e.plover_type == plover_type
    }


@pytest.mark.parametrize(
    ("language", "text", "plover_type", "pair"),
    [
        ("ar", "أعلن الجيش المالي حالة الطوارئ. وطالب بانسحاب رواندا.", "REQUEST", ("MLI", "RWA")),
        ("es", "El presidente de Paraguay habló por radio. Acusó a Brasil de espionaje.", "ACCUSE", ("PRY", "BRA")),
        ("tr", "Irak Başbakanı basına konuştu. Ayrıca Suriye'yi kınadı.", "ACCUSE", ("IRQ", "SYR")),
    ],
)
def test_a_verb_that_names_nobody_goes_on_with_the_subject_of_the_sentence_before(
    language: str, text: str, plover_type: str, pair: tuple[str, str]
) -> None:
    assert pair in sides(code_text(text, language, PUBLISHED), plover_type)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "El presidente de Paraguay habló por radio. Mataron a tres soldados."),
        ("tr", 'Irak Başbakanı basına konuştu. "Şafakta saldırıyor."'),
        ("ar", "تحدث رئيس مالي للصحافة. واعتصم مودعون أمام مقر المصرف."),
        ("ar", "تحدث رئيس مالي للصحافة. واحتجت بكين على القصف."),
    ],
)
def test_but_not_with_one_who_cannot_be_meant(language: str, text: str) -> None:
    events = [e for e in code_text(text, language, PUBLISHED) if e.source]
    assert not {e.source.country for e in events if e.source} & {"PRY", "IRQ", "MLI"}


def test_its_ambassador_behind_a_verb_of_another_gender_is_thrown_out() -> None:
    events = code_text("قطعت كينيا علاقاتها الدبلوماسية مع إثيوبيا وطردت سفيرها.", "ar", PUBLISHED)
    assert sides(events, "SANCTION") == {("KEN", "ETH")}


def test_a_number_behind_kidnappers_counts_the_kidnapped() -> None:
    (event,) = code_text("اختطف مسلحون ثلاثة مهندسين صينيين في شمال نيجيريا.", "ar", PUBLISHED)
    assert event.source and event.source.sector == "UAF" and event.source.country is None
    assert event.target and event.target.country == "CHN"


def test_twelve_is_no_praise() -> None:
    events = code_text("طردت باريس اثني عشر دبلوماسياً جزائرياً.", "ar", PUBLISHED)
    assert not sides(events, "SUPPORT")


def test_a_noun_with_its_article_is_no_verb() -> None:
    events = code_text("احتجت كينيا على القصف.", "ar", PUBLISHED)
    assert ("KEN", None) not in sides(events, "ASSAULT")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Сеул осудил пуск и провёл совместные учения с США."),
        ("en", "Seoul condemned launches and held joint drills with the United States."),
    ],
)
def test_the_partner_of_the_second_verb_is_not_the_target_of_the_first(language: str, text: str) -> None:
    events = code_text(text, language, PUBLISHED)
    assert sides(events, "ACCUSE") == {("KOR", None)}
    assert sides(events, "COOPERATE") == {("KOR", "USA")}


def test_the_prime_minister_of_lebanon() -> None:
    events = code_text("Премьер-министр Ливана осудил агрессию.", "ru", PUBLISHED)
    assert sides(events, "ACCUSE") == {("LBN", None)}


def test_a_word_unknown_to_the_vocabulary_may_be_the_subject_of_a_verb_that_comes_last() -> None:
    events = code_text("Irak mahkemesi toplandı. Sanıklar Suriye'yi kınadı.", "tr", PUBLISHED)
    assert ("IRQ", "SYR") not in sides(events, "ACCUSE")


@pytest.mark.parametrize(
    ("language", "text", "plover_type", "pair"),
    [
        ("tr", "Türkiye, taraflara itidal çağrısında bulundu.", "REQUEST", ("TUR", None)),
        ("tr", "Norveç kararı memnuniyetle karşıladı.", "SUPPORT", ("NOR", None)),
        ("tr", "Türkiye Dışişleri Bakanı İranlı mevkidaşını telefonla aradı.", "CONSULT", ("TUR", "IRN")),
        ("tr", "Kiev ayrıca yirmi Rus askerinin naaşını teslim etti.", "RETREAT", ("UKR", "RUS")),
        ("ru", "США приветствовали обмен.", "SUPPORT", ("USA", None)),
        ("ru", "В МИД Белоруссии призвали Вильнюс открыть границу.", "REQUEST", ("BLR", "LTU")),
        ("ru", "Россия и Украина обменялись пленными.", "RETREAT", ("RUS", "UKR")),
        ("ru", "Сербия и Венгрия провели переговоры. Стороны подписали соглашение.", "SUPPORT", ("SRB", "HUN")),
        ("ru", "Индия обвинения отвергла.", "REJECT", ("IND", None)),
    ],
)
def test_who_speaks_and_who_hands_over(language: str, text: str, plover_type: str, pair: tuple[str, str]) -> None:
    assert pair in sides(code_text(text, language, PUBLISHED), plover_type)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Министр подчеркнул, что о снятии санкций речи не идёт."),
        ("ar", "أحبطت الشرطة الأردنية محاولة تهريب أسلحة من سوريا."),
    ],
)
def test_what_is_out_of_the_question_and_what_is_smuggled_is_no_gift(language: str, text: str) -> None:
    assert not {e.plover_type for e in code_text(text, language, PUBLISHED)} & {"CONCEDE", "AID"}

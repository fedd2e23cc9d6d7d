"""What the coder reads off sentences with the vocabularies as they are: forms, demands, futures, other domains."""

from datetime import date

import pytest

from assets.events.mentions.coded import CodedEvent
from assets.events.mentions.coder import code_text

PUBLISHED = date(2025, 11, 12)


def best(text: str, language: str = "en") -> CodedEvent:
    return code_text(text, language, PUBLISHED)[0]


def roots(text: str, language: str = "en") -> list[str]:
    return [event.plover_type for event in code_text(text, language, PUBLISHED)]


def test_a_form_that_only_verbs_have_is_no_noun_and_the_promise_is_for_whom_it_helps() -> None:
    event = best("New Zealand promised on Tuesday to help Fiji.")
    assert event.plover_type == "AGREE"
    assert event.target and event.target.country == "FJI"


def test_a_participle_before_its_noun_is_no_verb() -> None:
    assert "COERCE" not in roots("Pakistan returned 63 detained fishermen to India.")
    assert "COERCE" in roots("Pakistan detained 63 Indian fishermen.")


def test_what_somebody_said_would_be_done_is_promised_unless_a_condition_is_put() -> None:
    assert (
        best("The Canadian prime minister said Ottawa would provide Jamaica with two patrol boats.").status
        == "planned"
    )
    conditional = code_text("Canada said it would provide Jamaica with weapons if Cuba attacks.", "en", PUBLISHED)
    assert {event.status for event in conditional} == {"hypothetical"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Miles de jubilados marcharon en Buenos Aires para exigir al Gobierno argentino mejores pensiones."),
        ("en", "Thousands of pensioners marched in Buenos Aires to demand higher pensions from the government."),
    ],
)
def test_a_march_to_demand_something_is_a_protest(language: str, text: str) -> None:
    assert best(text, language).plover_type == "PROTEST"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Argentine goalkeeper stopped three attacks on his goal in the first half of the championship."),
        ("es", "El boxeador panameño liquidó a su rival con un golpe al hígado."),
    ],
)
def test_sport_is_no_event(language: str, text: str) -> None:
    assert roots(text, language) == []


def test_named_sides_are_news_whatever_else_stands_in_the_sentence() -> None:
    assert "ASSAULT" in roots("Israel bombed Lebanon during an outbreak of the virus.")


@pytest.mark.parametrize(
    ("language", "text", "countries"),
    [
        ("en", "Guatemala demanded that Belize release the captured boat crew.", ("GTM", "BLZ")),
        ("en", "Canada said it would provide Jamaica with weapons.", ("CAN", "JAM")),
        ("en", "Students rallied outside the Serbian presidency.", ("SRB", "SRB")),
        ("es", "Unas veinte mil personas se manifestaron en Madrid contra Israel.", ("ESP", "ISR")),
        ("es", "Exiliados se congregaron frente a la embajada de Chile en Bogotá.", ("COL", "CHL")),
        ("es", "Chile rompió el viernes las relaciones diplomáticas con Nicaragua.", ("CHL", "NIC")),
    ],
)
def test_who_is_addressed(language: str, text: str, countries: tuple[str, str]) -> None:
    event = best(text, language)
    assert (event.source and event.source.country, event.target and event.target.country) == countries


def test_people_acted_upon_are_not_the_actors_own_where_another_country_is_named() -> None:
    event = best("Uganda gave shelter to four thousand people fleeing South Sudan.")
    assert event.target is None or event.target.country != "UGA"


def test_a_country_that_only_tells_where_a_town_lies_is_no_subject() -> None:
    event = best("Fue asesinada en su casa de Tibú, Colombia, una exguerrillera.", "es")
    assert event.source is None


@pytest.mark.parametrize("verb", ["called on", "urged", "appealed to"])
def test_who_is_asked_stands_before_what_is_asked(verb: str) -> None:
    event = best(f"Norway {verb} Iran to release the sailors.")
    assert (event.plover_type, event.mode) == ("REQUEST", "yield")
    assert event.target and event.target.country == "IRN"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Slovakia offered to send doctors to Armenia."),
        ("es", "Eslovaquia ofreció enviar médicos a Armenia."),
    ],
)
def test_an_offer_is_offered_and_people_sent_are_not_who_gains(language: str, text: str) -> None:
    event = best(text, language)
    assert (event.plover_type, event.status) == ("AGREE", "offered")
    assert event.target and event.target.country == "ARM"


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Austria refused to send tanks to Croatia.", "assist"),
        ("Morocco threatened to break off diplomatic relations with Kenya.", "relations"),
        ("Algeria threatened to attack Morocco.", "violence"),
        ("Rwanda rejected Belgium's proposal.", None),
    ],
)
def test_the_act_spoken_of_tells_the_mode(text: str, mode: str | None) -> None:
    assert best(text).mode == mode


@pytest.mark.parametrize(
    ("language", "text", "reading"),
    [
        ("en", "Canada's foreign minister is to visit Copenhagen in January.", ("AGREE", "CAN", "DNK")),
        ("en", "A former colonel was jailed for nine years by a court in Kathmandu.", ("SANCTION", "NPL", "NPL")),
        ("en", "Accusing Rwanda of aggression, Congo recalled its ambassador from Kigali.", ("ACCUSE", "COD", "RWA")),
        ("es", "Acusando a Ruanda de agresión, Uganda llamó a consultas a su embajador.", ("ACCUSE", "UGA", "RWA")),
        ("en", "Burundian peacekeepers left Somalia on Saturday.", ("RETREAT", "BDI", "SOM")),
        ("en", "Seoul refused to negotiate with Pyongyang, South Korea's minister said.", ("REJECT", "KOR", "PRK")),
        ("en", "Two Turkish soldiers were killed by a roadside bomb in Syria.", ("ASSAULT", None, "TUR")),
        ("en", "Washington blacklisted Chinese companies accused of smuggling.", ("ACCUSE", None, "CHN")),
        ("en", "Envoys spoke of France, which the Malian junta has blamed for the crisis.", ("ACCUSE", "MLI", "FRA")),
    ],
)
def test_who_does_it_to_whom(language: str, text: str, reading: tuple[str, str | None, str]) -> None:
    found = [event for event in code_text(text, language, PUBLISHED) if event.plover_type == reading[0]]
    sides = {(e.source and e.source.country, e.target and e.target.country) for e in found}
    assert sides == {reading[1:]}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Armenia and Azerbaijan accused each other of shelling villages."),
        ("de", "Armenien und Aserbaidschan beschuldigten sich gegenseitig."),
        ("fr", "L'Arménie et l'Azerbaïdjan se sont mutuellement accusés."),
        ("es", "Armenia y Azerbaiyán se acusaron mutuamente."),
        ("ru", "Армения и Азербайджан обвинили друг друга в обстрелах."),
        ("tr", "Ermenistan ve Azerbaycan birbirini suçladı."),
        ("ar", "اتهمت أرمينيا وأذربيجان بعضهما البعض بقصف القرى."),
    ],
)
def test_those_who_do_it_to_each_other_are_source_and_target(language: str, text: str) -> None:
    event = best(text, language)
    assert event.plover_type == "ACCUSE"
    assert event.source and event.target
    assert (event.source.country, event.target.country) == ("ARM", "AZE")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Turkey said it would attack Syria unless the fighters withdrew."),
        ("de", "Die Türkei werde Syrien angreifen, sofern sich die Kämpfer nicht zurückziehen, sagte der Minister."),
        ("es", "Turquía atacará a Siria a menos que se retiren los combatientes, dijo el ministro."),
        ("ar", "قال الوزير إن تركيا ستهاجم سوريا ما لم ينسحب المقاتلون."),
    ],
)
def test_an_act_that_something_would_avert_is_a_threat(language: str, text: str) -> None:
    event = best(text, language)
    assert (event.plover_type, event.mode, event.status) == ("THREATEN", "violence", "actual")
    assert event.source and event.source.country == "TUR"
    assert event.target and event.target.country == "SYR"


def test_what_civilians_block_they_block_in_protest() -> None:
    assert best("Greek dockworkers blocked the port of Piraeus.").plover_type == "PROTEST"
    assert best("The Greek navy blocked the port of Tripoli in Libya.").plover_type == "COERCE"


def test_both_sides_of_a_clash_are_named() -> None:
    event = best("Clashes between Houthi rebels and Saudi troops left 30 dead.")
    assert event.source and event.target and (event.source.country, event.target.country) == ("YEM", "SAU")


def test_a_currency_is_nobody_and_a_speaker_at_the_end_is_not_acted_upon() -> None:
    event = best("Ottawa pledged 18 million Canadian dollars to Jamaica.")
    assert event.target and event.target.country == "JAM"
    event = best("South Africa will deport Chinese traders, the minister in Pretoria has warned.")
    assert event.target and event.target.country == "CHN"


def test_beside_several_words_of_sport_countries_are_teams() -> None:
    assert (
        roots("India's seamers attacked Pakistan after lunch, the last four wickets falling for eleven runs.") == []
    )


@pytest.mark.parametrize(
    ("text", "plover_type", "source", "target"),
    [
        ("La brigada enviada por Uruguay a Paraguay apaga incendios.", "AID", "URY", "PRY"),
        ("Un portaaviones estadounidense fue desplegado frente a las costas venezolanas.", "MOBILIZE", "USA", "VEN"),
        ("Al menos quince soldados malienses murieron en una emboscada.", "ASSAULT", None, "MLI"),
    ],
)
def test_spanish_participles_are_forms_of_their_verbs(
    text: str, plover_type: str, source: str | None, target: str | None
) -> None:
    event = best(text, "es")
    assert event.plover_type == plover_type
    assert (event.source and event.source.country, event.target and event.target.country) == (source, target)


def test_both_genitives_of_one_noun_are_partners() -> None:
    event = best(
        "Agentes de la Guardia Civil española y de la Gendarmería marroquí hicieron un operativo conjunto.", "es"
    )
    assert event.plover_type == "COOPERATE"
    assert event.source and event.target and {event.source.country, event.target.country} == {"ESP", "MAR"}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Paris solle die Lieferungen stoppen, forderte die malische Regierung.", ("REQUEST", "MLI", "FRA")),
        ("fr", "Si Bamako ne cède pas, Abidjan réagira, a averti le ministre ivoirien.", ("THREATEN", "CIV", "MLI")),
        ("ru", "Баку обвинил Тегеран в обстреле.", ("ACCUSE", "AZE", "IRN")),
        ("tr", "Hartum, Çad'ı suçladı", ("ACCUSE", "SDN", "TCD")),
        ("tr", "Türk Bakan ile Yunan mevkidaşı, Edirne'de görüştü.", ("CONSULT", "TUR", "GRC")),
        ("en", "Peru's president is to visit Quito in May.", ("AGREE", "PER", "ECU")),
        ("en", "Police detained four strikers in Lagos.", ("COERCE", "NGA", "NGA")),
        (
            "de",
            "Das Landgericht Leipzig hat einen Reservisten zu drei Jahren Haft verurteilt.",
            ("SANCTION", "DEU", "DEU"),
        ),
        ("ar", "دعت عمّان إسرائيل إلى ضبط النفس", ("REQUEST", "JOR", "ISR")),
        ("ar", "انسحبت وحدات من الجيش التركي من قرى في محافظة دهوك.", ("RETREAT", "TUR", "IRQ")),
        ("de", "Norwegen verlegt Soldaten an die Grenze zu Russland.", ("MOBILIZE", "NOR", "RUS")),
    ],
)
def test_speakers_seats_and_those_sent(language: str, text: str, expected: tuple[str, str, str]) -> None:
    best = code_text(text, language, date(2026, 3, 4))[0]
    countries = (best.source and best.source.country, best.target and best.target.country)
    assert (best.plover_type, *countries) == expected


def test_what_is_talked_about_has_not_happened() -> None:
    events = code_text("Mali held talks with France about the withdrawal of French troops.", "en", date(2026, 3, 4))
    assert [e.status for e in events if e.plover_type == "RETREAT"] in ([], ["hypothetical"])
    assert events[0].plover_type == "CONSULT"


@pytest.mark.parametrize(
    ("language", "text", "countries"),
    [
        ("ru", "Ночью Харьков вновь подвергся ракетному удару российской армии.", ("RUS", "UKR")),
        ("ru", "В результате атаки украинских беспилотников на Белгородскую область ранены трое.", ("UKR", "RUS")),
        ("ru", "Баку обвинил Париж во вмешательстве", ("AZE", "FRA")),
        ("ru", "В Ханой с официальным визитом прибыл председатель Лаоса.", ("LAO", "VNM")),
        ("ar", "تعرضت مدينة أوديسا الأوكرانية لقصف روسي بطائرات مسيرة.", ("RUS", "UKR")),
        ("ar", "انطلقت مناورات التمرين المشترك بين القوات البرية السعودية ونظيرتها الباكستانية.", ("SAU", "PAK")),
        ("ar", "استنفار للجيش اللبناني على الحدود الشمالية", ("LBN", None)),
        ("ar", "قتل ضابط في الشرطة العراقية بانفجار عبوة ناسفة زرعها مجهولون قرب كركوك.", (None, "IRQ")),
    ],
)
def test_who_acts_where_the_deed_is_a_noun(
    language: str, text: str, countries: tuple[str | None, str | None]
) -> None:
    event = best(text, language)
    assert (event.source and event.source.country, event.target and event.target.country) == countries


def test_about_a_number_of_people_is_not_near_them() -> None:
    event = best("Около трёхсот бишкекских таксистов провели акцию протеста.", "ru")
    assert event.source and event.source.country == "KGZ"


@pytest.mark.parametrize(
    ("text", "plover_type", "source", "target"),
    [
        ("Mısır, Sudan'ı ihlalle suçladı", "ACCUSE", "EGY", "SDN"),
        ("Umman Dışişleri Bakanı ile Kenyalı mevkidaşı dün görüştü.", "CONSULT", "OMN", "KEN"),
        ("Norveç'in bağışladığı iki ambulans Malavi'ye teslim edildi.", "AID", "NOR", "MWI"),
        ("Bakan, Umman'ın Kenya'ya buğday hibe etme sözü verdiğini bildirdi.", "AGREE", "OMN", "KEN"),
        ("Dışişleri Bakanı, Kenya'yı eleştirdi.", "ACCUSE", None, "KEN"),
    ],
)
def test_turkish_subjects_stand_before_commas_in_pairs_and_in_relative_clauses(
    text: str, plover_type: str, source: str | None, target: str | None
) -> None:
    event = best(text, "tr")
    assert event.plover_type == plover_type
    assert (event.source and event.source.country, event.target and event.target.country) == (source, target)


def test_turkish_plurals_own_nothing() -> None:
    event = best("Kenya'da öğrenciler bakanın istifasını istedi.", "tr")
    assert event.source and event.source.sector == "EDU"


@pytest.mark.parametrize(
    ("language", "text", "root"),
    [
        ("es", "Irán e Israel acordaron una prórroga de la tregua en la temporada de lluvias.", "RETREAT"),
        ("tr", "Türkiye Suriye'ye bir dizi saldırı düzenledi.", "ASSAULT"),
        ("en", "Lorry drivers blocked the motorway near Calais in protest at French fuel prices.", "PROTEST"),
        ("en", "A Saudi drone strike hit a wedding in Yemen.", "ASSAULT"),
    ],
)
def test_words_of_everyday_life_leave_news_what_it_is(language: str, text: str, root: str) -> None:
    event = best(text, language)
    assert event.plover_type == root
    assert event.salience > 0.5


@pytest.mark.parametrize(
    ("language", "sentence", "day"),
    [
        ("en", "The French president will visit Morocco on Sunday.", 21),
        ("en", "The foreign ministers of Egypt and Sudan are due to meet in Cairo on Saturday.", 20),
        ("de", "Der französische Präsident wird am Sonntag Marokko besuchen.", 21),
        ("fr", "Le président français se rendra dimanche au Maroc.", 21),
        ("es", "El presidente francés visitará Marruecos el domingo.", 21),
        ("ru", "Президент Франции посетит Марокко в воскресенье.", 21),
        ("tr", "Fransa Cumhurbaşkanı cumartesi günü Fas'ı ziyaret edecek.", 20),
        ("ar", "من المقرر أن يزور الرئيس الفرنسي المغرب يوم الأحد.", 21),
        # When a plan was told is not when it comes about.
        ("en", "France will send medical aid to Chad, its foreign minister said on Monday.", 15),
        ("de", "Frankreich will Mali Waffen liefern, teilte der Minister am Montag mit.", 15),
        ("ru", "Франция в понедельник заявила, что отправит гуманитарную помощь в Чад.", 15),
    ],
)
def test_a_weekday_of_what_is_planned_lies_ahead(language: str, sentence: str, day: int) -> None:
    event, *_ = code_text(sentence, language, date(2026, 6, 18))
    assert event.event_date == date(2026, 6, day)

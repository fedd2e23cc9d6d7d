"""What French and Spanish agencies report in set words, by type, and those words in other matters."""

from datetime import date

import pytest

from assets.events.mentions.coder import code_text

PUBLISHED = date(2026, 5, 12)


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        # who is held, and by whom
        ("fr", "Le Venezuela retient trois marins norvégiens.", ("COERCE", "VEN", "NOR")),
        ("fr", "Un informaticien letton a été interpellé à Athènes.", ("COERCE", "GRC", "LVA")),
        ("es", "Eritrea retiene a cuatro ingenieros italianos.", ("COERCE", "ERI", "ITA")),
        ("es", "La Armada omaní inmovilizó un buque griego.", ("COERCE", "OMN", "GRC")),
        # sanctions made harder are imposed
        ("fr", "La Norvège a prolongé d'un an ses sanctions contre le Mali.", ("COERCE", "NOR", "MLI")),
        ("es", "Canadá incluyó a seis generales birmanos en su lista de sanciones.", ("COERCE", "CAN", "MMR")),
        # people sent back to a country that only the direction names
        ("fr", "La Libye a refoulé 120 migrants vers le Tchad.", ("COERCE", "LBY", "TCD")),
        ("es", "Turquía devolvió a Siria a 90 migrantes.", ("COERCE", "TUR", "SYR")),
        # computers
        (
            "fr",
            "Des pirates informatiques iraniens ont dérobé des données de l'armée albanaise.",
            ("COERCE", "IRN", "ALB"),
        ),
        # blame laid at somebody's door
        ("fr", "Le Kosovo a imputé à la Serbie l'attaque.", ("ACCUSE", "XKX", "SRB")),
        ("fr", "Une enquête a été ouverte par le parquet de Dakar.", ("ACCUSE", "SEN", None)),
        ("es", "La fiscalía danesa abrió diligencias contra un empresario ruso.", ("ACCUSE", "DNK", "RUS")),
        # a deed that kills, and whom it is aimed at
        (
            "fr",
            "Quatre personnes ont été tuées dans une frappe turque sur la ville syrienne de Hassaké.",
            ("ASSAULT", "TUR", "SYR"),
        ),
        ("es", "Soldados indios y paquistaníes intercambiaron disparos en Cachemira.", ("ASSAULT", "IND", "PAK")),
        # held people handed over
        ("fr", "L'Azerbaïdjan a remis à l'Arménie quatre prisonniers.", ("RETREAT", "AZE", "ARM")),
        ("es", "Irán puso en libertad a una turista belga.", ("RETREAT", "IRN", "BEL")),
        # threats, refusals, demands
        ("fr", "L'Éthiopie a lancé un ultimatum à l'Égypte.", ("THREATEN", "ETH", "EGY")),
        ("es", "Serbia lanzó un ultimátum a Kosovo.", ("THREATEN", "SRB", "XKX")),
        ("fr", "La Slovaquie s'est opposée à la décision.", ("REJECT", "SVK", None)),
        ("es", "La oposición paraguaya exige la dimisión del ministro paraguayo.", ("REQUEST", "PRY", "PRY")),
        # the future of a reflexive verb
        ("fr", "Le ministre grec des Affaires étrangères se rendra jeudi à Tirana.", ("AGREE", "GRC", "ALB")),
        # forces sent to a border; gifts; ended cooperation
        ("es", "El despliegue de tropas etíopes en la frontera con Eritrea continúa.", ("MOBILIZE", "ETH", "ERI")),
        ("es", "Marruecos hizo llegar a Gambia un avión con medicinas.", ("AID", "MAR", "GMB")),
        ("fr", "Le Japon a dépêché des spécialistes au Chili.", ("AID", "JPN", "CHL")),
        ("es", "Laos canceló su participación en las maniobras con Tailandia.", ("SANCTION", "LAO", "THA")),
        # a participle behind a comma is passive; whose a court and a body are
        ("fr", "Un trafiquant letton, arrêté à Sofia, attend son procès.", ("COERCE", None, "LVA")),
        (
            "fr",
            "Un pilote letton a été condamné par le tribunal correctionnel de Nancy à trois ans de prison.",
            ("SANCTION", "FRA", "LVA"),
        ),
        (
            "es",
            "La Gendarmería de Mauritania cerró el puerto. En Togo, la Gendarmería detuvo a dos malienses.",
            ("COERCE", "TGO", "MLI"),
        ),
        (
            "es",
            "Japón envió ayuda a Laos. En Sofía, un grupo de radicales quemó banderas.",
            ("PROTEST", "BGR", None),
        ),
        # what is granted
        ("es", "Qatar eliminó el visado a los ciudadanos de Georgia.", ("CONCEDE", "QAT", "GEO")),
        ("fr", "Le gouvernement népalais a rétabli l'accès à internet.", ("CONCEDE", "NPL", None)),
        ("fr", "L'Égypte a fait la navette entre le Soudan et le Tchad.", ("CONSULT", "EGY", "SDN")),
    ],
)
def test_what_is_told(language: str, text: str, told: tuple[str, str | None, str | None]) -> None:
    found = [
        (event.plover_type, event.source and event.source.country, event.target and event.target.country)
        for event in code_text(text, language, PUBLISHED)
    ]
    assert told in found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Los bomberos chilenos combaten un incendio cerca de Valparaíso."),
        ("es", "El alero argentino retiene el balón ante Brasil."),
        ("fr", "Le jury belge a retenu la candidature d'un film danois."),
        ("fr", "Le coureur suisse a été relégué en fin de peloton."),
        ("es", "El médico uruguayo abordó con su par chileno el tratamiento del cáncer."),
        ("fr", "Le laboratoire indien a attribué à un virus la maladie des abeilles."),
    ],
)
def test_the_same_words_in_other_matters(language: str, text: str) -> None:
    assert code_text(text, language, PUBLISHED) == []

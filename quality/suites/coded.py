"""Computed columns and rules that mentions and events share: the ontology, countries, places."""

from __future__ import annotations

import polars as pl

from assets.vocabulary.coding import STATUSES
from assets.vocabulary.plover import load_ontology
from quality.rules import Rule, RuleMaker
from quality.suite import known_countries

HAPPENED = ("actual", "denied", "claimed")
"""Statuses of what is told as past or present: their dates cannot lie ahead."""

_CAMEO = r"^(?:0[1-9]|1[0-9]|20)[0-9]{0,2}$"
_COUNTRY_COLUMNS = ("source_country", "target_country")
_SECTOR_COLUMNS = ("source_sector", "target_sector")


def coded_columns() -> list[pl.Expr]:
    """The computed columns behind `vocabulary_rules` and `place_rules`."""
    ontology = load_ontology()
    quads = {name: entry.quad for name, entry in ontology.types.items()}
    strange = pl.col("contexts").list.set_difference(pl.lit(sorted(ontology.contexts), pl.List(pl.String)))
    latitude, longitude = pl.col("latitude"), pl.col("longitude")
    return [
        mode_of_type(),
        (
            pl.col("quad_class") == pl.col("plover_type").replace_strict(quads, default=None, return_dtype=pl.Int64)
        ).alias("quad_of_type"),
        (strange.list.len() == 0).alias("contexts_known"),
        (latitude.is_null() == longitude.is_null()).alias("coordinates_whole"),
        (pl.col("event_date").is_null() == pl.col("date_precision").is_null()).alias("precision_given"),
        (pl.col("source_country").is_null() & pl.col("target_country").is_null()).alias("actors_unknown"),
        pl.col("event_date").is_null().alias("undated"),
    ]


def mode_of_type() -> pl.Expr:
    """The computed column of that name: whether a mode is one of its type's."""
    types = load_ontology().types.items()
    modes = [f"{name}/{mode}" for name, entry in types for mode in entry.modes]
    key = pl.concat_str("plover_type", pl.lit("/"), "mode")
    return (pl.col("mode").is_null() | key.is_in(modes)).alias("mode_of_type")


def vocabulary_rules(maker: RuleMaker) -> list[Rule]:
    """Types, modes, contexts, CAMEO, quad classes, countries, sectors and statuses are of their vocabularies."""
    countries = known_countries()
    return [
        *actor_and_type_rules(maker),
        maker.holds("contexts_known", "contexts are PLOVER's", ("contexts",)),
        maker.matches("cameo_code", _CAMEO, "cameo_code has a root from 01 to 20 and two to four digits"),
        maker.holds("quad_of_type", "quad_class is the type's", ("plover_type", "quad_class")),
        maker.within("intensity", -10, 10),
        maker.one_of("place_country", countries, "place_country is ISO 3166 alpha-3"),
    ]


def actor_and_type_rules(maker: RuleMaker) -> list[Rule]:
    """What any coder's event has: type and mode, countries and sectors of both actors, status and confidence."""
    ontology = load_ontology()
    countries = known_countries()
    return [
        maker.one_of("plover_type", ontology.types),
        maker.holds("mode_of_type", "mode is one of the type's", ("plover_type", "mode")),
        *(maker.one_of(column, countries, f"{column} is ISO 3166 alpha-3") for column in _COUNTRY_COLUMNS),
        *(maker.one_of(column, ontology.sectors) for column in _SECTOR_COLUMNS),
        maker.one_of("status", STATUSES),
        maker.within("confidence", 0, 1),
    ]


def place_rules(maker: RuleMaker) -> list[Rule]:
    """Coordinates are on the globe and come in pairs."""
    return [
        maker.within("latitude", -90, 90),
        maker.within("longitude", -180, 180),
        maker.holds("coordinates_whole", "latitude and longitude are given together", ("latitude", "longitude")),
    ]

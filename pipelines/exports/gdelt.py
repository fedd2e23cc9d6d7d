"""GDELT 2.0 events (61 columns) and mentions (16), tab-separated without a header, as GDELT publishes them."""

from __future__ import annotations

from pipelines.exports.layout import Layout, clean, languages_sql, number_of

_STAMP = "'%Y%m%d%H%M%S'"
# 1 a country, 4 a city abroad, 5 a division abroad: GDELT's figures for the United States (2, 3) are ours too.
_GEO_TYPE = (
    "CASE WHEN e.place_precision = 'point' THEN CASE WHEN e.place_country = 'USA' THEN 3 ELSE 4 END "
    "WHEN e.place_precision = 'admin1' THEN CASE WHEN e.place_country = 'USA' THEN 2 ELSE 5 END "
    "WHEN e.place_country IS NOT NULL THEN 1 ELSE 0 END"
)


def _actor(number: int, side: str) -> dict[str, str]:
    code = f"nullif(concat(e.{side}_country, e.{side}_sector), '')"
    named = f"CASE WHEN {side}_actor.kind IN ('organisation', 'group', 'person') THEN {side}_actor.name END"
    empty = "NULL::VARCHAR"
    values = {
        "Code": code,
        "Name": clean(f"upper(coalesce({side}_actor.name, {side}_place.name))"),
        "CountryCode": f"e.{side}_country",
        "KnownGroupCode": clean(f"upper({named})"),
        "EthnicCode": empty,
        "Religion1Code": empty,
        "Religion2Code": empty,
        "Type1Code": f"e.{side}_sector",
        "Type2Code": empty,
        "Type3Code": empty,
    }
    return {f"Actor{number}{name}": expression for name, expression in values.items()}


def _actor_place(number: int, side: str) -> dict[str, str]:
    """Where an actor is at home: of that we know the country alone."""
    values = {
        "Type": f"CASE WHEN e.{side}_country IS NULL THEN 0 ELSE 1 END",
        "Fullname": f"{side}_place.name",
        "CountryCode": f"{side}_place.fips",
        "ADM1Code": f"{side}_place.fips",
        "ADM2Code": "NULL::VARCHAR",
        "Lat": "NULL::DOUBLE",
        "Long": "NULL::DOUBLE",
        "FeatureID": f"{side}_place.fips",
    }
    return {f"Actor{number}Geo_{name}": expression for name, expression in values.items()}


# As GDELT writes them: city, division, country; a country alone once.
_PLACE_NAME = clean(
    "CASE WHEN e.place_precision = 'country' OR e.place_name IS NULL THEN where_place.name ELSE "
    "concat_ws(', ', e.place_name, nullif(e.place_admin1_name, e.place_name), where_place.name) END"
)
_ACTION_PLACE = {
    "ActionGeo_Type": _GEO_TYPE,
    "ActionGeo_Fullname": _PLACE_NAME,
    "ActionGeo_CountryCode": "where_place.fips",
    "ActionGeo_ADM1Code": "coalesce(where_place.fips || split_part(e.place_admin1, '.', 2), where_place.fips)",
    "ActionGeo_ADM2Code": "NULL::VARCHAR",
    "ActionGeo_Lat": "e.latitude",
    "ActionGeo_Long": "e.longitude",
    "ActionGeo_FeatureID": "coalesce(e.geonames_id, where_place.fips)",
}
_FIRST_PAGE = """
LEFT JOIN (
    SELECT m.event_id, arg_min(d.url, (d.published, d.document_id)) FILTER (d.url IS NOT NULL) AS url,
        min(r.received_at) AS received_at
    FROM events.mentions AS m
    JOIN cleaned.documents AS d USING (document_id) LEFT JOIN raw.documents AS r USING (document_id)
    GROUP BY m.event_id
) AS page ON page.event_id = e.event_id
"""

EVENTS = Layout(
    name="gdelt-events",
    columns={
        "GlobalEventID": number_of("e.event_id"),
        "Day": "strftime(e.event_date, '%Y%m%d')::BIGINT",
        "MonthYear": "strftime(e.event_date, '%Y%m')::BIGINT",
        "Year": "year(e.event_date)",
        "FractionDate": "round(year(e.event_date) + (month(e.event_date) * 30 + day(e.event_date)) / 365, 4)",
        **_actor(1, "source"),
        **_actor(2, "target"),
        "IsRootEvent": "1",
        "EventCode": "e.cameo_code",
        "EventBaseCode": "substr(e.cameo_code, 1, 3)",
        "EventRootCode": "substr(e.cameo_code, 1, 2)",
        "QuadClass": "e.quad_class",
        "GoldsteinScale": "e.intensity",
        "NumMentions": "e.mention_count",
        "NumSources": "e.publisher_count",
        "NumArticles": "e.document_count",
        "AvgTone": "NULL::DOUBLE",
        **_actor_place(1, "source"),
        **_actor_place(2, "target"),
        **_ACTION_PLACE,
        "DATEADDED": f"strftime(page.received_at, {_STAMP})::BIGINT",
        "SOURCEURL": clean("page.url"),
    },
    source=f"""FROM events.events AS e
LEFT JOIN events.actors AS source_actor ON source_actor.actor_id = e.source_actor_id
LEFT JOIN events.actors AS target_actor ON target_actor.actor_id = e.target_actor_id
LEFT JOIN country AS source_place ON source_place.iso3 = e.source_country
LEFT JOIN country AS target_place ON target_place.iso3 = e.target_country
LEFT JOIN country AS where_place ON where_place.iso3 = e.place_country
{_FIRST_PAGE}
ORDER BY e.event_id""",
    header=False,
)

_OFFSET = (
    "CASE WHEN instr(m.evidence_text, {text}) > 0 THEN m.evidence_start + instr(m.evidence_text, {text}) - 1 END"
)

MENTIONS = Layout(
    name="gdelt-mentions",
    columns={
        "GlobalEventID": number_of("m.event_id"),
        "EventTimeDate": f"strftime(min(r.received_at) OVER (PARTITION BY m.event_id), {_STAMP})::BIGINT",
        "MentionTimeDate": f"strftime(r.received_at, {_STAMP})::BIGINT",
        "MentionType": "1",
        "MentionSourceName": clean("d.publisher"),
        "MentionIdentifier": clean("coalesce(d.url, m.document_id)"),
        "SentenceID": "s.position + 1",
        "Actor1CharOffset": f"coalesce({_OFFSET.format(text='m.source_text')}, -1)",
        "Actor2CharOffset": f"coalesce({_OFFSET.format(text='m.target_text')}, -1)",
        "ActionCharOffset": f"coalesce({_OFFSET.format(text='m.trigger_text')}, m.evidence_start)",
        "InRawText": "1",
        "Confidence": "greatest(10, round(m.confidence * 10) * 10)::BIGINT",
        "MentionDocLen": "length(d.text)",
        "MentionDocTone": "NULL::DOUBLE",
        "MentionDocTranslationInfo": (
            "CASE WHEN m.language <> 'en' THEN "
            "concat('srclc:', coalesce(language.iso3, m.language), ';eng:', coalesce(s.engine, 'none')) END"
        ),
        "Extras": "NULL::VARCHAR",
    },
    source=f"""FROM events.mentions AS m
JOIN events.events AS e USING (event_id)
LEFT JOIN cleaned.documents AS d USING (document_id)
LEFT JOIN raw.documents AS r USING (document_id)
LEFT JOIN translated.segments AS s USING (segment_id)
LEFT JOIN ({languages_sql()}) AS language ON language.iso1 = split_part(m.language, '-', 1)
ORDER BY m.event_id, m.mention_id""",
    header=False,
)

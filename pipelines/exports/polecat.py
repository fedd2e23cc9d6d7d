"""POLECAT's columns, tab-separated with a header: one row an event, actors by country, sector and name."""

from __future__ import annotations

from pipelines.exports.layout import Layout, clean

_QUADS = "['VERBAL COOPERATION', 'MATERIAL COOPERATION', 'VERBAL CONFLICT', 'MATERIAL CONFLICT'][e.quad_class]"


def _party(side: str, name: str) -> dict[str, str]:
    """Eight columns of one side. COW codes of states are not coded here, so they are empty."""
    return {
        f"{name} Name": clean(f"{side}_actor.name"),
        f"{name} Country": f"e.{side}_country",
        f"{name} COW": "NULL::VARCHAR",
        f"Primary {name} Sector": f"e.{side}_sector",
        f"{name} Sectors": f"e.{side}_sector",
        f"{name} Title": "NULL::VARCHAR",
        f"{name} Name Raw": clean(f"best.{side}_text"),
        f"Wikipedia {name} ID": f"{side}_actor.wikidata_id",
    }


EVENTS = Layout(
    name="polecat",
    columns={
        "Event ID": "e.event_id",
        "Event Date": "e.event_date",
        "Event Type": "e.plover_type",
        "Event Mode": "e.mode",
        "Intensity": "e.intensity",
        "Quad Code": _QUADS,
        "Contexts": "array_to_string(e.contexts, ';')",
        **_party("source", "Actor"),
        **_party("target", "Recipient"),
        "Placename": clean("e.place_name"),
        "City": clean("CASE WHEN e.place_precision = 'point' THEN e.place_name END"),
        "District": "NULL::VARCHAR",
        "Province": clean("coalesce(e.place_admin1_name, e.place_admin1)"),
        "Country": "e.place_country",
        "Latitude": "e.latitude",
        "Longitude": "e.longitude",
        "GeoNames ID": "e.geonames_id",
        "Raw Placename": clean("best.place_name"),
        "Feature Type": (
            "CASE e.place_precision WHEN 'point' THEN 'PPL' WHEN 'admin1' THEN 'ADM1' WHEN 'country' THEN 'PCLI' END"
        ),
        "Source": clean("best.publisher"),
        "Publication Date": "e.first_seen",
        "Story People": "best.people",
        "Story Organizations": "best.organisations",
        "Story Locations": clean("best.places"),
        "Language": "array_to_string(e.languages, ';')",
        "Version": "'attache'",
    },
    source="""FROM events.events AS e
LEFT JOIN (
    SELECT m.event_id,
        arg_max(m.source_text, (m.confidence, m.mention_id)) AS source_text,
        arg_max(m.target_text, (m.confidence, m.mention_id)) AS target_text,
        arg_max(m.place_name, (m.confidence, m.mention_id)) AS place_name,
        arg_max(d.publisher, (m.confidence, m.mention_id)) AS publisher,
        array_to_string(list(DISTINCT a.name ORDER BY a.name) FILTER (a.kind = 'person'), ';') AS people,
        array_to_string(list(DISTINCT a.name ORDER BY a.name) FILTER (a.kind IN ('organisation', 'group')), ';')
            AS organisations,
        array_to_string(list(DISTINCT m.place_name ORDER BY m.place_name), ';') AS places
    FROM events.mentions AS m
    LEFT JOIN cleaned.documents AS d USING (document_id)
    LEFT JOIN events.actors AS a ON a.actor_id IN (m.source_actor_id, m.target_actor_id)
    GROUP BY m.event_id
) AS best ON best.event_id = e.event_id
LEFT JOIN events.actors AS source_actor ON source_actor.actor_id = e.source_actor_id
LEFT JOIN events.actors AS target_actor ON target_actor.actor_id = e.target_actor_id
ORDER BY e.event_id""",
    header=True,
)

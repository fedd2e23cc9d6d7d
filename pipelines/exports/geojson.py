"""Events as one GeoJSON FeatureCollection (RFC 7946: WGS 84, longitude first; without coordinates, null geometry)."""

from __future__ import annotations

from assets.events.events.rows import EVENTS

_PROPERTIES = ", ".join(f"'{name}', {name}" for name in EVENTS.column_names if name not in ("latitude", "longitude"))
SQL = f"""
SELECT json_object(
    'type', 'Feature',
    'id', event_id,
    'geometry', CASE WHEN latitude IS NOT NULL AND longitude IS NOT NULL
        THEN json_object('type', 'Point', 'coordinates', [longitude, latitude]) END,
    'properties', json_object({_PROPERTIES})
)::VARCHAR AS feature
FROM events.events ORDER BY event_id
"""  # noqa: S608 - made of our own column names

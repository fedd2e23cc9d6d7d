"""Events with coordinates as one GeoJSON FeatureCollection (RFC 7946: WGS 84, longitude first)."""

from __future__ import annotations

from assets.events.events.rows import EVENTS

_PROPERTIES = ", ".join(f"'{name}', {name}" for name in EVENTS.column_names if name not in ("latitude", "longitude"))
SQL = f"""
SELECT json_object(
    'type', 'Feature',
    'id', event_id,
    'geometry', json_object('type', 'Point', 'coordinates', [longitude, latitude]),
    'properties', json_object({_PROPERTIES})
)::VARCHAR AS feature
FROM events.events WHERE latitude IS NOT NULL ORDER BY event_id
"""  # noqa: S608 - made of our own column names

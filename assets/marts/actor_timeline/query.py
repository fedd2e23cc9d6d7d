"""How `marts.actor_timeline` is made of the events."""

SQL = """
WITH sides AS (
    SELECT source_actor_id AS actor_id, 'source' AS side, target_actor_id AS other, * FROM events.events
    UNION ALL SELECT target_actor_id, 'target', source_actor_id, * FROM events.events
), months AS (
    SELECT actor_id, side, other, date_trunc('month', event_date)::DATE AS month, plover_type, mention_count,
        intensity
    FROM sides WHERE actor_id IS NOT NULL AND event_date IS NOT NULL
), met AS (
    SELECT actor_id, month, side, plover_type, other, count(*) AS n FROM months WHERE other IS NOT NULL
    GROUP BY actor_id, month, side, plover_type, other
    QUALIFY row_number() OVER (PARTITION BY actor_id, month, side, plover_type ORDER BY n DESC, other) <= 5
), counterparts AS (
    SELECT actor_id, month, side, plover_type, list(other ORDER BY n DESC, other) AS counterparts
    FROM met GROUP BY ALL
)
SELECT
    m.actor_id,
    m.month,
    m.side,
    m.plover_type,
    count(*) AS event_count,
    sum(mention_count)::BIGINT AS mention_count,
    avg(intensity) AS mean_intensity,
    coalesce(any_value(c.counterparts), []) AS counterparts
FROM months AS m LEFT JOIN counterparts AS c
    ON c.actor_id = m.actor_id AND c.month = m.month AND c.side = m.side AND c.plover_type = m.plover_type
GROUP BY m.actor_id, m.month, m.side, m.plover_type
ORDER BY m.actor_id, m.month, m.side, m.plover_type
"""

"""How `marts.country_pair_month` is made of the events."""

SQL = """
SELECT
    source_country,
    target_country,
    date_trunc('month', event_date)::DATE AS month,
    plover_type,
    any_value(quad_class) AS quad_class,
    count(*) FILTER (status IN ('actual', 'claimed')) AS event_count,
    count(*) FILTER (status IN ('planned', 'offered', 'hypothetical')) AS announced_count,
    count(*) FILTER (status = 'denied' OR disputed) AS denied_count,
    sum(mention_count)::BIGINT AS mention_count,
    sum(independent_publisher_count)::BIGINT AS independent_reports,
    avg(intensity) AS mean_intensity,
    sum(dead_min)::BIGINT AS dead_min,
    sum(dead_max)::BIGINT AS dead_max
FROM events.events
WHERE source_country IS NOT NULL AND target_country IS NOT NULL AND event_date IS NOT NULL
GROUP BY source_country, target_country, month, plover_type
ORDER BY source_country, target_country, month, plover_type
"""

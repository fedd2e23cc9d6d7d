"""How `marts.publisher_profile` is made of pages, claims and events."""

SQL = """
WITH pages AS (
    SELECT d.*, coalesce(d.publisher, '(none)') AS named, first_page.publisher AS first_publisher
    FROM cleaned.documents AS d LEFT JOIN cleaned.documents AS first_page
        ON first_page.document_id = d.canonical_document_id
), told AS (
    SELECT coalesce(c.publisher, '(none)') AS named, c.*,
        e.plover_type, e.source_country, e.target_country, e.disputed,
        e.publisher_count, e.independent_publisher_count, e.first_seen
    FROM events.claims AS c JOIN events.events AS e USING (event_id)
), of_pages AS (
    SELECT named, count(*) AS documents,
        count(*) FILTER (canonical_document_id <> document_id AND first_publisher IS DISTINCT FROM publisher)
            AS copies,
        count(agency) AS agency_documents, list(DISTINCT language ORDER BY language) AS languages,
        min(published) AS first_published, max(published) AS last_published
    FROM pages GROUP BY named
), of_claims AS (
    SELECT named, count(*) AS mentions, count(DISTINCT event_id) AS events,
        count(DISTINCT event_id) FILTER (independent_publisher_count = 1 AND publisher_count = 1) AS events_alone,
        count(DISTINCT event_id) FILTER (publisher_count > 1 AND published = first_seen) AS events_first,
        count(DISTINCT event_id) FILTER (disputed) AS disputed_events,
        count(*) FILTER (len(differs_in) > 0 AND publisher_count > 1) AS differing_claims,
        avg((stance = 'attributed')::INTEGER) AS attributed_share
    FROM told GROUP BY named
), countries AS (
    SELECT named, country, count(*) AS n FROM (
        SELECT named, unnest(list_distinct([source_country, target_country])) AS country FROM told
    ) WHERE country IS NOT NULL GROUP BY named, country
    QUALIFY row_number() OVER (PARTITION BY named ORDER BY n DESC, country) <= 5
), types AS (
    SELECT named, plover_type, count(*) AS n FROM told GROUP BY named, plover_type
    QUALIFY row_number() OVER (PARTITION BY named ORDER BY n DESC, plover_type) <= 5
)
SELECT
    p.named AS publisher, p.documents, p.copies, p.agency_documents, p.languages, p.first_published, p.last_published,
    coalesce(c.mentions, 0) AS mentions, coalesce(c.events, 0) AS events, coalesce(c.events_alone, 0) AS events_alone,
    coalesce(c.events_first, 0) AS events_first, coalesce(c.disputed_events, 0) AS disputed_events,
    coalesce(c.differing_claims, 0) AS differing_claims, c.attributed_share,
    coalesce(t.top_countries, []) AS top_countries, coalesce(y.top_types, []) AS top_types
FROM of_pages AS p LEFT JOIN of_claims AS c USING (named)
LEFT JOIN (
    SELECT named, list(country ORDER BY n DESC, country) AS top_countries FROM countries GROUP BY named
) AS t USING (named)
LEFT JOIN (
    SELECT named, list(plover_type ORDER BY n DESC, plover_type) AS top_types FROM types GROUP BY named
) AS y USING (named)
ORDER BY publisher
"""

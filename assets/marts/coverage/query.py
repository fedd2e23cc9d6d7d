"""How `marts.coverage` is made of pages, sentences and mentions, days without any page among them."""

SQL = """
WITH sentences AS (
    SELECT document_id, count(*) AS sentences, count(*) FILTER (status = 'pending') AS untranslated
    FROM translated.segments GROUP BY document_id
), mentions AS (SELECT document_id, count(*) AS mentions FROM events.mentions GROUP BY document_id),
pages AS (
    SELECT coalesce(d.published, DATE '0001-01-01') AS day, d.language, d.document_id, d.canonical_document_id,
        d.publisher, coalesce(s.sentences, 0) AS sentences, coalesce(s.untranslated, 0) AS untranslated,
        coalesce(m.mentions, 0) AS mentions
    FROM cleaned.documents AS d
    LEFT JOIN sentences AS s USING (document_id) LEFT JOIN mentions AS m USING (document_id)
), days AS (
    SELECT unnest(generate_series(min(day), max(day), INTERVAL 1 DAY))::DATE AS day
    FROM pages WHERE day > DATE '1990-01-01'
), counted AS (
    SELECT day, coalesce(language, '*') AS language, count(*) AS documents,
        count(*) FILTER (document_id <> canonical_document_id) AS copies, count(DISTINCT publisher) AS publishers,
        sum(sentences)::BIGINT AS sentences, sum(untranslated)::BIGINT AS untranslated,
        count(*) FILTER (mentions > 0) AS documents_with_events, sum(mentions)::BIGINT AS mentions
    FROM pages GROUP BY GROUPING SETS ((day, language), (day))
), empty AS (
    SELECT day, day - (row_number() OVER (ORDER BY day))::INTEGER AS stretch
    FROM days WHERE day NOT IN (SELECT day FROM counted)
)
SELECT *, 0 AS gap_days FROM counted
UNION ALL
SELECT day, '*', 0, 0, 0, 0, 0, 0, 0, count(*) OVER (PARTITION BY stretch) FROM empty
ORDER BY day, language
"""

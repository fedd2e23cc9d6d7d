"""How `marts.arms_transfers` is made of what sentences tell of arms."""

SQL = """
WITH told AS (
    SELECT a.*, coalesce(d.canonical_document_id, a.document_id) AS page,
        coalesce(d.publisher, a.document_id) AS publisher
    FROM events.arms AS a LEFT JOIN cleaned.documents AS d USING (document_id)
    WHERE a.stage <> 'mentioned'
      AND (a.supplier_country IS NOT NULL OR a.recipient_country IS NOT NULL)
)
SELECT
    coalesce(supplier_country, '???') AS supplier_country,
    coalesce(recipient_country, '???') AS recipient_country,
    equipment,
    stage,
    coalesce(strftime(event_date, '%Y-%m'), 'undated') AS period,
    date_trunc('month', event_date)::DATE AS month,
    count(*) AS reports,
    count(DISTINCT page) AS documents,
    count(DISTINCT publisher) AS publishers,
    min(quantity) AS quantity_min,
    max(quantity) AS quantity_max,
    coalesce(list(DISTINCT format('{:.0f} {}', amount, currency) ORDER BY format('{:.0f} {}', amount, currency))
        FILTER (amount IS NOT NULL), []) AS amounts,
    list(DISTINCT language ORDER BY language) AS languages,
    min(evidence_text) AS example,
    list_slice(list(arms_id ORDER BY arms_id), 1, 50) AS arms_ids
FROM told
GROUP BY ALL
ORDER BY supplier_country, recipient_country, equipment, stage, period
"""

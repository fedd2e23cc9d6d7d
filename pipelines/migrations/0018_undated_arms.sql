-- Arms that a page without a date tells of are counted too, as undated.

ALTER TABLE marts.arms_transfers RENAME TO arms_transfers_before;

CREATE TABLE marts.arms_transfers (
    "supplier_country" VARCHAR NOT NULL,
    "recipient_country" VARCHAR NOT NULL,
    "equipment" VARCHAR NOT NULL,
    "stage" VARCHAR NOT NULL,
    "period" VARCHAR NOT NULL,
    "month" DATE,
    "reports" BIGINT NOT NULL,
    "documents" BIGINT NOT NULL,
    "publishers" BIGINT NOT NULL,
    "quantity_min" BIGINT,
    "quantity_max" BIGINT,
    "amounts" VARCHAR[] NOT NULL,
    "languages" VARCHAR[] NOT NULL,
    "example" VARCHAR NOT NULL,
    "arms_ids" VARCHAR[] NOT NULL,
    PRIMARY KEY ("supplier_country", "recipient_country", "equipment", "stage", "period")
);

INSERT INTO marts.arms_transfers
SELECT "supplier_country", "recipient_country", "equipment", "stage", strftime("month", '%Y-%m'), "month", "reports",
    "documents", "publishers", "quantity_min", "quantity_max", "amounts", "languages", "example", "arms_ids"
FROM marts.arms_transfers_before;

DROP TABLE marts.arms_transfers_before;

-- +goose Up
-- Somebody for whom a sponsor pays drops out, and somebody else takes the place for the months that are left.
CREATE TABLE departure (
    sponsor_id      uuid NOT NULL,
    departure_id    uuid NOT NULL,
    agreement_id    uuid NOT NULL,
    roster_id       uuid NOT NULL,
    person_id       uuid NOT NULL,               -- who leaves
    contribution_id uuid NOT NULL,
    why             text NOT NULL,               -- died, moved, employed, other
    note            text NOT NULL DEFAULT '',
    from_month      bigint NOT NULL,             -- the first month that is free
    months          bigint NOT NULL,             -- that are left
    freed           bigint NOT NULL,             -- rupiah
    state           text NOT NULL,               -- proposed, left, cancelled
    hands           text NOT NULL,               -- JSON: accounts that wrote what is proposed
    made_at         bigint NOT NULL,
    approved_by     text NOT NULL DEFAULT '',
    approved_at     bigint NOT NULL DEFAULT 0,
    heir_state      text NOT NULL DEFAULT '',    -- proposed, filled
    heir_sealed     bytea,                       -- what was read of the successor, under the roster's key
    heir_id         text NOT NULL DEFAULT '',    -- who it is, once in the book
    heir_month      bigint NOT NULL DEFAULT 0,
    heir_months     bigint NOT NULL DEFAULT 0,
    heir_amount     bigint NOT NULL DEFAULT 0,   -- rupiah
    filled_by       text NOT NULL DEFAULT '',
    filled_at       bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (sponsor_id, departure_id)
);
CREATE INDEX departure_agreement ON departure (agreement_id, departure_id);
-- What the core was told of, where it is more than what is still paid.
ALTER TABLE core_message ADD COLUMN told_months bigint NOT NULL DEFAULT 0;
-- Codes of printed cards; the code itself stands on the paper alone.
CREATE TABLE card_index (
    code_hash bytea PRIMARY KEY,
    worker_id uuid NOT NULL
);
-- Which agreement a ceremony hands over, and who receives it for all.
CREATE TABLE handover (
    campaign_id  uuid PRIMARY KEY,
    sponsor_id   uuid NOT NULL,
    agreement_id uuid NOT NULL
);
CREATE INDEX handover_agreement ON handover (agreement_id);
CREATE TABLE handover_recipient (
    campaign_id uuid NOT NULL,
    worker_id   uuid NOT NULL,
    consent     smallint NOT NULL,               -- 1: the name may be printed
    PRIMARY KEY (campaign_id, worker_id)
);

-- +goose Down
DROP TABLE handover_recipient;
DROP TABLE handover;
DROP TABLE card_index;
ALTER TABLE core_message DROP COLUMN told_months;
DROP TABLE departure;

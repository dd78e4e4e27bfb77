-- +goose Up
-- What banks said, and what they were answered: kept for ever, in the transaction that booked it.
CREATE TABLE bank_notice (
    external_id text NOT NULL,
    partner     text NOT NULL,
    day         text NOT NULL,              -- of sending, in WIB
    request_id  text NOT NULL,              -- whose answer it got
    digest      bytea NOT NULL,             -- of what was said
    PRIMARY KEY (external_id, partner, day)
);
-- A payment at a bank, by the bank's own number for it.
CREATE TABLE bank_payment (
    request_id text NOT NULL,
    partner    text NOT NULL,
    code       text NOT NULL,               -- what was paid
    amount     bigint NOT NULL,
    refused    text NOT NULL DEFAULT '',    -- key of the refusal; empty when it was booked
    refused_as text NOT NULL DEFAULT '',
    worker_id  text NOT NULL DEFAULT '',    -- whose contribution it pays
    entry_id   text NOT NULL DEFAULT '',    -- of the ledger
    at         bigint NOT NULL,
    PRIMARY KEY (request_id, partner)
);
-- Money that came and paid nothing: somebody at the desk finds out whose it is.
CREATE TABLE suspense (
    office_id   uuid NOT NULL,
    suspense_id uuid NOT NULL,              -- of the ledger's entry
    code        text NOT NULL,
    channel     text NOT NULL,
    bank        text NOT NULL,
    reference   text NOT NULL,
    amount      bigint NOT NULL,
    paid_on     text NOT NULL,
    why         text NOT NULL,              -- key of what speaks against it
    at          bigint NOT NULL,
    state       text NOT NULL DEFAULT 'open',
    PRIMARY KEY (office_id, suspense_id)
);
CREATE INDEX suspense_open ON suspense (office_id, suspense_id) WHERE state = 'open';

-- +goose Down
DROP TABLE suspense;
DROP TABLE bank_payment;
DROP TABLE bank_notice;

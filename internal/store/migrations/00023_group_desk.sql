-- +goose Up
-- A group that pays for its members: an association of a market, a base of motorcycle taxis.
CREATE TABLE payer_group (
    group_id      uuid PRIMARY KEY,
    office_id     uuid NOT NULL,
    name          text NOT NULL,
    name_fold     text NOT NULL,              -- for search
    kind          text NOT NULL,              -- association, ojek, other
    contact_name  text NOT NULL,
    contact_phone text NOT NULL DEFAULT '',
    made_by       text NOT NULL,
    made_at       bigint NOT NULL
);
CREATE INDEX payer_group_office ON payer_group (office_id, name_fold, group_id);
CREATE TABLE group_member (
    group_id  uuid NOT NULL,
    worker_id uuid NOT NULL,
    since     text NOT NULL,                  -- a day
    PRIMARY KEY (group_id, worker_id)
);
CREATE INDEX group_member_worker ON group_member (worker_id);
-- What a group pays by one code. Its lines are contributions of the members.
CREATE TABLE group_bill (
    group_id   uuid NOT NULL,
    bill_id    uuid NOT NULL,
    code       text NOT NULL,
    months     bigint NOT NULL,
    amount     bigint NOT NULL,
    state      text NOT NULL,                 -- waiting, settled, cancelled
    made_by    text NOT NULL,
    made_at    bigint NOT NULL,
    skipped    text NOT NULL,                 -- JSON: who is not in it, and the key of why
    channel    text NOT NULL DEFAULT '',
    reference  text NOT NULL DEFAULT '',
    paid_on    text NOT NULL DEFAULT '',
    settled_at bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (group_id, bill_id)
);
CREATE TABLE group_line (
    group_id        uuid NOT NULL,
    bill_id         uuid NOT NULL,
    worker_id       uuid NOT NULL,
    contribution_id uuid NOT NULL,
    first_month     bigint NOT NULL,
    last_month      bigint NOT NULL,
    amount          bigint NOT NULL,
    outcome         text NOT NULL DEFAULT '', -- covered, credited, suspended; empty while the bill waits
    PRIMARY KEY (group_id, bill_id, worker_id)
);
-- What the desk found out about money that paid nothing.
CREATE TABLE suspense_decision (
    office_id   uuid NOT NULL,
    suspense_id uuid NOT NULL,
    decision    text NOT NULL,                -- assigned, refunded
    worker_id   text NOT NULL DEFAULT '',     -- whose it is
    bill_code   text NOT NULL DEFAULT '',     -- or the bill that it pays
    reference   text NOT NULL DEFAULT '',     -- of the money that went back
    reason      text NOT NULL DEFAULT '',
    decided_by  text NOT NULL,
    decided_at  bigint NOT NULL,
    PRIMARY KEY (office_id, suspense_id)
);
-- What a bank wrote of an account of ours, as it was read.
CREATE TABLE bank_statement (
    office_id    uuid NOT NULL,
    statement_id uuid NOT NULL,
    channel      text NOT NULL,
    bank         text NOT NULL,
    from_day     text NOT NULL,
    to_day       text NOT NULL,
    lines        bigint NOT NULL,
    amount       bigint NOT NULL,             -- of all lines
    made_by      text NOT NULL,
    made_at      bigint NOT NULL,
    PRIMARY KEY (office_id, statement_id)
);
CREATE TABLE bank_statement_line (
    office_id    uuid NOT NULL,
    statement_id uuid NOT NULL,
    place        bigint NOT NULL,             -- the line of the file
    day          text NOT NULL,
    reference    text NOT NULL,
    amount       bigint NOT NULL,             -- what went out is negative
    said         text NOT NULL,
    PRIMARY KEY (office_id, statement_id, place)
);
-- A day of an office's book that somebody closed: the figures as they were, signed.
CREATE TABLE day_close (
    office_id uuid NOT NULL,
    day       text NOT NULL,
    closed_by text NOT NULL,
    closed_at bigint NOT NULL,
    figures   text NOT NULL,                  -- JSON, as it was signed
    hash      bytea NOT NULL,
    signature bytea NOT NULL,
    key_id    text NOT NULL,
    PRIMARY KEY (office_id, day)
);
-- Virtual accounts and QR codes that a bank made for a payment code, while they can be paid.
CREATE TABLE bank_code (
    code       text NOT NULL,
    bank       text NOT NULL,
    kind       text NOT NULL,                 -- va, qr
    tries      bigint NOT NULL,               -- how many were made: each has an order of its own at the bank
    amount     bigint NOT NULL,
    content    text NOT NULL,                 -- the number, or what the QR code says
    expires_at bigint NOT NULL,
    PRIMARY KEY (code, bank, kind)
);
-- A day of an account, for statements and the close of the day. Lines are written behind the payments.
CREATE INDEX ledger_line_day ON ledger_line (account, day);

-- +goose Down
DROP INDEX ledger_line_day;
DROP TABLE bank_code;
DROP TABLE day_close;
DROP TABLE bank_statement_line;
DROP TABLE bank_statement;
DROP TABLE suspense_decision;
DROP TABLE group_line;
DROP TABLE group_bill;
DROP TABLE group_member;
DROP TABLE payer_group;

-- +goose Up
-- The ledger: entries in the chain of their owner, lines in the chain of each other account.
CREATE TABLE ledger_entry (
    owner_id        uuid NOT NULL,             -- a worker, a payer, an agent, an office
    seq             bigint NOT NULL,
    entry_id        uuid NOT NULL,
    kind            text NOT NULL,
    day             text NOT NULL,             -- when the money moved
    at              bigint NOT NULL,           -- when it was written
    actor_id        text NOT NULL,
    office_id       text NOT NULL,             -- that keeps the shared accounts
    contribution_id text NOT NULL DEFAULT '',
    reference       text NOT NULL DEFAULT '',
    reverses        text NOT NULL DEFAULT '',  -- an entry of the same owner
    postings        text NOT NULL,             -- one a line: account, rupiah, month
    balance         bigint NOT NULL,           -- of the owner's accounts after it
    credit          bigint NOT NULL,
    prev_hash       bytea,
    hash            bytea NOT NULL,
    PRIMARY KEY (owner_id, seq)
);
-- Entries whose lines in shared accounts are not written yet.
CREATE TABLE ledger_pending (
    owner_id uuid NOT NULL,
    seq      bigint NOT NULL,
    PRIMARY KEY (owner_id, seq)
);
CREATE TABLE ledger_line (
    account    text NOT NULL,
    seq        bigint NOT NULL,
    owner_id   uuid NOT NULL,                  -- with place: the entry
    place      bigint NOT NULL,
    kind       text NOT NULL,
    day        text NOT NULL,
    amount     bigint NOT NULL,                -- rupiah, debit positive
    balance    bigint NOT NULL,                -- of the account after it
    entry_hash bytea NOT NULL,
    prev_hash  bytea,
    hash       bytea NOT NULL,
    PRIMARY KEY (account, seq)
);
-- A membership is paid by one contribution after the other. The first bears its id.
CREATE TABLE contribution (
    worker_id       uuid NOT NULL REFERENCES worker (worker_id),
    contribution_id uuid NOT NULL,
    membership_id   uuid NOT NULL,
    code            text NOT NULL,
    state           text NOT NULL,              -- waiting, settled, cancelled
    programs        text NOT NULL,
    first_month     bigint NOT NULL,
    months          bigint NOT NULL,
    total           bigint NOT NULL,            -- what the months cost
    credit          bigint NOT NULL DEFAULT 0,  -- the part that is there already
    amount          bigint NOT NULL,            -- the part that is to be paid by the code
    channel         text NOT NULL DEFAULT '',
    reference       text NOT NULL DEFAULT '',
    settled_on      text NOT NULL DEFAULT '',
    settled_at      bigint NOT NULL DEFAULT 0,
    confirmed_at    bigint NOT NULL DEFAULT 0,  -- by the fund's core
    entry_seq       bigint NOT NULL DEFAULT 0,  -- that settled it, in the worker's chain
    quote_id        text NOT NULL DEFAULT '',   -- empty for the first: the membership has it
    quote_version   text NOT NULL DEFAULT '',
    quote_lines     text NOT NULL DEFAULT '',
    due_day         text NOT NULL DEFAULT '',
    PRIMARY KEY (worker_id, contribution_id)
);
INSERT INTO contribution (worker_id, contribution_id, membership_id, code, state, programs, first_month, months, total, amount, channel, reference,
    settled_on, settled_at, confirmed_at)
SELECT p.worker_id, p.membership_id, p.membership_id, p.code, p.state, m.programs, m.first_month, m.months, m.quote_total, p.amount, p.channel, p.reference,
    p.settled_on, p.settled_at, m.confirmed_at
FROM payment p JOIN membership m ON m.worker_id = p.worker_id AND m.membership_id = p.membership_id;
DROP TABLE payment;
ALTER TABLE contribution RENAME TO payment;

-- +goose Down
DROP TABLE payment;
DROP TABLE ledger_line;
DROP TABLE ledger_pending;
DROP TABLE ledger_entry;
CREATE TABLE payment (
    worker_id     uuid NOT NULL REFERENCES worker (worker_id),
    membership_id uuid NOT NULL,
    code          text NOT NULL,
    amount        bigint NOT NULL,
    state         text NOT NULL,
    channel       text NOT NULL DEFAULT '',
    reference     text NOT NULL DEFAULT '',
    settled_on    text NOT NULL DEFAULT '',
    settled_at    bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (worker_id, membership_id)
);

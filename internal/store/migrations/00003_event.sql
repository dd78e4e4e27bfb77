-- +goose Up
CREATE TABLE operation (
    operation_id uuid PRIMARY KEY,
    kind         text NOT NULL,
    digest       bytea NOT NULL,              -- keyed: the body may hold a NIK
    account_id   uuid NOT NULL,
    device_id    text NOT NULL,
    seq          bigint NOT NULL,
    taken_at     bigint NOT NULL,
    received_at  bigint NOT NULL,
    outcome      text NOT NULL,
    worker_id    text NOT NULL,
    detail       text NOT NULL                -- JSON: findings, candidate, membership
);
-- Operations that wait for an earlier one; the body is sealed under a data key.
CREATE TABLE held_operation (
    operation_id uuid PRIMARY KEY,
    after_id     uuid NOT NULL,
    kind         text NOT NULL,
    digest       bytea NOT NULL,
    account_id   uuid NOT NULL,
    device_id    text NOT NULL,
    seq          bigint NOT NULL,
    base_version bigint NOT NULL,
    after_ids    text NOT NULL,               -- JSON
    taken_at     bigint NOT NULL,
    received_at  bigint NOT NULL,
    key_id       text NOT NULL,
    sealed       bytea NOT NULL,
    given_up_at  bigint NOT NULL DEFAULT 0    -- waited in vain; what it said stays
);
CREATE INDEX held_operation_after ON held_operation (after_id);
CREATE TABLE event (
    subject_id text NOT NULL,                 -- worker, account, office, device, place
    seq        bigint NOT NULL,
    event_id   uuid NOT NULL,
    kind       text NOT NULL,
    at         bigint NOT NULL,
    actor_id   text NOT NULL,
    office_id  text NOT NULL,
    facts      text NOT NULL,                 -- JSON, never a NIK or a mother's name
    prev_hash  bytea,
    hash       bytea NOT NULL,
    PRIMARY KEY (subject_id, seq)
);
CREATE INDEX event_id ON event (event_id);
CREATE TABLE event_pending (
    subject_id text NOT NULL,
    seq        bigint NOT NULL,
    PRIMARY KEY (subject_id, seq)
);
CREATE TABLE counter (
    dimension text NOT NULL,
    value     text NOT NULL,
    measure   text NOT NULL,
    month     bigint NOT NULL,
    n         bigint NOT NULL,
    PRIMARY KEY (dimension, value, measure, month)
);
-- Hourly Merkle roots over all chains' heads of that hour, signed.
CREATE TABLE merkle_root (
    hour      bigint PRIMARY KEY,             -- milliseconds UTC of its first moment
    events    bigint NOT NULL,
    root      bytea NOT NULL,
    key_id    text NOT NULL,
    signature bytea NOT NULL
);
-- What the fund's core must be told, and what came back.
CREATE TABLE core_message (
    worker_id     uuid NOT NULL,
    membership_id uuid NOT NULL,
    state         text NOT NULL,              -- queued, sent, acknowledged, rejected
    queued_at     bigint NOT NULL,
    sent_at       bigint NOT NULL DEFAULT 0,
    answered_at   bigint NOT NULL DEFAULT 0,
    reason        text NOT NULL DEFAULT '',
    tries         bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (worker_id, membership_id)
);
CREATE INDEX core_message_state ON core_message (state, queued_at);

-- +goose Down
DROP TABLE core_message;
DROP TABLE merkle_root;
DROP TABLE counter;
DROP TABLE event_pending;
DROP TABLE event;
DROP TABLE held_operation;
DROP TABLE operation;

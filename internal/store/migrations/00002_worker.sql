-- +goose Up
-- Everything about one person lives under worker_id, the shard key.
CREATE TABLE worker (
    worker_id       uuid PRIMARY KEY,          -- UUIDv7; never changes
    registration_no text NOT NULL,
    state           text NOT NULL,
    status          text NOT NULL,             -- what lists show and gauges count
    version         bigint NOT NULL,
    name            text NOT NULL,
    name_fold       text NOT NULL,             -- for search and matching
    birth_date      text NOT NULL,
    sex             text NOT NULL,
    match_n         text NOT NULL,             -- blocking keys of the room match
    match_r         text NOT NULL,
    match_y         text NOT NULL,
    person_key      bytea,                     -- wrapped; NULL once erased
    person_key_id   text NOT NULL,             -- which data key wraps it
    nik_sealed      bytea,                     -- under the person's key
    mother_sealed   bytea,
    mother_key      bytea,                     -- keyed hash of the folded name, for matching
    province        text NOT NULL,
    check_letters   text NOT NULL,
    birth_place     text NOT NULL,
    phone           text NOT NULL,
    village         text NOT NULL,
    address         text NOT NULL,
    occupation      text NOT NULL,
    sector          text NOT NULL,
    kind            text NOT NULL,
    workplace_id    text NOT NULL,
    area            text NOT NULL,             -- where the registration was taken
    campaign_id     text NOT NULL,
    office_id       uuid NOT NULL,
    agent_id        uuid NOT NULL,
    consent         text NOT NULL,             -- JSON: notice version, channel, moment
    heirs           text NOT NULL,             -- JSON; '' when none named
    findings        text NOT NULL,             -- JSON: what was odd and accepted
    taken_at        bigint NOT NULL,
    registered_at   bigint NOT NULL,
    merged_into     text NOT NULL DEFAULT '',
    kpj             text NOT NULL DEFAULT '',
    covered_until   text NOT NULL DEFAULT '',  -- last day of confirmed cover
    stands_until    text NOT NULL DEFAULT ''   -- last day before the calendar alone changes the status
);
CREATE INDEX worker_stands ON worker (stands_until) WHERE stands_until <> '';
CREATE INDEX worker_office ON worker (office_id, worker_id);
CREATE INDEX worker_agent ON worker (agent_id, worker_id);
CREATE INDEX worker_status ON worker (office_id, status, worker_id);
CREATE INDEX worker_name ON worker (office_id, name_fold, worker_id);
-- The match indexes hold all that is needed to rule out most candidates.
CREATE INDEX worker_match_n ON worker (match_n, birth_date, sex, name_fold, worker_id);
CREATE INDEX worker_match_r ON worker (match_r, birth_date, sex, name_fold, worker_id);
CREATE INDEX worker_match_y ON worker (match_y, birth_date, sex, name_fold, worker_id);
-- Until when a person's status holds by itself; the calendar changes it after that day.
CREATE TABLE standing_due (
    worker_id uuid PRIMARY KEY REFERENCES worker (worker_id),
    until     text NOT NULL
);
CREATE INDEX standing_due_until ON standing_due (until);
CREATE TABLE membership (
    worker_id     uuid NOT NULL REFERENCES worker (worker_id),
    membership_id uuid NOT NULL,
    segment       text NOT NULL,
    programs      text NOT NULL,
    income        bigint NOT NULL,            -- rupiah a month
    lowest_band   smallint NOT NULL,
    sector        text NOT NULL,
    funding       text NOT NULL,
    state         text NOT NULL,
    first_month   bigint NOT NULL,            -- year × 12 + month − 1
    months        bigint NOT NULL,
    registered_at bigint NOT NULL,
    paid_on       text NOT NULL DEFAULT '',
    paid_at       bigint NOT NULL DEFAULT 0,
    confirmed_at  bigint NOT NULL DEFAULT 0,
    core_state    text NOT NULL DEFAULT '',
    core_reason   text NOT NULL DEFAULT '',
    quote_id      uuid NOT NULL,
    quote_total   bigint NOT NULL,            -- rupiah
    quote_version text NOT NULL,              -- the rules it was priced by
    quote_lines   text NOT NULL,              -- JSON: what each month and programme cost
    due_day       text NOT NULL,
    PRIMARY KEY (worker_id, membership_id)
);
CREATE TABLE payment (
    worker_id     uuid NOT NULL REFERENCES worker (worker_id),
    membership_id uuid NOT NULL,
    code          text NOT NULL,
    amount        bigint NOT NULL,
    state         text NOT NULL,              -- waiting, settled
    channel       text NOT NULL DEFAULT '',
    reference     text NOT NULL DEFAULT '',
    settled_on    text NOT NULL DEFAULT '',
    settled_at    bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (worker_id, membership_id)
);
-- What the field sent, verbatim, under the person's key.
CREATE TABLE capture (
    worker_id    uuid NOT NULL REFERENCES worker (worker_id),
    operation_id uuid NOT NULL,
    sealed       bytea NOT NULL,
    PRIMARY KEY (worker_id, operation_id)
);
CREATE TABLE review (
    worker_id    uuid NOT NULL REFERENCES worker (worker_id),
    review_id    uuid NOT NULL,
    state        text NOT NULL,               -- open, accepted, rejected, same
    reasons      text NOT NULL,               -- JSON findings
    candidate_id text NOT NULL DEFAULT '',
    office_id    uuid NOT NULL,
    opened_at    bigint NOT NULL,
    decided_at   bigint NOT NULL DEFAULT 0,
    decided_by   text NOT NULL DEFAULT '',
    reason       text NOT NULL DEFAULT '',
    PRIMARY KEY (worker_id, review_id)
);
CREATE INDEX review_open ON review (state, review_id);
CREATE INDEX review_id ON review (review_id);
-- Index tables: values that must be unique but are not the shard key.
CREATE TABLE nik_index (
    nik_hmac  bytea PRIMARY KEY,
    key_id    text NOT NULL,
    worker_id uuid NOT NULL
);
CREATE INDEX nik_index_worker ON nik_index (worker_id);
CREATE TABLE registration_index (
    registration_no text PRIMARY KEY,
    worker_id       uuid NOT NULL
);
CREATE TABLE payment_index (
    code          text PRIMARY KEY,
    worker_id     uuid NOT NULL,
    membership_id uuid NOT NULL
);
CREATE TABLE kpj_index (
    kpj       text PRIMARY KEY,
    worker_id uuid NOT NULL
);

-- +goose Down
DROP TABLE kpj_index;
DROP TABLE payment_index;
DROP TABLE registration_index;
DROP TABLE nik_index;
DROP TABLE review;
DROP TABLE capture;
DROP TABLE payment;
DROP TABLE membership;
DROP TABLE standing_due;
DROP TABLE worker;

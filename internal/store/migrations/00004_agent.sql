-- +goose Up
-- Agents: who applied, the class they sat in, what they may do, what they carry.
CREATE TABLE application (
    application_id uuid PRIMARY KEY,
    application_no text NOT NULL UNIQUE,   -- what the applicant is told
    office_id      uuid NOT NULL REFERENCES office (office_id),
    name           text NOT NULL,
    name_fold      text NOT NULL,
    phone          text NOT NULL,
    village        text NOT NULL,          -- dotted code; '' when not told
    background     text NOT NULL,          -- rt_rw, community, association, union, academic, trader, other
    prospects      bigint NOT NULL,        -- workers already in view
    prospects_where text NOT NULL,
    consent        text NOT NULL,          -- JSON, as with workers
    state          text NOT NULL,          -- received, presented, accepted, waiting_list, rejected, withdrawn
    reason         text NOT NULL DEFAULT '',
    applied_at     bigint NOT NULL,
    presented_at   bigint NOT NULL DEFAULT 0,
    presented_to   text NOT NULL DEFAULT '',
    decided_at     bigint NOT NULL DEFAULT 0,
    decided_by     text NOT NULL DEFAULT '',
    account_id     text NOT NULL DEFAULT ''   -- once the applicant can log in
);
CREATE INDEX application_office ON application (office_id, state, application_id);
CREATE TABLE agent_class (
    class_id   uuid PRIMARY KEY,
    office_id  uuid NOT NULL REFERENCES office (office_id),
    name       text NOT NULL,
    from_day   text NOT NULL,
    to_day     text NOT NULL,
    place_id   text NOT NULL,
    pass_mark  bigint NOT NULL,            -- of 100
    state      text NOT NULL,              -- planned, running, closed
    version    bigint NOT NULL,
    added_at   bigint NOT NULL
);
CREATE TABLE class_quota (
    class_id   uuid NOT NULL REFERENCES agent_class (class_id),
    office_id  uuid NOT NULL REFERENCES office (office_id),
    seats      bigint NOT NULL,
    PRIMARY KEY (class_id, office_id)
);
CREATE TABLE class_seat (
    class_id       uuid NOT NULL REFERENCES agent_class (class_id),
    application_id uuid NOT NULL REFERENCES application (application_id),
    office_id      uuid NOT NULL REFERENCES office (office_id),  -- whose quota
    badge          text NOT NULL UNIQUE,   -- random; stands in the seat's QR
    test_score     bigint NOT NULL DEFAULT -1,
    practice       text NOT NULL DEFAULT '',  -- done, not_done
    result         text NOT NULL DEFAULT '',  -- passed, failed
    note           text NOT NULL DEFAULT '',
    seated_at      bigint NOT NULL,
    PRIMARY KEY (class_id, application_id)
);
CREATE TABLE attendance (
    class_id       uuid NOT NULL REFERENCES agent_class (class_id),
    application_id uuid NOT NULL REFERENCES application (application_id),
    day            text NOT NULL,
    at             bigint NOT NULL,
    by_account     text NOT NULL,
    PRIMARY KEY (class_id, application_id, day)
);
CREATE TABLE certificate (
    certificate_id uuid PRIMARY KEY,
    number         text NOT NULL UNIQUE,   -- public, as printed
    account_id     uuid NOT NULL REFERENCES account (account_id),
    office_id      uuid NOT NULL REFERENCES office (office_id),
    class_id       text NOT NULL,
    powers         text NOT NULL,          -- register+cash
    from_day       text NOT NULL,
    until_day      text NOT NULL,
    state          text NOT NULL,          -- valid, suspended, revoked
    state_at       bigint NOT NULL,        -- since when it is so
    reason         text NOT NULL DEFAULT '',
    issued_at      bigint NOT NULL,
    issued_by      text NOT NULL,
    token          text NOT NULL,          -- what the QR carries: signed, compact, no NIK
    code_secret    bytea NOT NULL,         -- sealed: makes the 60-second codes
    code_key_id    text NOT NULL
);
CREATE INDEX certificate_account ON certificate (account_id, issued_at);
-- The agent's photo for the public page; small.
CREATE TABLE agent_photo (
    account_id uuid PRIMARY KEY REFERENCES account (account_id),
    jpeg       bytea NOT NULL,
    added_at   bigint NOT NULL
);
CREATE TABLE kit_item (
    kit_id     uuid PRIMARY KEY,
    kind       text NOT NULL,              -- name_tag, jacket, backpack
    serial     text NOT NULL,
    office_id  uuid NOT NULL REFERENCES office (office_id),
    state      text NOT NULL,              -- in_store, handed_out, lost, worn_out
    account_id text NOT NULL DEFAULT '',   -- who has it
    since      bigint NOT NULL,
    note       text NOT NULL DEFAULT '',
    UNIQUE (kind, serial)
);
CREATE INDEX kit_account ON kit_item (account_id);
CREATE TABLE territory (
    account_id uuid NOT NULL REFERENCES account (account_id),
    kind       text NOT NULL,              -- village, place
    value      text NOT NULL,              -- dotted code, or place id
    from_day   text NOT NULL,
    to_day     text NOT NULL DEFAULT '',
    PRIMARY KEY (account_id, kind, value, from_day)
);

-- +goose Down
DROP TABLE territory;
DROP TABLE kit_item;
DROP TABLE agent_photo;
DROP TABLE certificate;
DROP TABLE attendance;
DROP TABLE class_seat;
DROP TABLE class_quota;
DROP TABLE agent_class;
DROP TABLE application;

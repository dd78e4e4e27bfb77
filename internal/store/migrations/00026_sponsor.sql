-- +goose Up
-- Who pays for people that are not its own: a regency, a village, a company, a union.
CREATE TABLE sponsor (
    sponsor_id    uuid PRIMARY KEY,
    office_id     uuid NOT NULL,
    name          text NOT NULL,
    name_fold     text NOT NULL,              -- for search
    contact_name  text NOT NULL,
    contact_phone text NOT NULL DEFAULT '',
    made_by       text NOT NULL,
    made_at       bigint NOT NULL
);
CREATE INDEX sponsor_office ON sponsor (office_id, name_fold, sponsor_id);
CREATE TABLE agreement (
    sponsor_id     uuid NOT NULL,
    agreement_id   uuid NOT NULL,
    version        bigint NOT NULL,
    state          text NOT NULL,             -- draft, approved
    kind           text NOT NULL,
    number         text NOT NULL,
    decree         text NOT NULL,
    first_month    bigint NOT NULL,
    months         bigint NOT NULL,
    programs       text NOT NULL,
    ceiling_amount bigint NOT NULL,           -- rupiah
    ceiling_people bigint NOT NULL,
    terms          text NOT NULL,             -- JSON
    hands          text NOT NULL,             -- JSON: accounts that wrote it since it was last approved
    made_at        bigint NOT NULL,
    approved_by    text NOT NULL DEFAULT '',
    approved_at    bigint NOT NULL DEFAULT 0,
    used_amount    bigint NOT NULL DEFAULT 0, -- by lists that are enrolled
    used_people    bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (sponsor_id, agreement_id)
);
-- A list of people that a sponsor pays for.
CREATE TABLE roster (
    roster_id    uuid PRIMARY KEY,
    sponsor_id   uuid NOT NULL,
    agreement_id uuid NOT NULL,
    office_id    uuid NOT NULL,
    version      bigint NOT NULL,             -- one more each time that the file is sent
    state        text NOT NULL,
    file_name    text NOT NULL,
    file_size    bigint NOT NULL,
    roster_key   bytea,                       -- wrapped; seals the file and its rows
    key_id       text NOT NULL,
    made_by      text NOT NULL,
    made_at      bigint NOT NULL,
    hands        text NOT NULL,               -- JSON: accounts that sent or changed it
    terms_of     bigint NOT NULL,             -- version of the agreement that it was judged by
    judged       bigint NOT NULL DEFAULT 0,   -- rows
    sums         text NOT NULL DEFAULT '{}',  -- JSON: rows by verdict, collisions
    people       bigint NOT NULL DEFAULT 0,   -- that may come along
    fresh        bigint NOT NULL DEFAULT 0,   -- of them not in the book yet
    amount       bigint NOT NULL DEFAULT 0,   -- what they cost
    fault        text NOT NULL DEFAULT '',    -- JSON: why it cannot be read, or came back
    approved_by  text NOT NULL DEFAULT '',
    approved_at  bigint NOT NULL DEFAULT 0,
    code         text NOT NULL DEFAULT '',
    enrolled_at  bigint NOT NULL DEFAULT 0,
    channel      text NOT NULL DEFAULT '',
    reference    text NOT NULL DEFAULT '',
    paid_on      text NOT NULL DEFAULT '',
    paid_at      bigint NOT NULL DEFAULT 0,
    started_at   bigint NOT NULL DEFAULT 0,
    covered      bigint NOT NULL DEFAULT 0,   -- people who started
    returned     bigint NOT NULL DEFAULT 0    -- rupiah that came back to the sponsor
);
CREATE INDEX roster_agreement ON roster (agreement_id, roster_id);
CREATE INDEX roster_state ON roster (state, roster_id);
CREATE TABLE roster_part (
    roster_id uuid NOT NULL,
    part      bigint NOT NULL,
    sealed    bytea NOT NULL,                 -- a piece of the file under the roster's key
    PRIMARY KEY (roster_id, part)
);
-- Judged rows, staged until they are enrolled.
CREATE TABLE roster_row (
    roster_id   uuid NOT NULL,
    row_no      bigint NOT NULL,              -- as the spreadsheet numbers it
    verdict     smallint NOT NULL,
    accepted    smallint NOT NULL,
    worker_id   text NOT NULL DEFAULT '',     -- who is in the book already
    first_month bigint NOT NULL,
    months      bigint NOT NULL,
    amount      bigint NOT NULL,
    sealed      bytea,                        -- what was read, under the roster's key
    PRIMARY KEY (roster_id, row_no)
);
CREATE TABLE roster_finding (
    roster_id uuid NOT NULL,
    row_no    bigint NOT NULL,
    place     bigint NOT NULL,
    verdict   smallint NOT NULL,
    mendable  smallint NOT NULL,
    code      text NOT NULL,
    field     text NOT NULL,
    detail    text NOT NULL,                  -- JSON: args and suggestion
    PRIMARY KEY (roster_id, row_no, place)
);
CREATE INDEX roster_finding_verdict ON roster_finding (roster_id, verdict, row_no, place);
-- What a sponsor pays for a person, from the moment that the list is enrolled.
CREATE TABLE sponsorship (
    worker_id       uuid NOT NULL REFERENCES worker (worker_id),
    contribution_id uuid NOT NULL,
    membership_id   uuid NOT NULL,
    roster_id       uuid NOT NULL,
    row_no          bigint NOT NULL,
    sponsor_id      uuid NOT NULL,
    first_month     bigint NOT NULL,
    months          bigint NOT NULL,
    amount          bigint NOT NULL,
    price           text NOT NULL,            -- JSON: what each month and programme cost
    state           text NOT NULL,            -- waiting, covered, returned
    why             text NOT NULL DEFAULT '', -- key of why it was returned
    PRIMARY KEY (worker_id, contribution_id)
);
CREATE INDEX sponsorship_roster ON sponsorship (roster_id, worker_id);

-- +goose Down
DROP TABLE sponsorship;
DROP TABLE roster_finding;
DROP TABLE roster_row;
DROP TABLE roster_part;
DROP TABLE roster;
DROP TABLE agreement;
DROP TABLE sponsor;

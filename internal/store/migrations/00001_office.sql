-- +goose Up
-- Small tables that every node holds whole: offices, people who log in, places.
CREATE TABLE office (
    office_id   uuid PRIMARY KEY,
    parent_id   uuid REFERENCES office (office_id),
    kind        text NOT NULL,             -- fund, region, branch, sub_branch
    name        text NOT NULL,
    zone        text NOT NULL,             -- IANA time zone
    added_at    bigint NOT NULL            -- milliseconds UTC, as all *_at
);
CREATE TABLE office_area (
    office_id   uuid NOT NULL REFERENCES office (office_id),
    area        text NOT NULL,             -- dotted code; '' serves the whole country
    from_day    text NOT NULL,             -- YYYY-MM-DD
    to_day      text NOT NULL DEFAULT '',  -- last day; '' while it lasts
    PRIMARY KEY (office_id, area, from_day)
);
CREATE TABLE account (
    account_id    uuid PRIMARY KEY,
    login         text NOT NULL UNIQUE,    -- lower case
    name          text NOT NULL,
    role          text NOT NULL,
    office_id     uuid NOT NULL REFERENCES office (office_id),
    password_hash text NOT NULL,           -- argon2id, PHC form
    disabled      smallint NOT NULL DEFAULT 0,
    added_at      bigint NOT NULL
);
CREATE TABLE place (
    place_id    uuid PRIMARY KEY,
    kind        text NOT NULL,             -- market, hall, centre
    name        text NOT NULL,
    name_fold   text NOT NULL,
    village     text NOT NULL,             -- dotted code
    added_at    bigint NOT NULL
);
CREATE INDEX place_village ON place (village);
CREATE TABLE setting (
    name        text PRIMARY KEY,
    value       text NOT NULL
);
-- Registration numbers are handed to servers in blocks, so that they are unique
-- without a sequence and grow in order.
CREATE TABLE number_block (
    kind        text NOT NULL,
    year        bigint NOT NULL,
    next        bigint NOT NULL,
    PRIMARY KEY (kind, year)
);
-- Leases by name let one of several processes do a job.
CREATE TABLE lease (
    name        text PRIMARY KEY,
    owner       text NOT NULL,
    lease_until bigint NOT NULL
);
CREATE TABLE session (
    token_hash  bytea PRIMARY KEY,         -- SHA-256 of the cookie's value
    account_id  uuid NOT NULL REFERENCES account (account_id),
    created_at  bigint NOT NULL,
    seen_at     bigint NOT NULL,
    expires_at  bigint NOT NULL
);
CREATE INDEX session_account ON session (account_id);
CREATE TABLE device (
    device_id   uuid PRIMARY KEY,
    account_id  uuid NOT NULL REFERENCES account (account_id),
    name        text NOT NULL,
    public_key  bytea NOT NULL,            -- SPKI, P-256
    enrolled_at bigint NOT NULL,
    revoked_at  bigint NOT NULL DEFAULT 0
);
CREATE INDEX device_account ON device (account_id);

-- +goose Down
DROP TABLE device;
DROP TABLE session;
DROP TABLE lease;
DROP TABLE number_block;
DROP TABLE setting;
DROP TABLE place;
DROP TABLE account;
DROP TABLE office_area;
DROP TABLE office;

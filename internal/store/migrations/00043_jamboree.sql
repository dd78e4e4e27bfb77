-- +goose Up
-- The hall of an event: who comes, gates, stands, the queue, what owners exchange, what the screen says.
CREATE TABLE hall (
    campaign_id uuid PRIMARY KEY,
    plan        text NOT NULL,             -- JSON: gates, topics, stamps, slides
    version     bigint NOT NULL,
    entry_hash  bytea                      -- of the token of the page where people sign up; null: nowhere
);
CREATE TABLE participant (
    campaign_id    uuid NOT NULL,
    participant_id uuid NOT NULL,
    kind           text NOT NULL,
    name           text NOT NULL,
    name_fold      text NOT NULL,          -- for search
    phone          text NOT NULL,
    organisation   text NOT NULL,
    needs          text NOT NULL,          -- JSON
    consent_at     bigint NOT NULL,
    via            text NOT NULL,          -- office, list, self
    ticket_hash    bytea NOT NULL,         -- SHA-256 of the code on the ticket
    added_at       bigint NOT NULL,
    prize_at       bigint NOT NULL DEFAULT 0,
    cancelled_at   bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (campaign_id, participant_id)
);
CREATE INDEX participant_name ON participant (campaign_id, name_fold, participant_id);
-- Where a code leads: to a ticket, a stand, or the page where people sign up.
CREATE TABLE hall_index (
    token_hash  bytea PRIMARY KEY,
    campaign_id uuid NOT NULL,
    kind        text NOT NULL,             -- ticket, stand, entry
    item_id     text NOT NULL
);
-- What phones said of a ticket, one row for each operation; who counts where is found by rule.
CREATE TABLE ticket_check (
    campaign_id    uuid NOT NULL,
    participant_id uuid NOT NULL,
    operation_id   uuid NOT NULL,
    gate           text NOT NULL,
    agent_id       uuid NOT NULL,
    taken_at       bigint NOT NULL,
    received_at    bigint NOT NULL,
    trusted        smallint NOT NULL,
    PRIMARY KEY (campaign_id, participant_id, operation_id)
);
CREATE TABLE stand (
    campaign_id   uuid NOT NULL,
    stand_id      uuid NOT NULL,
    number        text NOT NULL,
    ord           bigint NOT NULL,
    name          text NOT NULL,
    name_fold     text NOT NULL,
    kind          text NOT NULL,
    owner         text NOT NULL,
    contact_name  text NOT NULL,
    contact_phone text NOT NULL,
    team          bigint NOT NULL,         -- people, not named
    minors        smallint NOT NULL,
    about         text NOT NULL,
    public        smallint NOT NULL,
    products      text NOT NULL,           -- JSON
    added_at      bigint NOT NULL,
    PRIMARY KEY (campaign_id, stand_id)
);
CREATE INDEX stand_number ON stand (campaign_id, ord, number, stand_id);
CREATE TABLE stand_photo (
    campaign_id uuid NOT NULL,
    stand_id    uuid NOT NULL,
    product_id  uuid NOT NULL,
    picture     bytea NOT NULL,
    PRIMARY KEY (campaign_id, stand_id, product_id)
);
CREATE TABLE stamp (
    campaign_id    uuid NOT NULL,
    participant_id uuid NOT NULL,
    stand_id       uuid NOT NULL,
    operation_id   uuid NOT NULL,
    agent_id       uuid NOT NULL,
    taken_at       bigint NOT NULL,
    PRIMARY KEY (campaign_id, participant_id, stand_id)
);
CREATE TABLE consultation (
    campaign_id    uuid NOT NULL,
    number         bigint NOT NULL,
    operation_id   uuid NOT NULL,          -- that took it
    topic          text NOT NULL,
    participant_id text NOT NULL,
    state          text NOT NULL,
    desk           text NOT NULL,
    taken_at       bigint NOT NULL,
    called_at      bigint NOT NULL DEFAULT 0,
    ended_at       bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (campaign_id, number)
);
CREATE TABLE hall_offer (
    campaign_id    uuid NOT NULL,
    offer_id       uuid NOT NULL,
    participant_id uuid NOT NULL,
    side           text NOT NULL,          -- offer, need
    category       text NOT NULL,
    what           text NOT NULL,
    consent        smallint NOT NULL,
    added_at       bigint NOT NULL,
    closed_at      bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (campaign_id, offer_id)
);
CREATE TABLE announcement (
    campaign_id     uuid NOT NULL,
    announcement_id uuid NOT NULL,
    what            text NOT NULL,
    added_at        bigint NOT NULL,
    until_at        bigint NOT NULL,
    PRIMARY KEY (campaign_id, announcement_id)
);

-- +goose Down
DROP TABLE announcement;
DROP TABLE hall_offer;
DROP TABLE consultation;
DROP TABLE stamp;
DROP TABLE stand_photo;
DROP TABLE stand;
DROP TABLE ticket_check;
DROP TABLE hall_index;
DROP TABLE participant;
DROP TABLE hall;

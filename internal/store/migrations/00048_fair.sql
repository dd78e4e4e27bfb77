-- +goose Up
-- A job fair: the work that employers offer, and who applies for it. Who an applicant is stands with the ticket alone.
CREATE TABLE opening (
    campaign_id   uuid NOT NULL,
    opening_id    uuid NOT NULL,
    employer_id   text NOT NULL,              -- empty while the employer is not registered
    employer_name text NOT NULL,
    stand_id      text NOT NULL,
    position      text NOT NULL,
    about         text NOT NULL,
    seats         bigint NOT NULL,
    wage_from     bigint NOT NULL,            -- rupiah a month; 0: not told
    wage_to       bigint NOT NULL,
    area          text NOT NULL,
    requirements  text NOT NULL,
    welcome       text NOT NULL,              -- JSON: kinds of disability
    slots         text NOT NULL,              -- JSON: from, to, places, desk
    closes_at     bigint NOT NULL,
    closed_at     bigint NOT NULL DEFAULT 0,
    version       bigint NOT NULL,
    added_at      bigint NOT NULL,
    PRIMARY KEY (campaign_id, opening_id)
);
CREATE TABLE applicant (
    campaign_id    uuid NOT NULL,
    opening_id     uuid NOT NULL,
    participant_id uuid NOT NULL,
    state          text NOT NULL,
    slot_id        text NOT NULL,
    number         bigint NOT NULL,           -- in the queue of the opening and the slot
    desk           text NOT NULL,
    note           text NOT NULL,
    applied_at     bigint NOT NULL,
    called_at      bigint NOT NULL DEFAULT 0,
    interviewed_at bigint NOT NULL DEFAULT 0,
    offered_at     bigint NOT NULL DEFAULT 0,
    moved_at       bigint NOT NULL,
    employer_id    text NOT NULL DEFAULT '',
    worker_id      text NOT NULL DEFAULT '',  -- whom a registration made of the applicant
    PRIMARY KEY (campaign_id, opening_id, participant_id)
);
CREATE INDEX applicant_participant ON applicant (campaign_id, participant_id);

-- +goose Down
DROP TABLE applicant;
DROP TABLE opening;

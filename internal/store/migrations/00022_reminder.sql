-- +goose Up
-- The last month that a standing person has paid, by whom lists and reminders find who lapses next:
-- year × 12 + month − 1, 0 for none.
ALTER TABLE worker ADD COLUMN paid_to bigint NOT NULL DEFAULT 0;
UPDATE worker SET paid_to = COALESCE((SELECT MAX(p.first_month + p.months - 1) FROM payment p
    WHERE p.worker_id = worker.worker_id AND p.state = 'settled'), 0) WHERE state = 'active';
CREATE INDEX worker_paid_office ON worker (office_id, paid_to, worker_id) WHERE paid_to > 0;
CREATE INDEX worker_paid_agent ON worker (agent_id, paid_to, worker_id) WHERE paid_to > 0;
-- What a person was told, or is to be told, about the end of cover: once of each kind for each end.
CREATE TABLE reminder (
    worker_id   uuid NOT NULL REFERENCES worker (worker_id),
    end_day     text NOT NULL,              -- last day of cover
    kind        text NOT NULL,              -- b30: thirty days before; a75: after; d2026-11-21: asked for on that day
    reminder_id uuid NOT NULL,              -- of the letter, for ever
    state       text NOT NULL,              -- waiting, under_way, sent, unknown, refused, by_hand, called_off
    not_before  bigint NOT NULL,
    made_at     bigint NOT NULL,
    made_by     text NOT NULL DEFAULT '',   -- who asked for it; nobody: the calendar
    taken_at    bigint NOT NULL DEFAULT 0,
    done_at     bigint NOT NULL DEFAULT 0,
    channel     text NOT NULL DEFAULT '',
    gateway_id  text NOT NULL DEFAULT '',
    progress    text NOT NULL DEFAULT '',   -- the gateway's own word, later
    failed      text NOT NULL DEFAULT '',   -- channels by which it never came
    why         text NOT NULL DEFAULT '',   -- key of what speaks against it
    PRIMARY KEY (worker_id, end_day, kind)
);
CREATE INDEX reminder_waiting ON reminder (not_before, worker_id) WHERE state = 'waiting';
CREATE INDEX reminder_under_way ON reminder (taken_at) WHERE state = 'under_way';
CREATE INDEX reminder_id ON reminder (reminder_id);
-- How far the selection of a kind has come at an office. It moves in the transaction of the rows.
CREATE TABLE reminder_run (
    office_id uuid NOT NULL,
    end_day   text NOT NULL,
    kind      text NOT NULL,
    after_id  text NOT NULL,                -- the last worker looked at
    made      bigint NOT NULL,
    done_at   bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (office_id, end_day, kind)
);
-- Who asked not to be written to, by the number that wrote, and the word that this was heard.
CREATE TABLE contact_choice (
    phone     text PRIMARY KEY,
    stopped   smallint NOT NULL,
    at        bigint NOT NULL,
    letter_id uuid NOT NULL,
    template  text NOT NULL,
    state     text NOT NULL,                -- of the answer: waiting, under_way, sent, unknown, refused
    taken_at  bigint NOT NULL DEFAULT 0
);
CREATE INDEX contact_choice_waiting ON contact_choice (at) WHERE state = 'waiting';
-- Somebody else pays: a relative, a group or a sponsor, by a page that names nobody but by the given name.
CREATE TABLE rescue (
    worker_id       uuid NOT NULL REFERENCES worker (worker_id),
    rescue_id       uuid NOT NULL,
    contribution_id uuid NOT NULL,
    payer_kind      text NOT NULL,          -- relative, group, sponsor
    payer_name      text NOT NULL,
    made_by         text NOT NULL,
    made_at         bigint NOT NULL,
    PRIMARY KEY (worker_id, rescue_id)
);
CREATE INDEX rescue_contribution ON rescue (worker_id, contribution_id);
CREATE TABLE rescue_index (
    token_hash bytea PRIMARY KEY,
    worker_id  uuid NOT NULL,
    rescue_id  uuid NOT NULL
);

-- +goose Down
DROP TABLE rescue_index;
DROP TABLE rescue;
DROP TABLE contact_choice;
DROP TABLE reminder_run;
DROP TABLE reminder;
DROP INDEX worker_paid_agent;
DROP INDEX worker_paid_office;
ALTER TABLE worker DROP COLUMN paid_to;

-- +goose Up
-- Villages and markets on their way to being aware of social security.
CREATE TABLE aware (
    aware_id         uuid PRIMARY KEY,
    office_id        uuid NOT NULL,
    kind             text NOT NULL,
    area             text NOT NULL,             -- dotted code of the village; of a market where it lies
    place_id         text NOT NULL DEFAULT '',  -- of a market
    officials        bigint NOT NULL,           -- how many there are, as they say
    potential        bigint NOT NULL,           -- working people; 0: not known yet
    potential_source text NOT NULL,
    potential_on     text NOT NULL,
    note             text NOT NULL,
    employer_id      text NOT NULL DEFAULT '',  -- whose officials they are
    step             text NOT NULL,             -- the last one that stands
    colour           text NOT NULL,             -- of the newest month
    judged_on        text NOT NULL DEFAULT '',  -- day of the newest look
    token_no         bigint NOT NULL,           -- of the public page; one more makes the old page show nothing
    token_hash       bytea NOT NULL,
    version          bigint NOT NULL,
    made_by          text NOT NULL,
    made_at          bigint NOT NULL
);
CREATE UNIQUE INDEX aware_one ON aware (area, kind, place_id);
CREATE UNIQUE INDEX aware_token ON aware (token_hash);
CREATE INDEX aware_judged ON aware (judged_on, aware_id);
-- What was written down about steps; nothing is written over.
CREATE TABLE aware_step (
    aware_id  uuid NOT NULL,
    seq       bigint NOT NULL,
    step      text NOT NULL,
    day       text NOT NULL,
    reference text NOT NULL,
    note      text NOT NULL,
    back      smallint NOT NULL,                -- the step was taken back
    why       text NOT NULL,                    -- of a correction
    made_by   text NOT NULL,
    made_at   bigint NOT NULL,
    PRIMARY KEY (aware_id, seq)
);
CREATE TABLE aware_month (
    aware_id  uuid NOT NULL,
    month     bigint NOT NULL,
    colour    text NOT NULL,
    protected bigint NOT NULL,
    potential bigint NOT NULL,
    need      bigint NOT NULL,
    officials bigint NOT NULL,
    covered   bigint NOT NULL,                  -- officials who were protected
    dialogues bigint NOT NULL,
    counted   smallint NOT NULL,                -- after the month, from what was paid for it
    PRIMARY KEY (aware_id, month)
);
CREATE TABLE aware_dialogue (
    aware_id    uuid NOT NULL,
    campaign_id uuid NOT NULL,
    added_at    bigint NOT NULL,
    PRIMARY KEY (aware_id, campaign_id)
);
-- Who is counted in a market.
CREATE INDEX worker_workplace ON worker (workplace_id, status) WHERE workplace_id <> '';

-- +goose Down
DROP INDEX worker_workplace;
DROP TABLE aware_dialogue;
DROP TABLE aware_month;
DROP TABLE aware_step;
DROP TABLE aware;

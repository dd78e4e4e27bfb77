-- +goose Up
-- Campaigns and the market sweep. Lanes and lots belong to the market and outlive a sweep.
CREATE TABLE campaign (
    campaign_id uuid PRIMARY KEY,
    parent_id   text NOT NULL,             -- '' for none
    kind        text NOT NULL,             -- sweep, class, dialogue, jamboree, job_fair, handover, consultation
    name        text NOT NULL,
    office_id   uuid NOT NULL REFERENCES office (office_id),
    place_id    text NOT NULL,
    area        text NOT NULL,             -- dotted code of where it is
    opens_at    bigint NOT NULL,           -- the planned window
    closes_at   bigint NOT NULL,
    seals_at    bigint NOT NULL,           -- what arrives later is not counted
    state       text NOT NULL,             -- planned, open, paused, closed, sealed, cancelled
    began_at    bigint NOT NULL DEFAULT 0,
    ended_at    bigint NOT NULL DEFAULT 0,
    rewards     bigint NOT NULL,           -- how many of the best are rewarded
    plan        text NOT NULL,             -- JSON: programmes, goal, note
    result      text NOT NULL DEFAULT '',  -- JSON: as it stood when it was sealed
    version     bigint NOT NULL,
    added_at    bigint NOT NULL
);
CREATE INDEX campaign_office ON campaign (office_id, opens_at);
CREATE INDEX campaign_parent ON campaign (parent_id);
CREATE TABLE campaign_pause (
    campaign_id uuid NOT NULL REFERENCES campaign (campaign_id),
    from_at     bigint NOT NULL,
    to_at       bigint NOT NULL DEFAULT 0, -- 0 while it lasts
    PRIMARY KEY (campaign_id, from_at)
);
CREATE TABLE campaign_team (
    campaign_id uuid NOT NULL REFERENCES campaign (campaign_id),
    team_id     uuid NOT NULL,
    name        text NOT NULL,
    lanes       text NOT NULL,             -- JSON: lane ids that the team walks
    ord         bigint NOT NULL,
    PRIMARY KEY (campaign_id, team_id)
);
CREATE TABLE campaign_member (
    campaign_id uuid NOT NULL REFERENCES campaign (campaign_id),
    account_id  uuid NOT NULL REFERENCES account (account_id),
    team_id     text NOT NULL,
    PRIMARY KEY (campaign_id, account_id)
);
CREATE INDEX campaign_member_account ON campaign_member (account_id);
CREATE TABLE kiosk (
    token_hash  bytea PRIMARY KEY,         -- SHA-256 of the token in the board's address
    campaign_id uuid NOT NULL REFERENCES campaign (campaign_id),
    name        text NOT NULL,
    added_at    bigint NOT NULL,
    added_by    text NOT NULL,
    until_at    bigint NOT NULL,
    revoked_at  bigint NOT NULL DEFAULT 0
);
CREATE INDEX kiosk_campaign ON kiosk (campaign_id);
CREATE TABLE lane (
    lane_id    uuid PRIMARY KEY,
    place_id   uuid NOT NULL REFERENCES place (place_id),
    name       text NOT NULL,
    trade      text NOT NULL,              -- what is sold there
    ord        bigint NOT NULL,
    x          bigint NOT NULL,            -- on the plan of the market, in tiles
    y          bigint NOT NULL,
    w          bigint NOT NULL,
    h          bigint NOT NULL
);
CREATE INDEX lane_place ON lane (place_id, ord);
-- A lot's id is made of its lane and number, so that two phones that count it make one.
CREATE TABLE lot (
    lot_id     uuid PRIMARY KEY,
    lane_id    uuid NOT NULL REFERENCES lane (lane_id),
    number     text NOT NULL,
    ord        bigint NOT NULL,
    origin     text NOT NULL,              -- plan, counted
    added_at   bigint NOT NULL
);
CREATE INDEX lot_lane ON lot (lane_id, ord);
-- What phones said of a lot, one row for each operation; the last word is found by rule.
CREATE TABLE lot_visit (
    campaign_id  uuid NOT NULL,
    lot_id       uuid NOT NULL,
    operation_id uuid NOT NULL,
    outcome      text NOT NULL,            -- visited, closed, refused, member, registered, back
    reason       text NOT NULL,            -- why it was refused
    back_at      text NOT NULL,            -- 04:00, or a day and an hour
    worker_id    text NOT NULL,
    agent_id     uuid NOT NULL,
    taken_at     bigint NOT NULL,
    received_at  bigint NOT NULL,
    trusted      smallint NOT NULL,
    PRIMARY KEY (campaign_id, lot_id, operation_id)
);
-- Every time somebody was registered, or tried, in a sweep. Who gets the credit is found by rule.
CREATE TABLE sweep_capture (
    campaign_id  uuid NOT NULL,
    worker_id    uuid NOT NULL,
    operation_id uuid NOT NULL,
    agent_id     uuid NOT NULL,
    kind         text NOT NULL,            -- new, rejoined, repeated
    lot_id       text NOT NULL,
    occupation   text NOT NULL,
    taken_at     bigint NOT NULL,
    received_at  bigint NOT NULL,
    trusted      smallint NOT NULL,        -- could the phone's clock be believed
    decided      text NOT NULL DEFAULT '', -- counted, set_aside: by the evaluation
    decided_by   text NOT NULL DEFAULT '',
    decided_at   bigint NOT NULL DEFAULT 0,
    reason       text NOT NULL DEFAULT '',
    PRIMARY KEY (campaign_id, worker_id, operation_id)
);
CREATE INDEX sweep_capture_worker ON sweep_capture (worker_id);
-- A photo that an agent took, sealed under the person's key.
CREATE TABLE photo (
    worker_id    uuid NOT NULL REFERENCES worker (worker_id),
    photo_id     uuid NOT NULL,
    kind         text NOT NULL,            -- ktp, stall
    sealed       bytea NOT NULL,
    bytes        bigint NOT NULL,
    taken_at     bigint NOT NULL,
    agent_id     uuid NOT NULL,
    PRIMARY KEY (worker_id, photo_id)
);

-- +goose Down
DROP TABLE photo;
DROP TABLE sweep_capture;
DROP TABLE lot_visit;
DROP TABLE lot;
DROP TABLE lane;
DROP TABLE kiosk;
DROP TABLE campaign_member;
DROP TABLE campaign_team;
DROP TABLE campaign_pause;
DROP TABLE campaign;

-- +goose Up
-- Where a QR code hangs by which people register themselves on their own phones.
CREATE TABLE self_source (
    token_hash  bytea PRIMARY KEY,         -- SHA-256 of the token in the page's address
    source_id   uuid NOT NULL,
    campaign_id uuid NOT NULL REFERENCES campaign (campaign_id),
    office_id   uuid NOT NULL REFERENCES office (office_id),
    stand       text NOT NULL,
    added_at    bigint NOT NULL,
    added_by    text NOT NULL,
    until_at    bigint NOT NULL,
    revoked_at  bigint NOT NULL DEFAULT 0
);
CREATE INDEX self_source_campaign ON self_source (campaign_id);
-- A code that goes to a phone, to show that its holder is there. The code itself is not kept: it is made of the id.
CREATE TABLE one_time_code (
    phone      text NOT NULL,
    code_id    uuid NOT NULL,
    made_at    bigint NOT NULL,
    until_at   bigint NOT NULL,
    tries      bigint NOT NULL DEFAULT 0,
    used_at    bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (phone, code_id)
);
-- What somebody ordered for himself: one for each form that was sent, whether the person was known or not.
CREATE TABLE self_order (
    order_id    uuid PRIMARY KEY,
    source_id   uuid NOT NULL,
    campaign_id uuid NOT NULL,
    office_id   uuid NOT NULL,
    stand       text NOT NULL,
    kind        text NOT NULL,             -- lone, owner
    phone       text NOT NULL,
    worker_id   text NOT NULL,             -- '' when nobody could be made of it
    fresh       smallint NOT NULL,         -- made by this form
    business    text NOT NULL,             -- JSON of what an owner said; ''
    employer_id text NOT NULL DEFAULT '',
    code        text NOT NULL,
    amount      bigint NOT NULL,           -- rupiah
    months      bigint NOT NULL,
    state       text NOT NULL,             -- waiting, settled
    made_at     bigint NOT NULL,
    channel     text NOT NULL DEFAULT '',
    reference   text NOT NULL DEFAULT '',
    paid_on     text NOT NULL DEFAULT '',
    settled_at  bigint NOT NULL DEFAULT 0
);
CREATE INDEX self_order_campaign ON self_order (campaign_id, made_at, order_id);
-- Letters of both kinds on their way.
CREATE TABLE self_letter (
    letter_id  uuid PRIMARY KEY,
    template   text NOT NULL,              -- one_time_code, self_order
    phone      text NOT NULL,
    about      uuid NOT NULL,              -- the code, or the order
    state      text NOT NULL,              -- waiting, under_way
    not_before bigint NOT NULL,
    until_at   bigint NOT NULL,            -- later it is of no use
    taken_at   bigint NOT NULL DEFAULT 0
);
CREATE INDEX self_letter_waiting ON self_letter (state, not_before);

-- +goose Down
DROP TABLE self_letter;
DROP TABLE self_order;
DROP TABLE one_time_code;
DROP TABLE self_source;

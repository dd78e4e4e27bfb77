-- +goose Up
-- What is done to meet people before they are registered: partners, guests, costs, questions, leads.
CREATE TABLE partner (
    partner_id    uuid PRIMARY KEY,
    office_id     uuid NOT NULL,
    kind          text NOT NULL,              -- association, union, tripartite, labour_office, bank, school, company, community, government
    name          text NOT NULL,
    name_fold     text NOT NULL,              -- for search
    contact_name  text NOT NULL,
    contact_phone text NOT NULL DEFAULT '',
    agreement     text NOT NULL DEFAULT '',   -- number of what was agreed
    from_day      text NOT NULL DEFAULT '',   -- YYYY-MM-DD; '' when it is open
    until_day     text NOT NULL DEFAULT '',
    note          text NOT NULL DEFAULT '',
    version       bigint NOT NULL,
    made_by       text NOT NULL,
    made_at       bigint NOT NULL
);
CREATE INDEX partner_office ON partner (office_id, name_fold, partner_id);
ALTER TABLE campaign ADD COLUMN partner_id text NOT NULL DEFAULT '';   -- who organises it; '' when the office does
ALTER TABLE campaign ADD COLUMN budget bigint NOT NULL DEFAULT 0;      -- rupiah
CREATE INDEX campaign_partner ON campaign (partner_id);
CREATE INDEX campaign_opens ON campaign (opens_at);
ALTER TABLE sponsor ADD COLUMN partner_id text NOT NULL DEFAULT '';
CREATE INDEX sponsor_partner ON sponsor (partner_id);
CREATE TABLE campaign_guest (
    campaign_id  uuid NOT NULL REFERENCES campaign (campaign_id),
    guest_id     uuid NOT NULL,
    kind         text NOT NULL,               -- official, union, company, tripartite, association, bank, community, press, recipient, other
    name         text NOT NULL,
    organisation text NOT NULL,
    position     text NOT NULL,
    heads        bigint NOT NULL,             -- how many come with one invitation
    came         bigint NOT NULL DEFAULT 0,   -- how many did
    state        text NOT NULL,               -- invited, accepted, declined, attended
    said_at      bigint NOT NULL,             -- when that was said
    PRIMARY KEY (campaign_id, guest_id)
);
CREATE TABLE campaign_cost (
    campaign_id uuid NOT NULL REFERENCES campaign (campaign_id),
    cost_id     uuid NOT NULL,
    what        text NOT NULL,
    planned     bigint NOT NULL,              -- rupiah
    spent       bigint NOT NULL,
    PRIMARY KEY (campaign_id, cost_id)
);
CREATE TABLE campaign_question (
    campaign_id uuid NOT NULL REFERENCES campaign (campaign_id),
    question_id uuid NOT NULL,
    kind        text NOT NULL,                -- of guest who asked
    asked       text NOT NULL,
    answered    text NOT NULL,                -- '' while nobody did
    PRIMARY KEY (campaign_id, question_id)
);
-- Somebody whom an agent met and who is not registered yet. Its id is that of the operation.
CREATE TABLE lead (
    lead_id     uuid PRIMARY KEY,
    office_id   uuid NOT NULL,
    agent_id    uuid NOT NULL,
    campaign_id text NOT NULL,                -- '' for none
    partner_id  text NOT NULL,                -- who sent them; '' for nobody
    stand       text NOT NULL,
    name        text NOT NULL,                -- or a nickname; '' when it was erased
    name_fold   text NOT NULL,
    phone       text NOT NULL,
    business    text NOT NULL,
    area        text NOT NULL,
    state       text NOT NULL,                -- contacted, interested, appointment, registered, refused
    next_day    text NOT NULL,                -- YYYY-MM-DD to come back; '' for none
    note        text NOT NULL,
    worker_id   text NOT NULL,                -- who they became
    taken_at    bigint NOT NULL,
    changed_at  bigint NOT NULL,
    erased_at   bigint NOT NULL DEFAULT 0     -- name and phone were
);
CREATE INDEX lead_office ON lead (office_id, lead_id);
CREATE INDEX lead_agent ON lead (agent_id, lead_id);
CREATE INDEX lead_campaign ON lead (campaign_id, lead_id);
CREATE INDEX lead_partner ON lead (partner_id, state);
CREATE INDEX lead_worker ON lead (worker_id);
CREATE INDEX lead_old ON lead (erased_at, taken_at);

-- +goose Down
DROP TABLE lead;
DROP TABLE campaign_question;
DROP TABLE campaign_cost;
DROP TABLE campaign_guest;
DROP INDEX sponsor_partner;
ALTER TABLE sponsor DROP COLUMN partner_id;
DROP INDEX campaign_opens;
DROP INDEX campaign_partner;
ALTER TABLE campaign DROP COLUMN budget;
ALTER TABLE campaign DROP COLUMN partner_id;
DROP TABLE partner;

-- +goose Up
-- Employers of wage workers (PU). Everything about one lives under employer_id, the shard key.
CREATE TABLE employer (
    employer_id   uuid PRIMARY KEY,
    office_id     uuid NOT NULL,
    kind          text NOT NULL,              -- business, village_government, individual
    name          text NOT NULL,
    name_fold     text NOT NULL,              -- for search
    nib           text NOT NULL DEFAULT '',
    area          text NOT NULL,              -- dotted code
    address       text NOT NULL DEFAULT '',
    sector        text NOT NULL,
    risk_class    bigint NOT NULL,            -- 1 to 5
    size_class    text NOT NULL,              -- micro, small, medium, large
    extra         text NOT NULL DEFAULT '',   -- programmes taken freely
    contact_name  text NOT NULL,
    contact_phone text NOT NULL DEFAULT '',
    campaign_id   text NOT NULL DEFAULT '',   -- by what it was found
    stand         text NOT NULL DEFAULT '',
    partner_id    text NOT NULL DEFAULT '',
    version       bigint NOT NULL,
    made_by       text NOT NULL,
    made_at       bigint NOT NULL
);
CREATE INDEX employer_office ON employer (office_id, name_fold, employer_id);
CREATE INDEX employer_area ON employer (area, employer_id);
-- A business number is one employer's.
CREATE TABLE employer_index (
    nib         text PRIMARY KEY,
    employer_id uuid NOT NULL
);
-- One stay of a person with an employer; its membership is of segment PU.
CREATE TABLE employment (
    employer_id   uuid NOT NULL,
    membership_id uuid NOT NULL,
    worker_id     uuid NOT NULL,
    wage          bigint NOT NULL,            -- rupiah a month, as it was told at the beginning
    position      text NOT NULL DEFAULT '',
    from_day      text NOT NULL,
    to_day        text NOT NULL DEFAULT '',   -- last day of work
    why           text NOT NULL DEFAULT '',
    made_by       text NOT NULL,
    made_at       bigint NOT NULL,
    PRIMARY KEY (employer_id, membership_id)
);
CREATE INDEX employment_worker ON employment (worker_id);
-- What was earned in a month, when it was told; else the wage of the month before.
CREATE TABLE employer_wage (
    employer_id   uuid NOT NULL,
    month         bigint NOT NULL,
    membership_id uuid NOT NULL,
    wage          bigint NOT NULL,
    told_by       text NOT NULL,
    told_at       bigint NOT NULL,
    PRIMARY KEY (employer_id, month, membership_id)
);
-- What an employer owes for a month and for what was told late of the months before it.
CREATE TABLE employer_bill (
    employer_id uuid NOT NULL,
    bill_id     uuid NOT NULL,
    month       bigint NOT NULL,
    code        text NOT NULL,
    amount      bigint NOT NULL,              -- contributions, rupiah
    penalty     bigint NOT NULL DEFAULT 0,    -- for paying late, as far as it is charged
    state       text NOT NULL,                -- waiting, settled, cancelled
    due_day     text NOT NULL,
    version     text NOT NULL,                -- of the rules
    made_by     text NOT NULL,
    made_at     bigint NOT NULL,
    skipped     text NOT NULL,                -- JSON: who is not in it, and the key of why
    channel     text NOT NULL DEFAULT '',
    reference   text NOT NULL DEFAULT '',
    paid_on     text NOT NULL DEFAULT '',
    settled_at  bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (employer_id, bill_id)
);
CREATE INDEX employer_bill_due ON employer_bill (state, due_day);
CREATE TABLE employer_line (
    employer_id   uuid NOT NULL,
    bill_id       uuid NOT NULL,
    membership_id uuid NOT NULL,
    month         bigint NOT NULL,
    worker_id     uuid NOT NULL,
    wage          bigint NOT NULL,
    programs      text NOT NULL,
    amount        bigint NOT NULL,            -- rupiah; negative when less is due than was billed before
    employee      bigint NOT NULL,            -- the part that is kept back from the wage
    price         text NOT NULL,              -- JSON: what each programme costs
    outcome       text NOT NULL DEFAULT '',   -- covered, adjusted, credited; empty while the bill waits
    PRIMARY KEY (employer_id, bill_id, membership_id, month)
);
-- PU: the last day on which the month after the paid ones need not be paid.
ALTER TABLE payment ADD COLUMN holds_until text NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE payment DROP COLUMN holds_until;
DROP TABLE employer_line;
DROP TABLE employer_bill;
DROP TABLE employer_wage;
DROP TABLE employment;
DROP TABLE employer_index;
DROP TABLE employer;

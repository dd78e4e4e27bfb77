-- +goose Up
-- Payment codes that are no contribution's: an agent's deposit, a group's bill.
CREATE TABLE bill_code (
    code     text PRIMARY KEY,
    kind     text NOT NULL,                 -- whose: see app/bill.go
    owner_id uuid NOT NULL,
    bill_id  uuid NOT NULL
);
-- Cash that an agent took, by the receipt that the device signed. The id is the operation's.
CREATE TABLE receipt (
    worker_id       uuid NOT NULL,          -- of nobody: what the receipt says it is about
    receipt_id      uuid NOT NULL,
    agent_id        uuid NOT NULL,
    device_id       text NOT NULL,
    counter         bigint NOT NULL,
    code_end        text NOT NULL,
    months          bigint NOT NULL,
    first_month     bigint NOT NULL,
    amount          bigint NOT NULL,
    taken_at        bigint NOT NULL,
    taken_on        text NOT NULL,          -- the day at the agent's office
    received_at     bigint NOT NULL,
    state           text NOT NULL,          -- open, kept, settled
    paid_from       text NOT NULL,          -- cash, float
    nobody          smallint NOT NULL,      -- the registration was refused
    take_entry      text NOT NULL DEFAULT '', -- of the ledger
    deposit_id      text NOT NULL DEFAULT '', -- while open: asked for; else: that brought it
    deposit_entry   text NOT NULL DEFAULT '',
    deposited_on    text NOT NULL DEFAULT '',
    contribution_id text NOT NULL DEFAULT '',
    PRIMARY KEY (worker_id, receipt_id)
);
CREATE INDEX receipt_open ON receipt (agent_id, taken_at) WHERE state = 'open';
CREATE INDEX receipt_agent ON receipt (agent_id, receipt_id);
CREATE INDEX receipt_deposit ON receipt (deposit_id) WHERE deposit_id <> '';
CREATE TABLE receipt_index (
    code_hash  bytea PRIMARY KEY,
    worker_id  uuid NOT NULL,
    receipt_id uuid NOT NULL
);
-- Which numbers a device has used, and for which receipt first.
CREATE TABLE receipt_counter (
    device_id  text NOT NULL,
    counter    bigint NOT NULL,
    receipt_id uuid NOT NULL,
    PRIMARY KEY (device_id, counter)
);
-- The code of a receipt on its way to the worker's phone; sealed, and gone when it was sent.
CREATE TABLE receipt_letter (
    worker_id  uuid NOT NULL,
    receipt_id uuid NOT NULL,
    letter_id  uuid NOT NULL,
    sealed     bytea NOT NULL,
    key_id     text NOT NULL,
    state      text NOT NULL,               -- waiting, under_way, sent, unknown, refused
    not_before bigint NOT NULL,
    taken_at   bigint NOT NULL DEFAULT 0,
    failed     text NOT NULL DEFAULT '',
    PRIMARY KEY (worker_id, receipt_id)
);
CREATE INDEX receipt_letter_waiting ON receipt_letter (not_before) WHERE state = 'waiting';
-- What an agent asks to pay: cash of receipts, or a balance ahead.
CREATE TABLE deposit (
    agent_id   uuid NOT NULL,
    deposit_id uuid NOT NULL,
    office_id  uuid NOT NULL,
    kind       text NOT NULL,               -- receipts, float
    code       text NOT NULL,
    amount     bigint NOT NULL,
    receipts   bigint NOT NULL,
    made_at    bigint NOT NULL,
    state      text NOT NULL,               -- waiting, settled, cancelled
    paid       bigint NOT NULL DEFAULT 0,
    paid_on    text NOT NULL DEFAULT '',
    channel    text NOT NULL DEFAULT '',
    reference  text NOT NULL DEFAULT '',
    PRIMARY KEY (agent_id, deposit_id)
);
-- Agents who have taken cash, have a balance, or were told to take none.
CREATE TABLE cash_agent (
    agent_id   uuid PRIMARY KEY,
    blocked    text NOT NULL DEFAULT '',    -- why; empty while they may
    blocked_by text NOT NULL DEFAULT '',
    blocked_at bigint NOT NULL DEFAULT 0,
    told_on    text NOT NULL DEFAULT ''     -- last day on which overdue cash was told of
);
CREATE TABLE cash_case (
    office_id   uuid NOT NULL,
    case_id     uuid NOT NULL,
    case_no     text NOT NULL,
    kind        text NOT NULL,
    agent_id    uuid NOT NULL,
    worker_id   text NOT NULL DEFAULT '',
    receipt_id  text NOT NULL DEFAULT '',
    amount      bigint NOT NULL DEFAULT 0,
    said        text NOT NULL DEFAULT '',
    phone       text NOT NULL DEFAULT '',
    device_id   text NOT NULL DEFAULT '',   -- of a gap: whose numbers, from and to, are missing
    gap_from    bigint NOT NULL DEFAULT 0,
    gap_to      bigint NOT NULL DEFAULT 0,
    opened_at   bigint NOT NULL,
    state       text NOT NULL,              -- open, decided
    decision    text NOT NULL DEFAULT '',
    reason      text NOT NULL DEFAULT '',
    decided_by  text NOT NULL DEFAULT '',
    decided_at  bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (office_id, case_id)
);
CREATE INDEX cash_case_open ON cash_case (office_id, case_id) WHERE state = 'open';
CREATE INDEX cash_case_agent ON cash_case (agent_id, kind) WHERE state = 'open';
CREATE INDEX cash_case_receipt ON cash_case (receipt_id) WHERE receipt_id <> '';

-- +goose Down
DROP TABLE cash_case;
DROP TABLE cash_agent;
DROP TABLE deposit;
DROP TABLE receipt_letter;
DROP TABLE receipt_counter;
DROP TABLE receipt_index;
DROP TABLE receipt;
DROP TABLE bill_code;

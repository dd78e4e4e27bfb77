-- +goose Up
-- Service desks of the labour office: the numbers of each day, and the cases that come of them.
CREATE TABLE service_desk (
    service_id uuid PRIMARY KEY,
    office_id  uuid NOT NULL,
    partner_id text NOT NULL,             -- who keeps it; '' when the office does
    name       text NOT NULL,
    name_fold  text NOT NULL,             -- for search
    place      text NOT NULL,
    area       text NOT NULL,
    opens      text NOT NULL,             -- JSON: days of the week with hours
    topics     text NOT NULL,             -- JSON
    by_phone   smallint NOT NULL,         -- people take numbers on their own phones
    closed     smallint NOT NULL,         -- for good
    codes      bigint NOT NULL,           -- how often its codes were made anew
    version    bigint NOT NULL,
    made_by    text NOT NULL,
    made_at    bigint NOT NULL
);
CREATE INDEX service_desk_office ON service_desk (office_id, name_fold, service_id);
CREATE TABLE service_turn (
    service_id   uuid NOT NULL,
    day          text NOT NULL,           -- YYYY-MM-DD at the desk
    topic        text NOT NULL,
    number       bigint NOT NULL,         -- of the topic on that day
    operation_id uuid NOT NULL,           -- that took it
    own_phone    smallint NOT NULL,
    state        text NOT NULL,           -- waiting, called, done, no_show
    desk         text NOT NULL,
    taken_at     bigint NOT NULL,
    called_at    bigint NOT NULL DEFAULT 0,
    ended_at     bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (service_id, day, topic, number)
);
-- Where a code leads: to the page where numbers are taken, to the screen of the room, to a number.
CREATE TABLE service_code (
    code_hash  bytea PRIMARY KEY,
    service_id uuid NOT NULL,
    kind       text NOT NULL,             -- desk, screen, turn
    day        text NOT NULL,             -- of a number; '' else
    topic      text NOT NULL,
    number     bigint NOT NULL
);
CREATE INDEX service_code_day ON service_code (day);
CREATE TABLE service_case (
    service_id  uuid NOT NULL,
    case_id     uuid NOT NULL,
    year        bigint NOT NULL,
    no          bigint NOT NULL,          -- per desk and year
    topic       text NOT NULL,
    label       text NOT NULL,            -- of the number in the queue
    name        text NOT NULL,            -- '' when nobody said it or it was erased
    name_fold   text NOT NULL,            -- for search
    phone       text NOT NULL,
    about       text NOT NULL,
    worker_id   text NOT NULL,
    employer_id text NOT NULL,
    partner_id  text NOT NULL,            -- to whom it was referred
    state       text NOT NULL,            -- open, working, waiting, closed, reopened
    outcome     text NOT NULL,
    follow_day  text NOT NULL,            -- YYYY-MM-DD; 9999-12-31 for none: it stands last
    owner_id    text NOT NULL,
    opened_at   bigint NOT NULL,
    closed_at   bigint NOT NULL DEFAULT 0,
    erased_at   bigint NOT NULL DEFAULT 0, -- name, phone and words were
    PRIMARY KEY (service_id, case_id)
);
CREATE INDEX service_case_follow ON service_case (service_id, follow_day, case_id);
CREATE INDEX service_case_old ON service_case (erased_at, closed_at);
CREATE TABLE service_note (
    service_id uuid NOT NULL,
    case_id    uuid NOT NULL,
    note_id    uuid NOT NULL,             -- of the operation that wrote it
    account_id text NOT NULL,
    at         bigint NOT NULL,
    act        text NOT NULL,
    what       text NOT NULL,             -- '' when it was erased
    PRIMARY KEY (service_id, case_id, note_id)
);

-- +goose Down
DROP TABLE service_note;
DROP TABLE service_case;
DROP TABLE service_code;
DROP TABLE service_turn;
DROP TABLE service_desk;

-- +goose Up
-- Somebody for whom a sponsor paid has left before the end: the core is told where the cover ends, and nobody is
-- reminded of that end.
CREATE TABLE ending (
    worker_id     uuid NOT NULL,
    membership_id uuid NOT NULL,              -- of the message that told the core of more months
    departure_id  uuid NOT NULL,
    why           text NOT NULL,              -- died, moved, employed, other
    last_month    bigint NOT NULL,            -- of what stays
    state         text NOT NULL,              -- queued, sent, acknowledged
    queued_at     bigint NOT NULL,
    sent_at       bigint NOT NULL DEFAULT 0,
    ended_on      text NOT NULL DEFAULT '',   -- the core's day of its answer
    tries         bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (worker_id, membership_id)
);
CREATE INDEX ending_state ON ending (state, queued_at);
INSERT INTO ending (worker_id, membership_id, departure_id, why, last_month, state, queued_at)
    SELECT person_id, contribution_id, departure_id, why, from_month - 1, 'queued', approved_at FROM departure WHERE state = 'left';

-- +goose Down
DROP TABLE ending;

-- +goose Up
-- The calendar goes through those who are due in one order, from where it was left.
CREATE INDEX standing_due_order ON standing_due (until, worker_id);
DROP INDEX standing_due_until;

-- +goose Down
CREATE INDEX standing_due_until ON standing_due (until);
DROP INDEX standing_due_order;

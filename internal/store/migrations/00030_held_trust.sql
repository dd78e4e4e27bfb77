-- +goose Up
-- Whether the clock of whoever sent it could be believed, for operations that wait.
ALTER TABLE held_operation ADD COLUMN trusted smallint NOT NULL DEFAULT 1;

-- +goose Down
ALTER TABLE held_operation DROP COLUMN trusted;

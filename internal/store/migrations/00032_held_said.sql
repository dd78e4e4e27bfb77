-- +goose Up
-- The moment as the sender wrote it, which a receipt was signed with; 0 when it was not kept.
ALTER TABLE held_operation ADD COLUMN said_at bigint NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE held_operation DROP COLUMN said_at;

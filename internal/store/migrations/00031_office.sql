-- +goose Up
-- An office that works no more keeps its records and its place in the tree.
ALTER TABLE office ADD COLUMN closed_day text NOT NULL DEFAULT '';   -- YYYY-MM-DD; '' while it works

-- +goose Down
ALTER TABLE office DROP COLUMN closed_day;

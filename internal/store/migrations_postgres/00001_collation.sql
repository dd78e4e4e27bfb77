-- +goose Up
-- Prefix search and keyset paging compare bytes, as SQLite does, whatever the
-- locale of the cluster.
ALTER TABLE worker ALTER COLUMN name_fold TYPE text COLLATE "C";
ALTER TABLE worker ALTER COLUMN match_n TYPE text COLLATE "C";
ALTER TABLE worker ALTER COLUMN match_r TYPE text COLLATE "C";
ALTER TABLE worker ALTER COLUMN match_y TYPE text COLLATE "C";
ALTER TABLE place ALTER COLUMN name_fold TYPE text COLLATE "C";
ALTER TABLE place ALTER COLUMN village TYPE text COLLATE "C";

-- +goose Down
SELECT 1;

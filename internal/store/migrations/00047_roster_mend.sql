-- +goose Up
-- Lists are mended beside their rows: the file stays as it was sent, the rows are judged with what stands here.
ALTER TABLE roster ADD COLUMN turn bigint NOT NULL DEFAULT 0;   -- one more each time that something is mended
ALTER TABLE roster_row ADD COLUMN cells bytea;                  -- of a row with findings: as it was judged, under the roster's key
CREATE TABLE roster_mend (
    roster_id uuid NOT NULL,
    row_no    bigint NOT NULL,              -- that of the heading for the whole file
    sealed    bytea NOT NULL,               -- what stands there instead, under the roster's key
    made_by   text NOT NULL,
    made_at   bigint NOT NULL,
    PRIMARY KEY (roster_id, row_no)
);
CREATE INDEX roster_finding_code ON roster_finding (roster_id, code, field, row_no, place);

-- +goose Down
DROP INDEX roster_finding_code;
DROP TABLE roster_mend;
ALTER TABLE roster_row DROP COLUMN cells;
ALTER TABLE roster DROP COLUMN turn;

-- +goose Up
-- Figures from outside: targets, potentials and gaps, each with its source and its day.
CREATE TABLE figure (
    figure_id uuid PRIMARY KEY,
    office_id uuid NOT NULL,
    area      text NOT NULL,          -- dotted code of which it speaks; empty: of what the office wins
    year      bigint NOT NULL,        -- of a target; of others that of as_of
    kind      text NOT NULL,          -- target, potential, gap
    unit      text NOT NULL,          -- person, employer
    part      text NOT NULL,          -- all, a segment, a size
    value     bigint NOT NULL,
    source    text NOT NULL,
    as_of     text NOT NULL,          -- day of the source
    version   bigint NOT NULL,
    made_by   text NOT NULL,
    made_at   bigint NOT NULL         -- of this version
);
CREATE UNIQUE INDEX figure_one ON figure (office_id, area, year, kind, unit, part);
-- Every version of a figure; nothing is written over.
CREATE TABLE figure_line (
    figure_id uuid NOT NULL,
    version   bigint NOT NULL,
    value     bigint NOT NULL,
    source    text NOT NULL,
    as_of     text NOT NULL,
    reason    text NOT NULL,
    gone      smallint NOT NULL,      -- it was withdrawn
    made_by   text NOT NULL,
    made_at   bigint NOT NULL,
    PRIMARY KEY (figure_id, version)
);
-- New employers of an office by month.
CREATE INDEX employer_made ON employer (office_id, made_at);

-- +goose Down
DROP INDEX employer_made;
DROP TABLE figure_line;
DROP TABLE figure;

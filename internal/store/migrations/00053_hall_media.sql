-- +goose Up
-- Pictures and films of the loop, in parts, so that a film is sent on without being read whole; and the stand
-- to which somebody on the list belongs, or at which somebody was met.
CREATE TABLE hall_media (
    campaign_id uuid NOT NULL,
    media_id    uuid NOT NULL,
    kind        text NOT NULL,             -- picture, film
    size        bigint NOT NULL,           -- bytes
    part_size   bigint NOT NULL,           -- bytes of each part but the last
    added_at    bigint NOT NULL,
    PRIMARY KEY (campaign_id, media_id)
);
CREATE TABLE hall_media_part (
    campaign_id uuid NOT NULL,
    media_id    uuid NOT NULL,
    part        bigint NOT NULL,
    content     bytea NOT NULL,
    PRIMARY KEY (campaign_id, media_id, part)
);
ALTER TABLE participant ADD COLUMN stand_id text NOT NULL DEFAULT '';   -- '' for none
ALTER TABLE lead ADD COLUMN stand_id text NOT NULL DEFAULT '';          -- where they were met; '' for none
CREATE INDEX lead_stand ON lead (stand_id, lead_id);

-- +goose Down
DROP INDEX lead_stand;
ALTER TABLE lead DROP COLUMN stand_id;
ALTER TABLE participant DROP COLUMN stand_id;
DROP TABLE hall_media_part;
DROP TABLE hall_media;

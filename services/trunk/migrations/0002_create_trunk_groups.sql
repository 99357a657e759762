-- What a trunk may carry, and groups of trunks; both as JSON of their API messages.
ALTER TABLE carrier_trunk ADD COLUMN line jsonb NOT NULL DEFAULT '{}';
CREATE TABLE trunk_group (
    name     text PRIMARY KEY,
    settings jsonb NOT NULL
);

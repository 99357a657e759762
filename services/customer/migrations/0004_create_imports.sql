-- Imports of CSV files, part by part; the unfinished record at the end of a part waits for the next.
CREATE TABLE import (
    import_id uuid PRIMARY KEY,
    name text NOT NULL,
    dry_run boolean NOT NULL,
    actor text NOT NULL,
    taken bigint NOT NULL DEFAULT 0,
    rest bytea NOT NULL DEFAULT '',
    columns text[] NOT NULL DEFAULT '{}',
    lines bigint NOT NULL DEFAULT 0,
    created bigint NOT NULL DEFAULT 0,
    updated bigint NOT NULL DEFAULT 0,
    refused bigint NOT NULL DEFAULT 0,
    finished boolean NOT NULL DEFAULT false,
    create_time timestamptz NOT NULL
);

-- A bad line says where and why, never what stood there.
CREATE TABLE import_fault (
    import_id uuid NOT NULL REFERENCES import,
    number bigint NOT NULL,
    line bigint NOT NULL,
    column_name text NOT NULL,
    reason text NOT NULL,
    message text NOT NULL,
    PRIMARY KEY (import_id, number)
);

-- Places that somebody marked.
CREATE TABLE marks (
    mark_id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recording_id text        NOT NULL REFERENCES recordings (recording_id) ON DELETE CASCADE,
    place_millis bigint      NOT NULL,
    text         text        NOT NULL,
    author       text        NOT NULL,
    author_name  text        NOT NULL,
    create_time  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX marks_recording ON marks (recording_id, place_millis);

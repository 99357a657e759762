-- One row for each recording that was ever announced; the audio is an encrypted file.
CREATE TABLE recordings (
    recording_id    text        PRIMARY KEY,
    contact_id      text        NOT NULL,
    call_id         text        NOT NULL,
    start_time      timestamptz NOT NULL,
    duration_millis bigint      NOT NULL,
    state           smallint    NOT NULL,  -- 1 pending, 2 stored, 3 failed
    tries           integer     NOT NULL DEFAULT 0,
    next_try_time   timestamptz NOT NULL,
    error           text        NOT NULL DEFAULT '',
    sha256          text        NOT NULL DEFAULT '',
    size_bytes      bigint      NOT NULL DEFAULT 0,
    gaps            integer     NOT NULL DEFAULT 0
);
CREATE INDEX recordings_due ON recordings (next_try_time) WHERE state = 1;
CREATE INDEX recordings_contact ON recordings (contact_id);
CREATE INDEX recordings_time ON recordings (start_time, recording_id);
-- Who heard what, and why. Nothing deletes from it.
CREATE TABLE plays (
    play_id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recording_id text        NOT NULL REFERENCES recordings (recording_id),
    actor        text        NOT NULL,
    reason       text        NOT NULL,
    play_time    timestamptz NOT NULL
);
CREATE INDEX plays_recording ON plays (recording_id);

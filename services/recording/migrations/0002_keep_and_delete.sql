-- Holds, deletions and checks of what is stored, and who served the contacts that were recorded.
ALTER TABLE recordings
    ADD COLUMN held boolean NOT NULL DEFAULT false,
    ADD COLUMN shredded boolean NOT NULL DEFAULT false,  -- of a deleted one: its audio is destroyed
    ADD COLUMN verified_time timestamptz;                -- when the stored file was last read and found whole
CREATE INDEX recordings_to_shred ON recordings (recording_id) WHERE state = 4 AND NOT shredded;
CREATE INDEX recordings_to_verify ON recordings (verified_time NULLS FIRST) WHERE state = 2;

-- Who did what to a recording, and why: HOLD, LIFT, DELETE. Nothing deletes from it.
CREATE TABLE acts (
    act_id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recording_id text        NOT NULL REFERENCES recordings (recording_id),
    kind         text        NOT NULL,
    actor        text        NOT NULL,
    reason       text        NOT NULL,
    act_time     timestamptz NOT NULL
);
CREATE INDEX acts_recording ON acts (recording_id);

-- From acd's events; a contact may have several agents and queues.
CREATE TABLE served (
    contact_id text NOT NULL,
    agent_id   text NOT NULL,
    queue_id   text NOT NULL,
    PRIMARY KEY (contact_id, agent_id, queue_id)
);
CREATE INDEX served_agent ON served (agent_id);
CREATE INDEX served_queue ON served (queue_id);

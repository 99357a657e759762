-- Tables made from events alone; they can be dropped and filled again by replaying the bus.
CREATE TABLE queue_segment (
    segment_id text PRIMARY KEY,
    contact_id text NOT NULL,
    queue_id text NOT NULL,
    queued_time timestamptz NOT NULL,
    left_time timestamptz,
    outcome smallint NOT NULL DEFAULT 0,
    agent_id text NOT NULL DEFAULT '',
    threshold_ms bigint NOT NULL DEFAULT 20000
);
CREATE INDEX queue_segment_by_time ON queue_segment (queued_time);

CREATE TABLE agent_segment (
    agent_segment_id text PRIMARY KEY,
    contact_id text NOT NULL,
    queue_id text NOT NULL DEFAULT '',
    agent_id text NOT NULL DEFAULT '',
    start_time timestamptz,
    talk_ms bigint,
    hold_ms bigint,
    wrap_up_ms bigint
);
CREATE INDEX agent_segment_by_time ON agent_segment (start_time);

CREATE TABLE timeline (
    event_id uuid PRIMARY KEY,
    contact_id text NOT NULL,
    time timestamptz NOT NULL,
    source text NOT NULL,
    sequence bigint NOT NULL,
    type text NOT NULL,
    payload bytea NOT NULL
);
CREATE INDEX timeline_by_contact ON timeline (contact_id, time);

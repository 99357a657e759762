-- What operators have set, as the JSON form of trunkline.acd.v1.Agent and Queue, and how the agents stand.
CREATE TABLE agents (
    agent_id text PRIMARY KEY,
    settings jsonb NOT NULL
);

CREATE TABLE queues (
    queue_id text PRIMARY KEY,
    settings jsonb NOT NULL
);

-- Times are nanoseconds since 1970-01-01 UTC, so that a router that starts again names the same moments.
CREATE TABLE agent_status (
    agent_id text PRIMARY KEY,
    state text NOT NULL,
    reason text NOT NULL,
    set_by text NOT NULL,
    since bigint NOT NULL,
    idle_since bigint NOT NULL,
    contact_id text NOT NULL,
    agent_segment_id text NOT NULL,
    wrap_up_ends bigint NOT NULL,
    next_state text NOT NULL,
    next_reason text NOT NULL
);

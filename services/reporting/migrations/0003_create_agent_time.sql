-- Transfers and agents' states, made from events alone as all tables here.
CREATE TABLE transfer (
    event_id uuid PRIMARY KEY,
    contact_id text NOT NULL,
    from_agent_id text NOT NULL,
    attended boolean NOT NULL
);
CREATE INDEX transfer_by_contact ON transfer (contact_id);

-- A state that is over; the numbers are those of trunkline.acd.v1.AgentState.
CREATE TABLE agent_state (
    agent_id text NOT NULL,
    state smallint NOT NULL,
    start_time timestamptz NOT NULL,
    end_time timestamptz NOT NULL,
    PRIMARY KEY (agent_id, end_time, state)
);
CREATE INDEX agent_state_by_time ON agent_state (end_time);

-- How each agent stands now.
CREATE TABLE agent_now (
    agent_id text PRIMARY KEY,
    state smallint NOT NULL,
    since timestamptz NOT NULL
);

-- Who works here, what he may do, who is signed in, and a log that only grows.
CREATE TABLE unit (
    unit_id text PRIMARY KEY,
    title text NOT NULL,
    parent_id text REFERENCES unit
);

CREATE TABLE role (
    role_id text PRIMARY KEY,
    title text NOT NULL,
    patterns text[] NOT NULL,
    shipped boolean NOT NULL
);

CREATE TABLE account (
    user_id uuid PRIMARY KEY,
    login_name text NOT NULL UNIQUE,
    name text NOT NULL,
    agent_id text NOT NULL,
    unit_id text REFERENCES unit,
    language text NOT NULL,
    disabled boolean NOT NULL,
    create_time timestamptz NOT NULL,
    last_log_in_time timestamptz,
    revision bigint NOT NULL,
    password_hash text NOT NULL,
    must_change_password boolean NOT NULL,
    totp_secret bytea NOT NULL,
    totp_offered bytea NOT NULL,
    totp_step bigint NOT NULL
);
-- One person, one agent.
CREATE UNIQUE INDEX account_by_agent ON account (agent_id) WHERE agent_id <> '';

CREATE TABLE assignment (
    user_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    role_id text NOT NULL REFERENCES role,
    unit_id text REFERENCES unit
);
CREATE UNIQUE INDEX assignment_once ON assignment (user_id, role_id, coalesce(unit_id, ''));
CREATE INDEX assignment_by_role ON assignment (role_id);

CREATE TABLE session (
    session_id uuid PRIMARY KEY,
    token_hash bytea NOT NULL UNIQUE,
    user_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    client_address text NOT NULL,
    user_agent text NOT NULL,
    create_time timestamptz NOT NULL,
    seen_time timestamptz NOT NULL,
    expire_time timestamptz NOT NULL
);
CREATE INDEX session_by_user ON session (user_id);

CREATE TABLE attempt (
    login_name text PRIMARY KEY,
    failures integer NOT NULL,
    last_time timestamptz NOT NULL
);
CREATE INDEX attempt_by_time ON attempt (last_time);

-- Each entry's chain is the hash of the one before and of itself, so that a change in the middle shows.
CREATE TABLE audit (
    number bigint PRIMARY KEY,
    time timestamptz NOT NULL,
    actor_id text NOT NULL,
    actor_name text NOT NULL,
    action text NOT NULL,
    target text NOT NULL,
    detail text NOT NULL,
    client_address text NOT NULL,
    chain bytea NOT NULL
);
CREATE INDEX audit_by_target ON audit (target, number DESC);
CREATE INDEX audit_by_actor ON audit (actor_id, number DESC);

CREATE TABLE audit_head (
    number bigint NOT NULL,
    chain bytea NOT NULL
);
INSERT INTO audit_head VALUES (0, '');

CREATE FUNCTION audit_text(entry audit) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT convert_to(jsonb_build_array(entry.number, extract(epoch FROM entry.time)::text, entry.actor_id,
        entry.actor_name, entry.action, entry.target, entry.detail, entry.client_address)::text, 'UTF8')
$$;

CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    head audit_head;
BEGIN
    SELECT * INTO head FROM audit_head FOR UPDATE;
    NEW.number := head.number + 1;
    NEW.chain := sha256(head.chain || audit_text(NEW));
    UPDATE audit_head SET number = NEW.number, chain = NEW.chain;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_chain BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_chain();

CREATE FUNCTION audit_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log only grows';
END $$;
CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_keep();

-- Bulletins with who has read them, tasks and appointments, messages between colleagues.
CREATE TABLE bulletin (
    bulletin_id uuid PRIMARY KEY,
    detail jsonb NOT NULL,  -- trunkline.knowledge.v1.Bulletin
    urgent boolean NOT NULL,
    audience text[] NOT NULL,
    publish_time timestamptz NOT NULL,
    expire_time timestamptz,
    withdrawn boolean NOT NULL DEFAULT false
);
CREATE INDEX bulletin_by_time ON bulletin (publish_time DESC) WHERE NOT withdrawn;

CREATE TABLE bulletin_read (
    bulletin_id uuid NOT NULL REFERENCES bulletin,
    reader text NOT NULL,
    time timestamptz NOT NULL,
    PRIMARY KEY (bulletin_id, reader)
);

CREATE TABLE task (
    task_id uuid PRIMARY KEY,
    owner text NOT NULL,
    done boolean NOT NULL,
    start_time timestamptz,
    end_time timestamptz,
    create_time timestamptz NOT NULL,
    detail jsonb NOT NULL  -- trunkline.knowledge.v1.Task
);
CREATE INDEX task_by_owner ON task (owner, done, start_time);

CREATE TABLE message (
    message_id uuid NOT NULL,
    recipient text NOT NULL,
    time timestamptz NOT NULL,
    read boolean NOT NULL DEFAULT false,
    detail jsonb NOT NULL,  -- trunkline.knowledge.v1.InternalMessage
    PRIMARY KEY (recipient, message_id)
);
CREATE INDEX message_by_time ON message (recipient, time DESC);

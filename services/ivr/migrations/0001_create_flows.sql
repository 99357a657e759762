-- Flows are immutable versions; which one new calls get is kept apart.
CREATE TABLE flow_versions (
    name         text        NOT NULL,
    version      integer     NOT NULL,
    body         text        NOT NULL,  -- the JSON form
    note         text        NOT NULL,
    publish_time timestamptz NOT NULL,
    PRIMARY KEY (name, version)
);
CREATE TABLE current_flows (
    name    text    PRIMARY KEY,
    version integer NOT NULL,
    FOREIGN KEY (name, version) REFERENCES flow_versions (name, version)
);
-- What the files in prompts.directory are. The audio itself is not here.
CREATE TABLE prompts (
    prompt_id       text        NOT NULL,  -- SHA-256 of the file
    engine          text        NOT NULL,  -- what spoke it; empty: uploaded
    language        text        NOT NULL,
    text            text        NOT NULL,  -- empty: uploaded
    title           text        NOT NULL,
    duration_millis integer     NOT NULL,
    create_time     timestamptz NOT NULL DEFAULT now()
);
-- Two texts may sound the same; a text is too long for an index itself.
CREATE UNIQUE INDEX prompts_content ON prompts (prompt_id, engine, language, md5(text));

-- What contacts may be about, as the JSON form of trunkline.acd.v1.Category.
CREATE TABLE categories (
    category_id text PRIMARY KEY,
    settings jsonb NOT NULL
);

-- What each agent wrote down about a contact; a draft until it is disposed.
CREATE TABLE contact_notes (
    contact_id text NOT NULL,
    agent_id text NOT NULL,
    text text NOT NULL,
    category_id text NOT NULL,
    category_path text NOT NULL,
    disposed boolean NOT NULL,
    save_time timestamptz NOT NULL,
    PRIMARY KEY (contact_id, agent_id)
);
CREATE INDEX contact_notes_by_agent ON contact_notes (agent_id, save_time DESC);

-- Settings from before versions were kept are their own first version.
INSERT INTO setting_version (resource, id, version, body, author, author_name)
SELECT 'queue', queue_id, 1, settings, 'system', '' FROM queues
UNION ALL SELECT 'agent', agent_id, 1, settings, 'system', '' FROM agents
UNION ALL SELECT 'reason', reason, 1, settings, 'system', '' FROM reasons;

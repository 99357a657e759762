-- Customers, their numbers (hashed to be found, sealed to be given back), what was merged, and what may be the same person.
CREATE TABLE customer (
    customer_id uuid PRIMARY KEY,
    -- Itself, or the record that it is a part of after merging, however many steps away.
    root_id uuid NOT NULL,
    merged_into uuid REFERENCES customer,
    name text NOT NULL,
    -- The name as it sounds, and the first letters of that: search by people who type letters.
    name_pinyin text NOT NULL,
    name_initials text NOT NULL,
    -- The first address without blanks and signs; with the name it suggests duplicates.
    address_key text NOT NULL,
    vip_level smallint NOT NULL CHECK (vip_level BETWEEN 0 AND 9),
    manager_agent_id text NOT NULL,
    language text NOT NULL,
    tags text[] NOT NULL,
    -- Everything that nobody searches by: trunkline.customer.v1.Customer as JSON.
    profile jsonb NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    revision bigint NOT NULL
);
CREATE INDEX customer_part_of ON customer (root_id) WHERE root_id <> customer_id;
CREATE INDEX customer_by_name ON customer (name text_pattern_ops, customer_id);
CREATE INDEX customer_by_pinyin ON customer (name_pinyin text_pattern_ops, customer_id) WHERE name_pinyin <> '';
CREATE INDEX customer_by_initials ON customer (name_initials text_pattern_ops, customer_id) WHERE name_initials <> '';
CREATE INDEX customer_by_address ON customer (address_key, name) WHERE address_key <> '';
CREATE INDEX customer_by_tag ON customer USING gin (tags) WHERE tags <> '{}';

CREATE TABLE customer_number (
    number_id uuid PRIMARY KEY,
    customer_id uuid NOT NULL REFERENCES customer ON DELETE CASCADE,
    hash bytea NOT NULL,
    sealed bytea NOT NULL,
    masked text NOT NULL,
    kind smallint NOT NULL,
    label text NOT NULL,
    region text NOT NULL,
    mobile boolean NOT NULL,
    is_primary boolean NOT NULL
);
CREATE INDEX customer_number_by_hash ON customer_number (hash);
CREATE UNIQUE INDEX customer_number_of ON customer_number (customer_id, hash);

-- What is known twice for sure is written when it becomes so; a pair is kept with the smaller id first.
CREATE TABLE duplicate (
    first_id uuid NOT NULL REFERENCES customer ON DELETE CASCADE,
    second_id uuid NOT NULL REFERENCES customer ON DELETE CASCADE,
    reason text NOT NULL,
    dismissed boolean NOT NULL DEFAULT false,
    PRIMARY KEY (first_id, second_id)
);
CREATE INDEX duplicate_by_second ON duplicate (second_id);

-- Which answer a request id got.
CREATE TABLE request (
    request_id text PRIMARY KEY,
    subject text NOT NULL,
    time timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX request_by_time ON request (time);

-- Who saw, exported, merged or erased what, and why. Holds no number, name or address.
CREATE TABLE audit (
    audit_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    time timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    reason text NOT NULL
);

CREATE TABLE erasure (
    customer_id uuid PRIMARY KEY,
    time timestamptz NOT NULL,
    actor text NOT NULL,
    ground text NOT NULL,
    removed jsonb NOT NULL,
    signature text NOT NULL
);

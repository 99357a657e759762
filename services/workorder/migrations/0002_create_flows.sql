-- Orders with types and flows as data, their clocks, notices, questions, incidents, files. The tables of the first sketch
-- are replaced: no release has held orders in them.
DROP TABLE order_log;
DROP TABLE work_order;

-- `body` is the order (message StoredOrder); the columns are what lists, counts and figures need of it.
CREATE TABLE work_order (
    order_id uuid PRIMARY KEY,
    number text NOT NULL UNIQUE,
    check_code text NOT NULL,
    type_id text NOT NULL,
    kind smallint NOT NULL,
    phase smallint NOT NULL,
    open boolean NOT NULL,
    branch text NOT NULL,
    owner text NOT NULL,
    handler text NOT NULL,
    creator text NOT NULL,
    units text[] NOT NULL,
    contact_id text NOT NULL,
    customer_id text NOT NULL,
    customer_plain text NOT NULL,
    line text NOT NULL,
    area text NOT NULL,
    cause text NOT NULL,
    source smallint NOT NULL,
    priority smallint NOT NULL,
    incident_id text NOT NULL,
    create_time timestamptz NOT NULL,
    due_time timestamptz NOT NULL,
    close_time timestamptz,
    response_due timestamptz,
    response_time timestamptz,
    alarm_time timestamptz,
    petition boolean NOT NULL,
    suspended boolean NOT NULL,
    urge_count integer NOT NULL,
    reopen_count integer NOT NULL,
    extended boolean NOT NULL,
    score smallint,
    revision bigint NOT NULL,
    search tsvector NOT NULL,
    body bytea NOT NULL
);
CREATE INDEX work_order_open_by_due ON work_order (due_time, order_id) WHERE open;
CREATE INDEX work_order_open_by_owner ON work_order (owner, due_time, order_id) WHERE open;
CREATE INDEX work_order_open_by_unit ON work_order USING gin (units) WHERE open;
CREATE INDEX work_order_by_branch ON work_order (branch, order_id DESC);
CREATE INDEX work_order_by_type ON work_order (type_id, order_id DESC);
CREATE INDEX work_order_by_line ON work_order (line, order_id DESC) WHERE line <> '';
CREATE INDEX work_order_by_area ON work_order (area, order_id DESC) WHERE area <> '';
CREATE INDEX work_order_by_cause ON work_order (cause, order_id DESC) WHERE cause <> '';
CREATE INDEX work_order_by_customer ON work_order (customer_id, order_id DESC) WHERE customer_id <> '';
CREATE INDEX work_order_by_customer_number ON work_order (customer_plain, order_id DESC) WHERE customer_plain <> '';
CREATE INDEX work_order_by_contact ON work_order (contact_id) WHERE contact_id <> '';
CREATE INDEX work_order_by_incident ON work_order (incident_id, order_id) WHERE incident_id <> '';
CREATE INDEX work_order_by_alarm ON work_order (alarm_time) WHERE alarm_time IS NOT NULL;
CREATE INDEX work_order_by_create ON work_order (create_time);
CREATE INDEX work_order_by_due ON work_order (due_time);
CREATE INDEX work_order_by_search ON work_order USING gin (search);
-- Bodies are read whole and are small: compressing them costs more than it saves.
ALTER TABLE work_order ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE TABLE order_log (
    order_id uuid NOT NULL REFERENCES work_order ON DELETE CASCADE,
    number integer NOT NULL,
    step smallint NOT NULL,
    time timestamptz NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (order_id, number)
);

-- Types and flows. Version 0 is the draft, the highest one is current.
CREATE TABLE definition (
    kind text NOT NULL,
    id text NOT NULL,
    version integer NOT NULL,
    author text NOT NULL,
    time timestamptz NOT NULL,
    note text NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (kind, id, version)
);
CREATE TABLE working_calendar (
    calendar_id text PRIMARY KEY,
    revision bigint NOT NULL,
    body bytea NOT NULL
);
CREATE TABLE unit (
    unit_id text PRIMARY KEY,
    body bytea NOT NULL
);
CREATE TABLE notice_template (
    step smallint NOT NULL,
    medium smallint NOT NULL,
    type_id text NOT NULL,
    text text NOT NULL,
    PRIMARY KEY (step, medium, type_id)
);
-- Grows with every change of the tables above, so that other instances see it.
CREATE TABLE settings_head (
    revision bigint NOT NULL
);
INSERT INTO settings_head VALUES (1);

CREATE TABLE attachment (
    attachment_id uuid PRIMARY KEY,
    request_id text NOT NULL UNIQUE,
    order_id uuid,
    name text NOT NULL,
    content_type text NOT NULL,
    size integer NOT NULL,
    sha256 text NOT NULL,
    actor text NOT NULL,
    time timestamptz NOT NULL,
    content bytea NOT NULL
);
ALTER TABLE attachment ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE INDEX attachment_unused ON attachment (time) WHERE order_id IS NULL;

CREATE TABLE notice (
    notice_id uuid PRIMARY KEY,
    order_id uuid NOT NULL REFERENCES work_order ON DELETE CASCADE,
    number text NOT NULL,
    step smallint NOT NULL,
    medium smallint NOT NULL,
    address text NOT NULL,
    text text NOT NULL,
    state smallint NOT NULL,
    tries integer NOT NULL,
    proof text NOT NULL,
    create_time timestamptz NOT NULL,
    change_time timestamptz NOT NULL
);
CREATE INDEX notice_by_order ON notice (order_id);
CREATE INDEX notice_waiting ON notice (medium, notice_id) WHERE state IN (1, 2);
CREATE INDEX notice_by_state ON notice (state, notice_id DESC);

-- Who asked how far an order is.
CREATE TABLE question (
    question_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id uuid,
    number text NOT NULL,
    asker text NOT NULL,
    source smallint NOT NULL,
    outcome text NOT NULL,
    time timestamptz NOT NULL
);
CREATE INDEX question_by_order ON question (order_id, question_id DESC);
CREATE INDEX question_refused_by_number ON question (number, time) WHERE outcome <> 'ANSWERED';
CREATE INDEX question_refused_by_asker ON question (asker, time) WHERE outcome <> 'ANSWERED';

CREATE TABLE incident (
    incident_id uuid PRIMARY KEY,
    title text NOT NULL,
    text text NOT NULL,
    actor text NOT NULL,
    create_time timestamptz NOT NULL,
    answer text NOT NULL DEFAULT '',
    answer_actor text NOT NULL DEFAULT '',
    answer_time timestamptz,
    answer_id text NOT NULL DEFAULT '',
    closing boolean NOT NULL DEFAULT false,
    running boolean NOT NULL DEFAULT false,
    answered integer NOT NULL DEFAULT 0,
    failed integer NOT NULL DEFAULT 0
);

-- Numbers seen in clear, by whom and why.
CREATE TABLE reveal (
    order_id uuid NOT NULL,
    actor text NOT NULL,
    reason text NOT NULL,
    time timestamptz NOT NULL
);

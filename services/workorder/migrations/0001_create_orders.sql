-- Orders, their logs, and the request ids that make retries safe.
CREATE TABLE work_order (
    order_id uuid PRIMARY KEY,
    number text NOT NULL UNIQUE,
    type smallint NOT NULL,
    state smallint NOT NULL,
    title text NOT NULL,
    description text NOT NULL,
    contact_id text NOT NULL,
    customer_number text NOT NULL,
    branch text NOT NULL,
    owner text NOT NULL,
    create_time timestamptz NOT NULL,
    due_time timestamptz NOT NULL,
    close_time timestamptz,
    revision bigint NOT NULL
);
CREATE INDEX work_order_by_branch ON work_order (branch, state, order_id DESC);
CREATE INDEX work_order_by_contact ON work_order (contact_id) WHERE contact_id <> '';

CREATE TABLE order_log (
    order_id uuid NOT NULL REFERENCES work_order,
    number integer NOT NULL,
    step smallint NOT NULL,
    actor text NOT NULL,
    text text NOT NULL,
    time timestamptz NOT NULL,
    state smallint NOT NULL,
    owner text NOT NULL,
    PRIMARY KEY (order_id, number)
);

CREATE TABLE request (
    request_id text PRIMARY KEY,
    order_id uuid NOT NULL,
    time timestamptz NOT NULL DEFAULT now()
);

-- Numbers that people are told start again every local day.
CREATE TABLE number_counter (
    day date PRIMARY KEY,
    last integer NOT NULL
);

-- Crews on the road, who get orders by SMS and answer by SMS.
CREATE TABLE crew (
    crew_id text PRIMARY KEY,
    name text NOT NULL,
    unit_id text NOT NULL,
    number text NOT NULL,
    -- As libs/phone writes it; a sender is found by it.
    number_plain text NOT NULL UNIQUE,
    retired boolean NOT NULL
);
ALTER TABLE work_order ADD COLUMN crew text NOT NULL DEFAULT '';
CREATE INDEX work_order_open_by_crew ON work_order (crew, order_id) WHERE open AND crew <> '';

-- What came from whom, and what was done about it. Unknown senders too.
CREATE TABLE crew_message (
    request_id text PRIMARY KEY,
    crew_id text NOT NULL,
    sender text NOT NULL,
    text text NOT NULL,
    outcome text NOT NULL,
    order_id text NOT NULL,
    number text NOT NULL,
    reply text NOT NULL,
    time timestamptz NOT NULL
);
CREATE INDEX crew_message_by_order ON crew_message (order_id, time) WHERE order_id <> '';

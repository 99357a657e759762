-- One timeline: contacts of every medium and work orders from events, notes from agents.
CREATE TABLE entry (
    entry_id text PRIMARY KEY,  -- the id of the contact, the order or the note
    kind smallint NOT NULL,
    contact_id text NOT NULL,
    -- The record whose number it was, or who was confirmed; merging does not touch it.
    customer_id uuid,
    confirmed boolean NOT NULL DEFAULT false,
    number_hash bytea,
    number_sealed bytea,
    number jsonb,  -- masked, kind, region
    time timestamptz NOT NULL,
    open boolean NOT NULL,
    last_agent_id text NOT NULL,
    detail jsonb NOT NULL  -- trunkline.customer.v1.TimelineEntry
);
CREATE INDEX entry_by_customer ON entry (customer_id, time DESC, entry_id DESC) WHERE customer_id IS NOT NULL;
CREATE INDEX entry_by_number ON entry (number_hash, time DESC) WHERE number_hash IS NOT NULL;
CREATE INDEX entry_by_contact ON entry (contact_id) WHERE contact_id <> '';

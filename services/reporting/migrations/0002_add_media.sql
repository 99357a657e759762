-- By which medium a contact came, as the router names it; empty: not known.
ALTER TABLE queue_segment ADD COLUMN medium text NOT NULL DEFAULT '';
ALTER TABLE agent_segment ADD COLUMN medium text NOT NULL DEFAULT '';

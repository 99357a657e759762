-- Callers who asked to be called back. Their own stay in the queue flowed out when they asked; the stays of the tries are
-- marked, because they are no callers.
CREATE TABLE callback (
    callback_id text PRIMARY KEY,
    queue_id text NOT NULL DEFAULT '',
    ask_time timestamptz,
    end_time timestamptz,
    result text NOT NULL DEFAULT '',
    tries integer NOT NULL DEFAULT 0
);
CREATE INDEX callback_by_time ON callback (ask_time);

ALTER TABLE queue_segment ADD COLUMN callback_id text NOT NULL DEFAULT '';

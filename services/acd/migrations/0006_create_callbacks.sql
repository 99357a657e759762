-- Callers who will be called back; `record` is what the router needs, the columns beside it are for people who look.
-- Rows are deleted an hour after the callback is done.
CREATE TABLE callbacks (
    callback_id text PRIMARY KEY,
    queue_id text NOT NULL,
    state smallint NOT NULL,
    result text NOT NULL,
    version bigint NOT NULL,
    record text NOT NULL
);

-- Numbers that are never called back, in their international form.
CREATE TABLE do_not_call (
    number text PRIMARY KEY
);

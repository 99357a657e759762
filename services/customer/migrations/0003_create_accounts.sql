-- Membership by double entry: a movement's postings add up to zero, and a customer's balance is never negative. The
-- database refuses everything else, whoever writes.
CREATE TABLE account (
    account_id uuid PRIMARY KEY,
    customer_id uuid,  -- empty once the customer was erased
    card_number text NOT NULL,
    unit smallint NOT NULL,
    balance bigint NOT NULL DEFAULT 0 CHECK (balance >= 0),
    lines bigint NOT NULL DEFAULT 0,
    closed boolean NOT NULL DEFAULT false,
    open_time timestamptz NOT NULL
);
CREATE UNIQUE INDEX account_by_card ON account (card_number) WHERE card_number <> '';
CREATE INDEX account_by_customer ON account (customer_id) WHERE customer_id IS NOT NULL;
CREATE SEQUENCE card_number START 10000001;

CREATE TABLE movement (
    movement_id uuid PRIMARY KEY,
    kind smallint NOT NULL,
    time timestamptz NOT NULL,
    reason text NOT NULL,
    reference text NOT NULL,
    actor text NOT NULL
);

-- Each movement has a posting on the customer's account, numbered, and one on an account of the house.
CREATE TABLE posting (
    movement_id uuid NOT NULL REFERENCES movement,
    account_id uuid REFERENCES account,
    house text,  -- points.issued, points.redeemed, points.expired, points.corrected; money likewise
    line bigint,
    amount bigint NOT NULL CHECK (amount <> 0),
    balance bigint,
    CHECK ((account_id IS NULL) <> (house IS NULL)),
    CHECK ((account_id IS NULL) = (line IS NULL))
);
CREATE UNIQUE INDEX posting_by_line ON posting (account_id, line) WHERE account_id IS NOT NULL;
CREATE INDEX posting_by_movement ON posting (movement_id);

CREATE FUNCTION check_movement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT sum(amount) FROM posting WHERE movement_id = NEW.movement_id) <> 0 THEN
        RAISE EXCEPTION 'the postings of movement % do not add up to zero', NEW.movement_id;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER posting_adds_up AFTER INSERT OR UPDATE ON posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_movement();

-- What was earned together and expires together.
CREATE TABLE lot (
    account_id uuid NOT NULL REFERENCES account,
    line bigint NOT NULL,
    remaining bigint NOT NULL CHECK (remaining > 0),
    expire_time timestamptz,
    PRIMARY KEY (account_id, line)
);
CREATE INDEX lot_by_expiry ON lot (expire_time) WHERE expire_time IS NOT NULL;

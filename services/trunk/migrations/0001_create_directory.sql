-- Phones, carrier trunks and numbers. A phone's secret is H(name:realm:password), never the password; a trunk's
-- password is kept as it is, because the carrier's challenges may ask for any hash of it.
CREATE TABLE phone (
    name           text PRIMARY KEY,
    secret         text NOT NULL,
    static_contact text NOT NULL
);
CREATE TABLE carrier_trunk (
    name              text PRIMARY KEY,
    host              text NOT NULL,
    port              integer NOT NULL CHECK (port BETWEEN 0 AND 65535),
    transport         text NOT NULL CHECK (transport IN ('udp', 'tcp', 'tls')),
    username          text NOT NULL,
    password          text NOT NULL,
    realm             text NOT NULL,
    registers         boolean NOT NULL,
    challenge_inbound boolean NOT NULL,
    symmetric_media   boolean NOT NULL,
    source_addresses  jsonb NOT NULL
);
CREATE TABLE number (
    number      text PRIMARY KEY,
    application text NOT NULL,
    data        jsonb NOT NULL
);

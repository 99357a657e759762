-- Articles with every version that was ever saved, and what readers think of them.
CREATE TABLE category (
    category_id uuid PRIMARY KEY,
    parent_id uuid REFERENCES category,
    title text NOT NULL,
    position integer NOT NULL
);
CREATE INDEX category_by_parent ON category (parent_id);

CREATE TABLE article (
    article_id uuid PRIMARY KEY,
    category_id uuid REFERENCES category,  -- of the newest version
    state smallint NOT NULL,
    version integer NOT NULL,
    published_version integer NOT NULL,  -- 0: readers see nothing
    author text NOT NULL,
    reviewer text NOT NULL,
    review_note text NOT NULL,
    update_time timestamptz NOT NULL,
    uses bigint NOT NULL DEFAULT 0,
    helpful integer NOT NULL DEFAULT 0,
    not_helpful integer NOT NULL DEFAULT 0,
    -- When anything changed that search must know, by the database's clock.
    touched timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX article_by_state ON article (state, article_id DESC);
CREATE INDEX article_by_category ON article (category_id);
CREATE INDEX article_by_touch ON article (touched);

CREATE TABLE article_version (
    article_id uuid NOT NULL REFERENCES article,
    version integer NOT NULL,
    content jsonb NOT NULL,  -- trunkline.knowledge.v1.Article: title, summary, body, tags, language, validity, relations
    author text NOT NULL,
    note text NOT NULL,
    time timestamptz NOT NULL,
    published boolean NOT NULL DEFAULT false,
    PRIMARY KEY (article_id, version)
);

CREATE TABLE attachment (
    attachment_id uuid PRIMARY KEY,
    article_id uuid NOT NULL REFERENCES article,
    name text NOT NULL,
    media_type text NOT NULL,
    sha256 text NOT NULL,
    data bytea NOT NULL
);
CREATE INDEX attachment_by_article ON attachment (article_id);

CREATE TABLE favourite (
    reader text NOT NULL,
    article_id uuid NOT NULL REFERENCES article,
    PRIMARY KEY (reader, article_id)
);

CREATE TABLE vote (
    article_id uuid NOT NULL REFERENCES article,
    reader text NOT NULL,
    helpful boolean NOT NULL,
    comment text NOT NULL,
    time timestamptz NOT NULL,
    PRIMARY KEY (article_id, reader)
);

CREATE TABLE request (
    request_id text PRIMARY KEY,
    subject text NOT NULL,
    time timestamptz NOT NULL DEFAULT now()
);

-- The ledger of one run. application_id and user_version are set by the program in the same transaction.
-- "frames" is the truth; every other table follows from it and from the blobs, and can be checked against it.

CREATE TABLE header (
    run_id BLOB NOT NULL
);
INSERT INTO header (run_id) VALUES (randomblob(16));

-- One row a commit: a compressed batch of events, chained by hash to the row before.
CREATE TABLE frames (
    number INTEGER PRIMARY KEY,
    events INTEGER NOT NULL,
    link BLOB NOT NULL,
    body BLOB NOT NULL
);

-- Large texts, stored once under their SHA-256. "body" is zlib-compressed; "crc" is the CRC-32 of it as stored.
CREATE TABLE blobs (
    id BLOB PRIMARY KEY,
    crc INTEGER NOT NULL,
    body BLOB NOT NULL
);

-- One row a decision, for people and their own queries. Tasks that are voted on in bulk appear in "totals" only.
CREATE TABLE decisions (
    task BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    delivered INTEGER NOT NULL,
    sample INTEGER NOT NULL,
    votes INTEGER NOT NULL,
    margin INTEGER NOT NULL,
    verdict INTEGER NOT NULL,
    reason TEXT NOT NULL
);

-- One row: what the run has come to at frame number "frame", whose link is "link".
CREATE TABLE totals (
    frame INTEGER NOT NULL,
    link BLOB NOT NULL,
    events INTEGER NOT NULL,
    tasks INTEGER NOT NULL,
    answers INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    asked_again INTEGER NOT NULL,
    votes INTEGER NOT NULL,
    refuted INTEGER NOT NULL,
    flagged INTEGER NOT NULL,
    tokens_in INTEGER NOT NULL,
    tokens_out INTEGER NOT NULL,
    cost_usd REAL NOT NULL,
    delivered INTEGER NOT NULL,
    undecided INTEGER NOT NULL
);

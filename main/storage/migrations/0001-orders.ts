/** Orders with their export, attempts, the feed's cursor, the log, and remembered column mappings. */
export const migration = `
CREATE TABLE orders (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  number       TEXT UNIQUE,
  source       TEXT NOT NULL CHECK (source IN ('store', 'file')),
  file_name    TEXT,
  raw          TEXT,
  body         TEXT,
  buyer_name   TEXT NOT NULL,
  line_count   INTEGER NOT NULL,
  total        TEXT,
  currency     TEXT,
  confirmed_at TEXT,
  received_at  INTEGER NOT NULL,
  search       TEXT NOT NULL,
  state        TEXT NOT NULL,
  status       TEXT NOT NULL,
  due_at       INTEGER,
  urgent       INTEGER NOT NULL DEFAULT 0,
  export_key   TEXT UNIQUE,
  identifier   TEXT,
  marked       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX orders_due ON orders (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX orders_state ON orders (state);
CREATE INDEX orders_unmarked ON orders (id) WHERE state = 'exported' AND source = 'store' AND marked = 0;

CREATE TABLE attempts (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  order_id    INTEGER NOT NULL REFERENCES orders (id),
  kind        TEXT NOT NULL CHECK (kind IN ('send', 'lookUp')),
  trigger     TEXT NOT NULL CHECK (trigger IN ('automatic', 'person')),
  started_at  INTEGER NOT NULL,
  finished_at INTEGER,
  outcome     TEXT NOT NULL,
  problems    TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE INDEX attempts_order ON attempts (order_id);
CREATE INDEX attempts_running ON attempts (id) WHERE finished_at IS NULL;

CREATE TABLE feeds (
  feed   TEXT PRIMARY KEY,
  cursor TEXT NOT NULL
) STRICT;

CREATE TABLE log (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  at       INTEGER NOT NULL,
  level    TEXT NOT NULL,
  event    TEXT NOT NULL,
  params   TEXT NOT NULL,
  problem  TEXT,
  order_id INTEGER,
  search   TEXT NOT NULL
) STRICT;

CREATE TABLE column_mappings (
  shape   TEXT PRIMARY KEY,
  mapping TEXT NOT NULL,
  used_at INTEGER NOT NULL
) STRICT;
`;

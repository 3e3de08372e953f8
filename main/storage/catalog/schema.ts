import { doNotNoteStore, lookTables } from './lookTables';
import { touches } from './touches';

/**
 * The mirror of both sides, the targets that the rules make of it, and the runs. Products of the org whose facts change
 * are noted by triggers, in the transaction that changes them, so that no crash lets one be overlooked.
 */
const mirror = `
CREATE TABLE sources (
  id      INTEGER PRIMARY KEY,
  key     TEXT NOT NULL UNIQUE,
  mark    TEXT,
  read_at INTEGER
) STRICT;

CREATE TABLE products (
  id      TEXT PRIMARY KEY,
  sku     TEXT NOT NULL,
  -- Null where it is the SKU itself, as it mostly is.
  loose   TEXT,
  active  INTEGER NOT NULL,
  company TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX products_sku ON products (sku);
CREATE INDEX products_loose ON products (loose) WHERE loose IS NOT NULL;

CREATE TABLE prices (
  source  INTEGER NOT NULL,
  product TEXT NOT NULL,
  price   TEXT,
  active  INTEGER NOT NULL,
  PRIMARY KEY (source, product)
) STRICT, WITHOUT ROWID;

CREATE TABLE stock (
  source   INTEGER NOT NULL,
  product  TEXT NOT NULL,
  id       TEXT NOT NULL,
  quantity TEXT,
  PRIMARY KEY (source, product, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE store (
  sku      TEXT PRIMARY KEY,
  loose    TEXT,
  name     TEXT NOT NULL,
  stock    TEXT NOT NULL,
  price    TEXT,
  lists    TEXT NOT NULL,
  repeated INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX store_loose ON store (loose) WHERE loose IS NOT NULL;

CREATE TABLE item_rules (sku TEXT PRIMARY KEY, rule TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE open_units (sku TEXT PRIMARY KEY, units TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE touched_products (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE touched_skus (sku TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- What targets are made of; while a new aim is being settled, the place up to which all SKUs have been thought over.
CREATE TABLE aims (
  id    INTEGER PRIMARY KEY CHECK (id = 1),
  aim   TEXT NOT NULL,
  place TEXT
) STRICT;
CREATE TABLE targets (
  sku   TEXT PRIMARY KEY,
  stock TEXT,
  price TEXT,
  lists TEXT NOT NULL,
  notes TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Without an aim there is nothing to note: the first one has every SKU thought over.
CREATE TRIGGER product_added AFTER INSERT ON products WHEN EXISTS (SELECT 1 FROM aims) BEGIN
  INSERT OR IGNORE INTO touched_skus VALUES (new.sku);
END;
CREATE TRIGGER product_changed AFTER UPDATE ON products
WHEN old.sku <> new.sku OR old.active <> new.active OR old.company IS NOT new.company BEGIN
  INSERT OR IGNORE INTO touched_skus VALUES (old.sku), (new.sku);
END;
CREATE TRIGGER product_gone AFTER DELETE ON products BEGIN
  INSERT OR IGNORE INTO touched_skus VALUES (old.sku);
END;
CREATE TRIGGER price_added AFTER INSERT ON prices WHEN EXISTS (SELECT 1 FROM aims) BEGIN
  INSERT OR IGNORE INTO touched_products VALUES (new.product);
END;
CREATE TRIGGER price_changed AFTER UPDATE ON prices
WHEN old.price IS NOT new.price OR old.active <> new.active BEGIN
  INSERT OR IGNORE INTO touched_products VALUES (new.product);
END;
CREATE TRIGGER price_gone AFTER DELETE ON prices BEGIN
  INSERT OR IGNORE INTO touched_products VALUES (old.product);
END;
CREATE TRIGGER stock_added AFTER INSERT ON stock WHEN EXISTS (SELECT 1 FROM aims) BEGIN
  INSERT OR IGNORE INTO touched_products VALUES (new.product);
END;
CREATE TRIGGER stock_changed AFTER UPDATE ON stock WHEN old.quantity IS NOT new.quantity BEGIN
  INSERT OR IGNORE INTO touched_products VALUES (new.product);
END;
CREATE TRIGGER stock_gone AFTER DELETE ON stock BEGIN
  INSERT OR IGNORE INTO touched_products VALUES (old.product);
END;
`;

const runs = `
CREATE TABLE runs (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  state      TEXT NOT NULL,
  body       TEXT NOT NULL,
  pending    INTEGER NOT NULL DEFAULT 0,
  applied    INTEGER NOT NULL DEFAULT 0,
  refused    INTEGER NOT NULL DEFAULT 0,
  superseded INTEGER NOT NULL DEFAULT 0,
  drifted    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX runs_state ON runs (state);

-- In the order of their SKUs, so that a product's row in any run is found at once. What an undo finds changed since has a
-- row of its own beside the one that is put back.
CREATE TABLE run_rows (
  run       INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  sku       TEXT NOT NULL,
  drift     INTEGER NOT NULL,
  name      TEXT NOT NULL,
  stock_old TEXT,
  stock_new TEXT,
  price_old TEXT,
  price_new TEXT,
  lists     TEXT NOT NULL,
  -- For sorting and filters alone: by how much stock and price move.
  stock_by  REAL NOT NULL,
  price_by  REAL NOT NULL,
  state     TEXT NOT NULL,
  refusal   TEXT,
  PRIMARY KEY (run, sku, drift)
) STRICT, WITHOUT ROWID;
`;

/**
 * Rows by the part, their states beside them (runRows.ts). A part's first and last SKU find a product's row in any run;
 * `start` is the place of the first row in the run.
 */
const parts = `
CREATE TABLE run_parts (
  id    INTEGER PRIMARY KEY,
  run   INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  start INTEGER NOT NULL,
  size  INTEGER NOT NULL,
  first TEXT NOT NULL,
  last  TEXT NOT NULL,
  rows  TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX run_parts_start ON run_parts (run, start);
CREATE INDEX run_parts_skus ON run_parts (run, first, last);
CREATE TABLE run_states (
  part     INTEGER PRIMARY KEY REFERENCES run_parts (id) ON DELETE CASCADE,
  states   TEXT NOT NULL,
  refusals TEXT NOT NULL
) STRICT;

CREATE TEMP TABLE moved AS
SELECT run, min(place) AS start, count(*) AS size, min(sku) AS first, max(sku) AS last,
  json_group_array(json(cells) ORDER BY place) AS rows,
  group_concat(substr(state, 1, 1), '' ORDER BY place) AS states,
  json_group_object(CAST(place % 200 AS TEXT), json(refusal)) FILTER (WHERE refusal IS NOT NULL) AS refusals
FROM (
  SELECT run, sku, state, refusal, (row_number() OVER (PARTITION BY run ORDER BY sku, drift)) - 1 AS place,
    json_array(sku, name, stock_old, stock_new, price_old, price_new, json(lists)) AS cells
  FROM run_rows
) GROUP BY run, place / 200;
INSERT INTO run_parts (run, start, size, first, last, rows)
SELECT run, start, size, first, last, rows FROM moved ORDER BY run, start;
INSERT INTO run_states
SELECT p.id, m.states, m.refusals FROM moved m JOIN run_parts p ON p.run = m.run AND p.start = m.start;
DROP TABLE moved;
DROP TABLE run_rows;
`;

/** What the targets were made of, for the view of both sides; no row where they are not complete. */
const compared = `
CREATE TABLE compared (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL) STRICT;
`;

/** Slots of the schedule, in the order in which they were used up: their beginnings may go back with the clock. */
const schedule = `
CREATE TABLE schedule (
  id            INTEGER PRIMARY KEY CHECK (id = 1),
  every_minutes INTEGER
) STRICT;
INSERT INTO schedule (id, every_minutes) VALUES (1, NULL);

CREATE TABLE schedule_slots (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  starts_at INTEGER NOT NULL UNIQUE,
  taken_at  INTEGER NOT NULL,
  -- none, run or nothing
  outcome   TEXT NOT NULL DEFAULT 'none',
  run       INTEGER
) STRICT;
`;

/**
 * What a first reading can do without is made when it is needed (lateIndexes.ts, touches.ts, lookTables.ts). Files from
 * before are thought over anew, which has it made.
 */
const madeLate = `
DROP INDEX IF EXISTS products_sku;
DROP TRIGGER product_added;
DROP TRIGGER price_added;
DROP TRIGGER stock_added;
${doNotNoteStore}
DELETE FROM aims;
DELETE FROM targets;
DELETE FROM touched_products;
DELETE FROM touched_skus;
DELETE FROM compared;
DELETE FROM looks;
UPDATE looking SET due = 1, noting = 0;
`;

/**
 * A product of the store may be flawed in other ways than being there twice (flaws.ts); those whose SKU cannot be read have
 * no row among the others. They are few: they are found by an index of their own.
 */
const flaws = `
ALTER TABLE store RENAME COLUMN repeated TO flaws;
CREATE INDEX store_unreadable ON store (sku) WHERE flaws > 1;
CREATE TABLE store_nameless (
  id    INTEGER PRIMARY KEY,
  told  TEXT NOT NULL,
  notes TEXT NOT NULL
) STRICT;
`;

/** Whose the file is (house.ts). `other_until`: runs up to this one were made when that side was another one. */
const house = `
CREATE TABLE house (
  side        TEXT PRIMARY KEY,
  address     TEXT NOT NULL,
  user        TEXT,
  other_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** In order; a migration that has shipped never changes. */
export const catalogMigrations: readonly string[] = [
  mirror + runs,
  parts,
  touches,
  compared,
  schedule,
  lookTables,
  madeLate,
  flaws,
  house,
];

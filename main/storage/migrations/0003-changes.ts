/** What the store changes after the export, orders that no rule may hold any more, and the lines that were sent. */
export const migration = `
ALTER TABLE orders ADD COLUMN change TEXT;
ALTER TABLE orders ADD COLUMN sent TEXT;
ALTER TABLE orders ADD COLUMN exempt INTEGER NOT NULL DEFAULT 0;
CREATE INDEX orders_changed ON orders (id) WHERE change IS NOT NULL;

CREATE TABLE attempts_new (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  order_id    INTEGER NOT NULL REFERENCES orders (id),
  kind        TEXT NOT NULL CHECK (kind IN ('send', 'lookUp', 'undo', 'amend')),
  trigger     TEXT NOT NULL CHECK (trigger IN ('automatic', 'person')),
  started_at  INTEGER NOT NULL,
  finished_at INTEGER,
  outcome     TEXT NOT NULL,
  problems    TEXT NOT NULL DEFAULT '[]'
) STRICT;
INSERT INTO attempts_new SELECT * FROM attempts;
DROP TABLE attempts;
ALTER TABLE attempts_new RENAME TO attempts;
CREATE INDEX attempts_order ON attempts (order_id);
CREATE INDEX attempts_running ON attempts (id) WHERE finished_at IS NULL;
`;

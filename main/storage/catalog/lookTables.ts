/**
 * Which SKUs there is something to say of. They are found once by going through all; from then on whatever changes of
 * the store is noted by triggers, and of the targets by whoever writes them, and only what is noted is looked at again.
 */
export const lookTables = `
CREATE TABLE looks (sku TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
-- due: all have to be gone through. noting: what changes is noted.
CREATE TABLE looking (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  due    INTEGER NOT NULL,
  noting INTEGER NOT NULL
) STRICT;
INSERT INTO looking VALUES (1, 1, 0);
-- Few: they are counted, so that those in stock need not be.
CREATE INDEX store_empty ON store (sku) WHERE NOT (stock > '0');

CREATE TRIGGER store_added AFTER INSERT ON store WHEN (SELECT noting FROM looking) BEGIN
  ${noteSku('new.sku')}
END;
CREATE TRIGGER store_changed AFTER UPDATE OF stock, price, lists, repeated ON store
WHEN (SELECT noting FROM looking) BEGIN
  ${noteSku('new.sku')}
END;
CREATE TRIGGER store_gone AFTER DELETE ON store WHEN (SELECT noting FROM looking) BEGIN
  ${noteSku('old.sku')}
END;
`;

/** The triggers by which whatever changes of the store is noted. */
export const noteStore = `
CREATE TRIGGER IF NOT EXISTS store_added AFTER INSERT ON store BEGIN
  ${noteSku('new.sku')}
END;
CREATE TRIGGER IF NOT EXISTS store_changed AFTER UPDATE OF stock, price, lists, flaws ON store BEGIN
  ${noteSku('new.sku')}
END;
CREATE TRIGGER IF NOT EXISTS store_gone AFTER DELETE ON store BEGIN
  ${noteSku('old.sku')}
END;
`;
export const doNotNoteStore = `
DROP TRIGGER IF EXISTS store_added;
DROP TRIGGER IF EXISTS store_changed;
DROP TRIGGER IF EXISTS store_gone;
`;

/** Not with OR IGNORE, which an upsert overrules in its triggers (touches.ts). */
function noteSku(sku: string): string {
  return `INSERT INTO looks SELECT ${sku} WHERE NOT EXISTS (SELECT 1 FROM looks WHERE sku = ${sku});`;
}

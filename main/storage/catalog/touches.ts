/**
 * Notes what has changed, each of them once. `INSERT OR IGNORE` does not do it: the statement that fires a trigger lends it
 * its own way with conflicts, and an upsert has any second note of the same product fail.
 */
const noteSku = (sku: string) =>
  `INSERT INTO touched_skus SELECT ${sku} WHERE NOT EXISTS (SELECT 1 FROM touched_skus WHERE sku = ${sku});`;
const noteProduct = (id: string) =>
  `INSERT INTO touched_products SELECT ${id} WHERE NOT EXISTS (SELECT 1 FROM touched_products WHERE id = ${id});`;

/**
 * The triggers of products, prices and stock that come anew: there only while there is an aim, without which there is nothing
 * to note. The first reading would feel them.
 */
export const noteAdded = `
CREATE TRIGGER IF NOT EXISTS product_added AFTER INSERT ON products BEGIN
  ${noteSku('new.sku')}
END;
CREATE TRIGGER IF NOT EXISTS price_added AFTER INSERT ON prices BEGIN
  ${noteProduct('new.product')}
END;
CREATE TRIGGER IF NOT EXISTS stock_added AFTER INSERT ON stock BEGIN
  ${noteProduct('new.product')}
END;
`;

/** The triggers of what goes, which are always there but while all of it is thrown away. */
export const noteGone = `
CREATE TRIGGER IF NOT EXISTS product_gone AFTER DELETE ON products BEGIN
  ${noteSku('old.sku')}
END;
CREATE TRIGGER IF NOT EXISTS price_gone AFTER DELETE ON prices BEGIN
  ${noteProduct('old.product')}
END;
CREATE TRIGGER IF NOT EXISTS stock_gone AFTER DELETE ON stock BEGIN
  ${noteProduct('old.product')}
END;
`;
/** Changes still are noted: nothing changes while all is thrown away. */
export const doNotNoteOrg = ['product', 'price', 'stock']
  .map((of) => `DROP TRIGGER IF EXISTS ${of}_added; DROP TRIGGER IF EXISTS ${of}_gone;`)
  .join(' ');

/** The triggers that note which products have changed. */
export const touches = `
DROP TRIGGER product_added;
DROP TRIGGER product_changed;
DROP TRIGGER product_gone;
DROP TRIGGER price_added;
DROP TRIGGER price_changed;
DROP TRIGGER price_gone;
DROP TRIGGER stock_added;
DROP TRIGGER stock_changed;
DROP TRIGGER stock_gone;

CREATE TRIGGER product_added AFTER INSERT ON products WHEN EXISTS (SELECT 1 FROM aims) BEGIN
  ${noteSku('new.sku')}
END;
CREATE TRIGGER product_changed AFTER UPDATE ON products
WHEN old.sku <> new.sku OR old.active <> new.active OR old.company IS NOT new.company BEGIN
  ${noteSku('old.sku')}
  ${noteSku('new.sku')}
END;
CREATE TRIGGER product_gone AFTER DELETE ON products BEGIN
  ${noteSku('old.sku')}
END;
CREATE TRIGGER price_added AFTER INSERT ON prices WHEN EXISTS (SELECT 1 FROM aims) BEGIN
  ${noteProduct('new.product')}
END;
CREATE TRIGGER price_changed AFTER UPDATE ON prices
WHEN old.price IS NOT new.price OR old.active <> new.active BEGIN
  ${noteProduct('new.product')}
END;
CREATE TRIGGER price_gone AFTER DELETE ON prices BEGIN
  ${noteProduct('old.product')}
END;
CREATE TRIGGER stock_added AFTER INSERT ON stock WHEN EXISTS (SELECT 1 FROM aims) BEGIN
  ${noteProduct('new.product')}
END;
CREATE TRIGGER stock_changed AFTER UPDATE ON stock WHEN old.quantity IS NOT new.quantity BEGIN
  ${noteProduct('new.product')}
END;
CREATE TRIGGER stock_gone AFTER DELETE ON stock BEGIN
  ${noteProduct('old.product')}
END;
`;

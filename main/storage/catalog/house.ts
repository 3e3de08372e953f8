import { z } from 'zod';
import {
  type House,
  type HouseBook,
  type HouseSide,
  isSameParty,
  type Party,
} from '../../engine/catalog/house';
import type { CatalogDatabase } from './database';
import { doNotNoteStore } from './lookTables';
import { doNotNoteOrg, noteGone } from './touches';

const partyRow = z.object({ address: z.string(), user: z.string().nullable() });

/** Of a run, which side is another one since it was made (schema.ts). */
export const elsewhereColumn = `CASE
  WHEN id <= (SELECT other_until FROM house WHERE side = 'store') THEN 'store'
  WHEN id <= (SELECT other_until FROM house WHERE side = 'org') THEN 'org' END AS elsewhere`;

/** Whose the mirror and the runs are, kept beside them. */
export function createHouseBook(catalog: CatalogDatabase): HouseBook {
  const { db } = catalog;
  const find = db.prepare('SELECT address, user FROM house WHERE side = ?');
  const add = db.prepare('INSERT INTO house (side, address, user, other_until) VALUES (?, ?, ?, 0)');
  const meetUser = db.prepare('UPDATE house SET user = ? WHERE side = ? AND user IS NULL');
  const change = db.prepare(
    `UPDATE house SET address = ?, user = ?, other_until = (SELECT coalesce(max(id), 0) FROM runs) WHERE side = ?`,
  );

  /** A file from before houses were told apart has none: the present one is its own. */
  function known(side: HouseSide): Party | null {
    const row = find.get(side);
    return row === undefined ? null : partyRow.parse(row);
  }

  const parties = ({ store, org }: House): [HouseSide, Party][] => [
    ...(store === null ? [] : [['store', store] satisfies [HouseSide, Party]]),
    ['org', org],
  ];

  function others(house: House): [HouseSide, Party][] {
    return parties(house).filter(([side, party]) => {
      const before = known(side);
      return before !== null && !isSameParty(before, party);
    });
  }

  return {
    isAnother: (house) => others(house).length > 0,

    async moveInto(house) {
      const moved = others(house);
      // Forgotten first: cut off in between, the next start finds another house and forgets once more.
      for (const [side] of moved) await catalog.overall(forget[side]);
      catalog.step(() => {
        for (const [side, { address, user }] of moved) change.run(address, user, side);
        for (const [side, { address, user }] of parties(house))
          if (known(side) === null) add.run(side, address, user);
          else meetUser.run(user, side);
      });
    },

    meetsOrg(org) {
      const before = known('org');
      if (before !== null && !isSameParty(before, org)) return false;
      meetUser.run(org.user, 'org');
      return true;
    },
  };
}

/** Without triggers SQLite empties a table by the page. Nothing is compared before both sides have been read again. */
const forgetComparison = `DELETE FROM compared; DELETE FROM looks; UPDATE looking SET due = 1, noting = 0;
  ${doNotNoteStore}`;

const forget: Readonly<Record<HouseSide, string>> = {
  store: `${forgetComparison}
    DELETE FROM sources WHERE key = 'store';
    DELETE FROM store;
    DELETE FROM store_nameless;`,
  org: `${forgetComparison} ${doNotNoteOrg}
    DELETE FROM sources WHERE key <> 'store';
    DELETE FROM products;
    DELETE FROM prices;
    DELETE FROM stock;
    DELETE FROM aims;
    DELETE FROM targets;
    DELETE FROM touched_products;
    DELETE FROM touched_skus;
    ${noteGone}`,
};

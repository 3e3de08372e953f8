import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Result } from '../../../contract/problem';
import { type Office, openOffice } from '../../support/office';
import { recompute, scaled } from '../../support/onlineRetail';
import { realData } from '../../support/realData';

// Every file of this kind beside the repository, so that another month is proven by laying it there.
const known = realData('online-retail-2010-12.csv');
const files =
  known === null
    ? []
    : readdirSync(dirname(known))
        .filter((name) => /^online-retail.*\.csv$/.test(name))
        .map((name) => join(dirname(known), name));

let office: Office | null = null;
afterEach(async () => {
  await office?.stop();
  office = null;
});

describe.skipIf(files.length === 0)('real invoices', () => {
  it.each(files)(
    'come from the file into the org, order by order and line by line, to the cent (%s)',
    async (file) => {
      office = await openOffice({ content: 'empty' });
      const { bridge, sandbox } = office;
      const opened = need(await bridge.imports.open(file));
      const preview = need(await bridge.imports.preview(opened.fileId, opened.mapping));
      if (preview.kind !== 'ready') throw new Error('the mapping does not fit');
      sandbox.org.addProducts(need(await bridge.imports.products(opened.fileId)));
      const result = need(await bridge.imports.run(opened.fileId));

      const expected = recompute(readFileSync(file, 'utf8'));
      expect(result.imported).toBe(expected.size);
      bridge.start();
      await office.until(() => bridge.counts().exported === expected.size, 240_000);

      const inOrg = sandbox.org.orders();
      expect(inOrg.map((order) => order.storeOrder).sort()).toEqual([...expected.keys()].sort());
      for (const order of inOrg) {
        const invoice = expected.get(order.storeOrder ?? '');
        if (invoice === undefined) throw new Error(`${order.storeOrder} is not in the file`);
        expect(scaled(order.totalAmount, 2), `total of ${order.storeOrder}`).toBe(invoice.cents);
        expect(order.buyer?.taxId).toBe(invoice.buyer);
        expect(linesInOrg(order.lines), `lines of ${order.storeOrder}`).toEqual(linesInFile(invoice.lines));
      }
    },
    300_000,
  );
});

interface OrgLine {
  lineKey: string | null;
  sku: string | null;
  quantity: string;
  totalPrice: string;
}

/** SKU, quantity and cents of each line, in the order of the line's number; split lines count as one. */
function linesInOrg(lines: readonly OrgLine[]): string[] {
  const byNumber = new Map<number, { sku: string; quantity: bigint; cents: bigint }>();
  for (const line of lines) {
    const number = Number(/-(\d+)b?$/.exec(line.lineKey ?? '')?.[1]);
    const before = byNumber.get(number);
    byNumber.set(number, {
      sku: line.sku ?? '',
      quantity: (before?.quantity ?? 0n) + scaled(line.quantity, 2),
      cents: (before?.cents ?? 0n) + scaled(line.totalPrice, 2),
    });
  }
  return [...byNumber.entries()]
    .sort(([one], [other]) => one - other)
    .map(([, { sku, quantity, cents }]) => `${sku} ${quantity / 100n} ${cents}`);
}

/** The same of the file's lines, which come as `sku quantity price cents`. */
function linesInFile(lines: readonly string[]): string[] {
  return lines.map((line) => {
    const parts = line.split(' ');
    const cents = parts.pop();
    parts.pop();
    const quantity = parts.pop();
    return `${parts.join(' ')} ${quantity} ${cents}`;
  });
}

function need<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
}

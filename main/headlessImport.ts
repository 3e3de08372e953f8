import { z } from 'zod';
import type { Result } from '../contract/problem';
import type { ImportSession } from './engine/import/session';
import type { DemoControls } from './ipc/demo';

/** Imports a file with the mapping that fits it, and says what was imported and what was not, and why. */
export async function importFile(path: string, session: ImportSession, demo: DemoControls): Promise<void> {
  const file = need(await session.open(path));
  const preview = need(await session.preview(file.fileId, file.mapping));
  if (preview.kind !== 'ready') throw new Error(`mapping incomplete: ${JSON.stringify(preview)}`);
  const { summary } = preview;
  const added = await demo.addProducts(need(await session.products(file.fileId)));
  const result = need(await session.run(file.fileId));
  console.log(
    `${file.name}: ${summary.rows} rows, ${summary.orders} orders; imported ${result.imported} ` +
      `(${summary.totalToImport} ${summary.currency}), left out ${result.leftOut}, ` +
      `known before ${result.alreadyKnown}; ${added} products added to the sample org`,
  );
  for (const { reason, orders } of summary.reasons) console.log(`  left out, ${reason}: ${orders}`);
}

const told = z.object({ code: z.string(), detail: z.string().optional() });

function need<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const { code, detail } = told.parse(result.problem);
  throw new Error(detail === undefined ? code : `${code}: ${detail}`);
}

import { posix } from 'node:path';
import type { Pause } from '../../../engine/import/table';
import { unreadable } from '../fileFault';
import { parseXml, prefixed } from './xml';
import type { Archive } from './zip';

/** Where the parts of a workbook lie in its archive. */
export interface Workbook {
  /** Of the first sheet that is not hidden. */
  sheet: string;
  sharedStrings: string | null;
  styles: string | null;
  /** Days are counted from 1904, as old Excel for Macintosh did. */
  date1904: boolean;
}

interface Relation {
  id: string;
  /** The last word of the type's address: `worksheet`, `styles`, `sharedStrings`, `officeDocument`. */
  type: string;
  target: string;
}

/** Finds the parts through the relationships, as ECMA-376 part 2 asks: names and folders are the writer's. */
export async function readWorkbook(archive: Archive, pause: Pause): Promise<Workbook> {
  const roots = await readRelations(archive, '', pause);
  const path = roots.find((relation) => relation.type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  // A document of another program is a ZIP archive too.
  if (!archive.has(path)) throw unreadable('notASpreadsheet');
  const { sheets, date1904 } = await readSheets(archive, path, pause);
  const relations = await readRelations(archive, path, pause);
  const visible = sheets.find((sheet) => !sheet.hidden) ?? sheets[0];
  const sheet = relations.find((relation) => relation.id === visible?.id);
  if (sheet === undefined || !archive.has(sheet.target)) throw unreadable('notASpreadsheet');
  const partOf = (type: string) => {
    const target = relations.find((relation) => relation.type === type)?.target;
    return target !== undefined && archive.has(target) ? target : null;
  };
  return { sheet: sheet.target, sharedStrings: partOf('sharedStrings'), styles: partOf('styles'), date1904 };
}

async function readSheets(archive: Archive, path: string, pause: Pause) {
  const sheets: { id: string; hidden: boolean }[] = [];
  let date1904 = false;
  const open = (name: string, attributes: Readonly<Record<string, string | undefined>>) => {
    if (name === 'workbookPr') date1904 = isTrue(attributes['date1904']);
    if (name !== 'sheet') return;
    const state = attributes['state'] ?? 'visible';
    sheets.push({ id: prefixed(attributes, 'id') ?? '', hidden: state !== 'visible' });
  };
  await parseXml(archive.read(path), { open }, pause);
  return { sheets, date1904 };
}

const isTrue = (value: string | undefined) => value === '1' || value === 'true';

/** The relations of a part; the empty path stands for the archive as a whole. */
async function readRelations(archive: Archive, part: string, pause: Pause): Promise<Relation[]> {
  const folder = posix.dirname(part);
  const path = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const relations: Relation[] = [];
  if (!archive.has(path)) return relations;
  const open = (name: string, attributes: Readonly<Record<string, string | undefined>>) => {
    const target = attributes['Target'];
    if (name !== 'Relationship' || target === undefined || attributes['TargetMode'] === 'External') return;
    relations.push({
      id: attributes['Id'] ?? '',
      type: posix.basename(attributes['Type'] ?? ''),
      target: target.startsWith('/') ? target.slice(1) : posix.join(folder, target),
    });
  };
  await parseXml(archive.read(path), { open }, pause);
  return relations;
}

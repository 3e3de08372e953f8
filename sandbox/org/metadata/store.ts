import { z } from 'zod';
import type { OrgDatabase, Row } from '../database';
import { makeId } from '../ids';
import type { XmlNode } from './xml';

/** What the org knows of a component besides its effect: its id, its author, and the file it came in. */
export interface StoredComponent {
  type: string;
  fullName: string;
  id: string;
  createdById: string;
  created: number;
  modifiedById: string;
  modified: number;
  /** As it was deployed; `null` for what the org was born with. */
  source: Source | null;
}

export type Source = Exclude<XmlNode, string | number | boolean | null | undefined>;

/** Key prefixes of Salesforce's own setup objects. */
const prefixes: Readonly<Record<string, string>> = { CustomObject: '01I', CustomField: '00N' };

const sourceSchema: z.ZodType<Source> = z.record(
  z.string(),
  z.lazy(() => z.union([z.string(), sourceSchema, z.array(z.union([z.string(), sourceSchema]))])),
);

/** The components of an org, kept with it, so that what was deployed can be retrieved as it was. */
export class MetadataStore {
  constructor(
    private readonly db: OrgDatabase,
    private readonly who: () => string,
    private readonly now: () => number,
  ) {
    db.exec(
      `CREATE TABLE IF NOT EXISTS sandbox_metadata (number INTEGER PRIMARY KEY, type TEXT NOT NULL,
         fullName TEXT NOT NULL, createdById TEXT NOT NULL, created INTEGER NOT NULL,
         modifiedById TEXT NOT NULL, modified INTEGER NOT NULL, source TEXT, UNIQUE (type, fullName)) STRICT`,
    );
  }

  find(type: string, fullName: string): StoredComponent | null {
    const row = this.db.get('SELECT * FROM sandbox_metadata WHERE type = ? AND fullName = ?', type, fullName);
    return row ? component(row) : null;
  }

  /** The component; one that was there before anybody deployed gets its id now. */
  known(type: string, fullName: string): StoredComponent {
    return this.find(type, fullName) ?? this.put(type, fullName, null);
  }

  put(type: string, fullName: string, source: Source | null): StoredComponent {
    const now = this.now();
    this.db.run(
      `INSERT INTO sandbox_metadata (type, fullName, createdById, created, modifiedById, modified, source)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET modifiedById = excluded.modifiedById, modified = excluded.modified,
         source = excluded.source`,
      type,
      fullName,
      this.who(),
      now,
      this.who(),
      now,
      source === null ? null : JSON.stringify(source),
    );
    const stored = this.find(type, fullName);
    if (!stored) throw new Error(`${type} ${fullName} was not stored`);
    return stored;
  }

  /** Forgets a component, and with an object everything of it. */
  drop(type: string, fullName: string): void {
    this.db.run('DELETE FROM sandbox_metadata WHERE type = ? AND fullName = ?', type, fullName);
    if (type !== 'CustomObject') return;
    this.db.run(
      `DELETE FROM sandbox_metadata WHERE type = 'CustomField' AND fullName LIKE ? ESCAPE '!'`,
      `${escapeLike(fullName)}.%`,
    );
  }

  /** An object under another name, and its fields. */
  rename(before: string, after: string): void {
    this.db.run(
      `UPDATE sandbox_metadata SET fullName = ? || substr(fullName, ?) WHERE (type = 'CustomObject' AND fullName = ?)
         OR (type = 'CustomField' AND fullName LIKE ? ESCAPE '!')`,
      after,
      before.length + 1,
      before,
      `${escapeLike(before)}.%`,
    );
  }
}

const escapeLike = (text: string): string => text.replace(/[!%_]/g, '!$&');

function component(row: Row): StoredComponent {
  const type = String(row['type']);
  const prefix = prefixes[type];
  const source = row['source'];
  return {
    type,
    fullName: String(row['fullName']),
    id: prefix === undefined ? '' : makeId(prefix, Number(row['number'])),
    createdById: String(row['createdById']),
    created: Number(row['created']),
    modifiedById: String(row['modifiedById']),
    modified: Number(row['modified']),
    source: typeof source === 'string' ? sourceSchema.parse(JSON.parse(source)) : null,
  };
}

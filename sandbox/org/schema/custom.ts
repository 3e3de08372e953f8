import { z } from 'zod';
import type { OrgDatabase } from '../database';
import { object, required, text } from './field';
import type { FieldSwitches } from './index';
import { owner } from './parties';
import type { FieldDef, ObjectDef } from './types';

const storedField = z.object({ kind: z.literal('field'), field: z.custom<FieldDef>(isFieldDef) });
const storedObject = z.object({
  kind: z.literal('object'),
  label: z.string(),
  labelPlural: z.string(),
  keyPrefix: z.string(),
  nameLabel: z.string(),
  autoNumber: z.boolean(),
});
const storedSchema = z.discriminatedUnion('kind', [
  storedField,
  storedObject,
  z.object({ kind: z.literal('deployed'), unique: z.boolean() }),
  z.object({ kind: z.literal('deleted'), unique: z.boolean() }),
]);
type Stored = z.output<typeof storedSchema>;
export type CustomObject = Omit<z.output<typeof storedObject>, 'kind' | 'keyPrefix'>;

/** Objects and fields that were deployed into this org; kept with it. */
export class CustomSchema {
  private entries = new Map<string, Stored>();

  constructor(private readonly db: OrgDatabase) {
    db.exec(
      'CREATE TABLE IF NOT EXISTS sandbox_schema (path TEXT PRIMARY KEY NOT NULL, json TEXT NOT NULL) STRICT',
    );
    this.reload();
  }

  /** After a rollback: what is stored counts. */
  reload(): void {
    const rows = this.db.all('SELECT path, json FROM sandbox_schema ORDER BY rowid');
    this.entries = new Map(
      rows.map((row) => [String(row['path']), storedSchema.parse(JSON.parse(String(row['json'])))]),
    );
  }

  putObject(name: string, definition: CustomObject): void {
    const before = this.entries.get(name);
    const keyPrefix = before?.kind === 'object' ? before.keyPrefix : this.nextPrefix();
    this.put(name, { ...definition, kind: 'object', keyPrefix });
  }

  /** Adds a field to an object, or changes one. `fixed`: it is one of the sandbox's own. */
  putField(objectName: string, field: FieldDef, fixed: boolean): void {
    const path = `${objectName}.${field.name}`;
    this.put(path, fixed ? { kind: 'deployed', unique: field.unique } : { kind: 'field', field });
  }

  removeField(objectName: string, name: string, fixed: boolean): void {
    const path = `${objectName}.${name}`;
    if (fixed) this.put(path, { kind: 'deleted', unique: false });
    else this.drop(path);
  }

  /** What was deployed or deleted of the fixed fields counts no more: somebody has set them anew. */
  forgetFixed(): void {
    for (const [path, entry] of [...this.entries]) {
      if (entry.kind === 'deployed' || entry.kind === 'deleted') this.drop(path);
    }
  }

  removeObject(name: string): void {
    for (const path of [...this.entries.keys()]) {
      if (path === name || path.startsWith(`${name}.`)) this.drop(path);
    }
  }

  renameObject(before: string, after: string): void {
    for (const [path, entry] of [...this.entries]) {
      if (path !== before && !path.startsWith(`${before}.`)) continue;
      this.drop(path);
      this.put(after + path.slice(before.length), entry);
    }
  }

  /** The fixed objects with their deployed fields, and the deployed objects. */
  apply(fixed: readonly ObjectDef[]): ObjectDef[] {
    const own = [...this.entries].flatMap(([name, entry]) =>
      entry.kind === 'object' ? [customObject(name, entry, this.fieldsOf(name))] : [],
    );
    return [...fixed.map((def) => withFields(def, this.fieldsOf(def.name))), ...own];
  }

  /** What the switches say of the fixed fields, after what has been deployed since. */
  switches({ missing, notUnique, hidden }: FieldSwitches): FieldSwitches {
    const fixed = [...this.entries].filter(
      ([, entry]) => entry.kind === 'deployed' || entry.kind === 'deleted',
    );
    const touched = new Set(fixed.map(([path]) => path));
    const named = (kind: Stored['kind'], unique?: boolean): string[] =>
      fixed.flatMap(([path, entry]) =>
        entry.kind === kind && (unique === undefined || ('unique' in entry && entry.unique === unique))
          ? [path]
          : [],
      );
    return {
      missing: [...missing.filter((path) => !touched.has(path)), ...named('deleted')],
      notUnique: [...notUnique.filter((path) => !touched.has(path)), ...named('deployed', false)],
      hidden,
    };
  }

  private fieldsOf(name: string): FieldDef[] {
    return [...this.entries].flatMap(([path, entry]) =>
      entry.kind === 'field' && path.startsWith(`${name}.`) ? [entry.field] : [],
    );
  }

  private put(path: string, entry: Stored): void {
    this.entries.set(path, entry);
    this.db.run(
      'INSERT OR REPLACE INTO sandbox_schema (path, json) VALUES (?, ?)',
      path,
      JSON.stringify(entry),
    );
  }

  private drop(path: string): void {
    this.entries.delete(path);
    this.db.run('DELETE FROM sandbox_schema WHERE path = ?', path);
  }

  /** `a00`, `a01`, …: what orgs give to their custom objects. */
  private nextPrefix(): string {
    const used = [...this.entries.values()].filter((entry) => entry.kind === 'object').length;
    return `a${String(used).padStart(2, '0')}`;
  }
}

function customObject(name: string, entry: z.output<typeof storedObject>, fields: FieldDef[]): ObjectDef {
  const master = fields.some((field) => field.cascadeDelete);
  return object({
    name,
    label: entry.label,
    labelPlural: entry.labelPlural,
    keyPrefix: entry.keyPrefix,
    fields: [
      ...(master ? [] : [owner()]),
      text('Name', entry.nameLabel, 80, {
        nameField: true,
        idLookup: true,
        ...(entry.autoNumber
          ? { ...required, autoNumber: true, createable: false, updateable: false, defaultedOnCreate: true }
          : { defaultedOnCreate: true }),
      }),
      ...fields,
    ],
  });
}

/** Before the audit fields, where an org shows its custom ones. */
function withFields(def: ObjectDef, fields: readonly FieldDef[]): ObjectDef {
  if (fields.length === 0) return def;
  const audit = def.fields.findIndex((field) => field.name === 'CreatedDate');
  return { ...def, fields: [...def.fields.slice(0, audit), ...fields, ...def.fields.slice(audit)] };
}

function isFieldDef(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'name' in value && 'type' in value && 'label' in value
  );
}

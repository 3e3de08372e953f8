import { z } from 'zod';
import type { OrgDatabase } from '../database';
import { object, required, text } from './field';
import type { FieldSwitches } from './index';
import { owner } from './parties';
import type { FieldDef, ObjectDef } from './types';

const storedField = z.object({
  kind: z.literal('field'),
  field: z.custom<FieldDef>(isFieldDef),
  /** It takes the place of one of the sandbox's own fields. */
  fixed: z.boolean().default(false),
  /** It counts more than what the switches say of the field. */
  settled: z.boolean().default(false),
});
const storedObject = z.object({
  kind: z.literal('object'),
  label: z.string(),
  labelPlural: z.string(),
  keyPrefix: z.string(),
  nameLabel: z.string(),
  autoNumber: z.boolean(),
  numbering: z.object({ format: z.string(), start: z.number() }).default({ format: '{0}', start: 1 }),
});
const storedSchema = z.discriminatedUnion('kind', [
  storedField,
  storedObject,
  z.object({ kind: z.literal('deployed'), unique: z.boolean() }),
  z.object({ kind: z.literal('deleted'), unique: z.boolean() }),
]);
type Stored = z.output<typeof storedSchema>;
export type CustomObject = Omit<z.input<typeof storedObject>, 'kind' | 'keyPrefix'>;

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
    this.put(name, storedObject.parse({ ...definition, kind: 'object', keyPrefix }));
  }

  /** Adds a field to an object, or changes one. `fixed`: the sandbox's own field of that name, if there is one. */
  putField(objectName: string, field: FieldDef, fixed: FieldDef | undefined): void {
    const path = `${objectName}.${field.name}`;
    if (fixed && isSame(fixed, field)) this.put(path, { kind: 'deployed', unique: field.unique });
    else this.put(path, { kind: 'field', field, fixed: fixed !== undefined, settled: fixed !== undefined });
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
      else if (entry.kind === 'field' && entry.settled) this.put(path, { ...entry, settled: false });
    }
  }

  /** Before all is wiped: the tables and columns that deployments have made go. */
  dropTables(): void {
    for (const [path, entry] of this.entries) {
      const [objectName = '', fieldName = ''] = path.split('.');
      if (entry.kind === 'object') this.db.dropTable(objectName);
      else if (entry.kind === 'field' && this.entries.get(objectName)?.kind !== 'object') {
        this.db.dropColumn(objectName, fieldName);
      }
    }
  }

  removeObject(name: string): void {
    for (const path of [...this.entries.keys()]) {
      if (path === name || path.startsWith(`${name}.`)) this.drop(path);
    }
  }

  /** Lookups of other objects lead to the new name as well. */
  renameObject(before: string, after: string): void {
    for (const [path, entry] of [...this.entries]) {
      const own = path === before || path.startsWith(`${before}.`);
      if (own) this.drop(path);
      if (entry.kind === 'field') {
        const referenceTo = entry.field.referenceTo.map((target) => (target === before ? after : target));
        const renamed = { ...entry, field: { ...entry.field, referenceTo } };
        this.put(own ? after + path.slice(before.length) : path, renamed);
      } else if (own) this.put(after + path.slice(before.length), entry);
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
    const touched = new Map(
      [...this.entries].filter(([, entry]) =>
        entry.kind === 'field' ? entry.settled : entry.kind !== 'object',
      ),
    );
    const named = (kind: 'deployed' | 'deleted'): string[] =>
      [...touched].flatMap(([path, entry]) => (entry.kind === kind && !entry.unique ? [path] : []));
    return {
      missing: [...missing.filter((path) => !touched.has(path)), ...named('deleted')],
      notUnique: [...notUnique.filter((path) => !touched.has(path)), ...named('deployed')],
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
      `INSERT INTO sandbox_schema (path, json) VALUES (?, ?)
       ON CONFLICT (path) DO UPDATE SET json = excluded.json`,
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
    const used = [...this.entries.values()].flatMap((entry) =>
      entry.kind === 'object' ? [Number.parseInt(entry.keyPrefix.slice(1), 36)] : [],
    );
    return `a${(Math.max(-1, ...used) + 1).toString(36).padStart(2, '0')}`;
  }
}

/** A missing Unique tick alone makes no other field: the switches know it too. */
function isSame(fixed: FieldDef, field: FieldDef): boolean {
  const plain = (def: FieldDef): string =>
    JSON.stringify(Object.entries(def).sort(([a], [b]) => (a < b ? -1 : 1)));
  return plain(fixed) === plain({ ...field, unique: field.unique || fixed.unique });
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
          ? {
              ...required,
              autoNumber: true,
              numbering: entry.numbering,
              createable: false,
              updateable: false,
              defaultedOnCreate: true,
            }
          : { defaultedOnCreate: true }),
      }),
      ...fields,
    ],
  });
}

/** In the place of the fields they change; new ones before the audit fields, where an org shows its custom ones. */
function withFields(def: ObjectDef, fields: readonly FieldDef[]): ObjectDef {
  if (fields.length === 0) return def;
  const byName = new Map(fields.map((field) => [field.name, field]));
  const known = new Set(def.fields.map((field) => field.name));
  const changed = def.fields.map((field) => byName.get(field.name) ?? field);
  const added = fields.filter((field) => !known.has(field.name));
  const audit = changed.findIndex((field) => field.name === 'CreatedDate');
  return { ...def, fields: [...changed.slice(0, audit), ...added, ...changed.slice(audit)] };
}

function isFieldDef(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'name' in value && 'type' in value && 'label' in value
  );
}

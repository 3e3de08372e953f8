import type { OrgDatabase, Row, Stored } from './database';
import { makeId } from './ids';
import type { FieldDef, ObjectDef } from './schema/types';
import { orgDatetime, readValue } from './values';

const currencyFields: ReadonlySet<string> = new Set(['CurrencyIsoCode', 'DefaultCurrencyIsoCode']);

/** Reading and writing whole rows, without any of the org's rules. Seeds use it directly; DML goes above it. */
export class Records {
  /** INSERT statements by the columns they fill: seeds write many rows of few shapes. */
  private readonly inserts = new Map<string, string>();

  constructor(
    private readonly db: OrgDatabase,
    private readonly now: () => number,
    private readonly userId: () => string,
    /** The currency of a record that names none; `null` in a single-currency org. */
    private readonly currency: () => string | null = () => null,
  ) {}

  get(object: ObjectDef | { name: string }, id: string): Row | undefined {
    return this.db.get(`SELECT * FROM "${object.name}" WHERE "Id" = ?`, id);
  }

  /** Live records whose field has this value, by the field's own idea of equality. */
  findBy(object: ObjectDef | { name: string }, field: string, value: Stored): Row[] {
    return this.db.all(
      `SELECT * FROM "${object.name}" WHERE "${field}" = ? AND "IsDeleted" = 0 ORDER BY "Id"`,
      value,
    );
  }

  /** Writes a new row with id and audit fields; answers its id. */
  insert(object: ObjectDef, values: Row): string {
    const id =
      typeof values['Id'] === 'string' ? values['Id'] : makeId(object.keyPrefix, this.db.next(object.name));
    const stamp = orgDatetime(Math.floor(this.now() / 1000) * 1000);
    const user = this.userId();
    const row: Row = {
      CreatedDate: stamp,
      CreatedById: user,
      LastModifiedDate: stamp,
      LastModifiedById: user,
      SystemModstamp: stamp,
      IsDeleted: 0,
      ...values,
      Id: id,
    };
    for (const field of object.fields) {
      if (field.defaultValue !== null && row[field.name] === undefined) {
        row[field.name] = readValue(field, field.defaultValue);
      }
      if (field.name === 'PhotoUrl') row[field.name] ??= `/services/images/photo/${id}`;
      if (field.type === 'boolean' && row[field.name] === undefined) row[field.name] = 0;
      if (field.name === 'OwnerId' && row['OwnerId'] === undefined) row['OwnerId'] = user;
      if (currencyFields.has(field.name)) row[field.name] ??= this.currency();
      if (field.autoNumber && row[field.name] === undefined) {
        row[field.name] = autoNumber(object, field, this.db);
      }
    }
    const names = Object.keys(row);
    this.db.run(this.insertSql(object, names), ...names.map((name) => row[name] ?? null));
    return id;
  }

  /**
   * For seeds: writes many rows of one shape, all with the audit fields of this moment. Each call takes the
   * values of `columns` in their order and answers the new row's id.
   */
  inserter(object: ObjectDef, columns: readonly string[]): (...values: Stored[]) => string {
    const stamp = orgDatetime(Math.floor(this.now() / 1000) * 1000);
    const user = this.userId();
    const automatic = object.fields.filter((field) => field.autoNumber);
    const numbered = automatic.map((field) => field.name);
    const fixed: [string, string][] = [
      ...['CreatedDate', 'LastModifiedDate', 'SystemModstamp'].map((name): [string, string] => [name, stamp]),
      ...['CreatedById', 'LastModifiedById', 'OwnerId'].map((name): [string, string] => [name, user]),
      ...[...currencyFields].map((name): [string, string] => [name, this.currency() ?? '']),
    ].filter(
      ([name, value]) =>
        value !== '' && !columns.includes(name) && object.fields.some((field) => field.name === name),
    );
    const given = ['Id', ...columns, ...numbered];
    const names = [...given, ...fixed.map(([name]) => name)].map((name) => `"${name}"`);
    // What is the same in every row is part of the statement: binding it costs as much as writing it.
    const marks = [...given.map(() => '?'), ...fixed.map(([, value]) => `'${value}'`)];
    const sql = `INSERT INTO "${object.name}" (${names.join(', ')}) VALUES (${marks.join(', ')})`;
    return (...values) => {
      const id = makeId(object.keyPrefix, this.db.next(object.name));
      const numbers = automatic.map((field) => autoNumber(object, field, this.db));
      this.db.run(sql, id, ...values, ...numbers);
      return id;
    };
  }

  update(object: ObjectDef | { name: string }, id: string, values: Row): void {
    const stamp = orgDatetime(Math.floor(this.now() / 1000) * 1000);
    const row: Row = {
      ...values,
      LastModifiedDate: stamp,
      LastModifiedById: this.userId(),
      SystemModstamp: stamp,
    };
    const names = Object.keys(row);
    this.db.run(
      `UPDATE "${object.name}" SET ${names.map((name) => `"${name}" = ?`).join(', ')} WHERE "Id" = ?`,
      ...names.map((name) => row[name] ?? null),
      id,
    );
  }

  private insertSql(object: ObjectDef, names: readonly string[]): string {
    const shape = `${object.name}:${names.join()}`;
    const known = this.inserts.get(shape);
    if (known !== undefined) return known;
    const columns = names.map((name) => `"${name}"`).join(', ');
    const sql = `INSERT INTO "${object.name}" (${columns}) VALUES (${names.map(() => '?').join(', ')})`;
    this.inserts.set(shape, sql);
    return sql;
  }

  /** Into the recycle bin: gone for everything but queryAll. */
  remove(object: ObjectDef | { name: string }, id: string): void {
    this.update(object, id, { IsDeleted: 1 });
  }
}

/** How wide each object's automatic numbers are, and what stands before them. */
const numberFormats: Readonly<Record<string, { prefix: string; digits: number }>> = {
  Case: { prefix: '', digits: 8 },
  Contract: { prefix: '', digits: 8 },
  Order: { prefix: '', digits: 8 },
  OrderItem: { prefix: '', digits: 10 },
  ProductItem: { prefix: 'PI-', digits: 4 },
};

function autoNumber(object: ObjectDef, field: FieldDef, db: OrgDatabase): string {
  const value = db.next(`${object.name}.${field.name}`);
  if (field.numbering) {
    return field.numbering.format.replace(/\{(0+)\}/, (_all, zeros: string) =>
      String(value).padStart(zeros.length, '0'),
    );
  }
  const { prefix, digits } = numberFormats[object.name] ?? { prefix: '', digits: 5 };
  return prefix + String(value).padStart(digits, '0');
}

import { setImmediate } from 'node:timers/promises';
import { DatabaseSync, type StatementSyncInstance } from '@photostructure/sqlite';
import { columnType, shapeOf } from './columns';
import { sequenceOf } from './ids';
import type { OrgSchema } from './schema';
import type { FieldDef, ObjectDef } from './schema/types';

export type Stored = string | number | null;
export type Row = Record<string, Stored>;

/**
 * The org's tables: one per object, one column per field, whether visible or not, so that "deploying" a
 * field later needs no migration. Everything is synchronous, so one request sees and changes the data as
 * one step; `atomic` gives real rollback by savepoints.
 */
export class OrgDatabase {
  private readonly db: InstanceType<typeof DatabaseSync>;
  private readonly statements = new Map<string, StatementSyncInstance>();
  private readonly rowStatements = new Map<string, StatementSyncInstance>();
  private readonly sequences = new Map<string, number>();
  /** The tables as they were last made, by their columns. */
  private readonly prepared = new Map<string, string>();
  private depth = 0;

  constructor(file: string) {
    this.db = new DatabaseSync(file);
    this.db.exec(`
      PRAGMA journal_mode = ${file === '' ? 'MEMORY' : 'WAL'}; PRAGMA synchronous = OFF; PRAGMA cache_size = -${cacheKiB};
    `);
  }

  /** Makes tables, columns and indexes that are not there yet; takes nothing away. */
  ensureTables(objects: readonly ObjectDef[]): void {
    const changed = objects.filter((object) => this.prepared.get(object.name) !== shapeOf(object));
    for (const object of changed) {
      this.createTable(object);
      this.prepared.set(object.name, shapeOf(object));
    }
    if (changed.length > 0) this.guessSelectivity();
  }

  /** After a rollback: which tables and columns there are must be found out anew. */
  forgetTables(): void {
    this.prepared.clear();
    this.forgetStatements();
  }

  /** Takes every row out of every table; the next ids begin anew. */
  wipe(): void {
    const tables = this.all(
      `SELECT "name" FROM sqlite_schema WHERE "type" = 'table' AND "name" NOT LIKE 'sqlite_%'`,
    );
    this.atomic(() => {
      for (const { name } of tables) this.db.exec(`DELETE FROM "${name}"`);
    });
  }

  /** A table under a new name; its indexes are made anew by `ensureTables`. */
  renameTable(before: string, after: string): void {
    this.dropIndexes(before);
    this.prepared.delete(before);
    this.db.exec(`ALTER TABLE "${before}" RENAME TO "${after}"`);
  }

  /** Takes a table away with all that is in it. */
  dropTable(name: string): void {
    this.forgetStatements();
    this.prepared.delete(name);
    this.db.exec(`DROP TABLE IF EXISTS "${name}"`);
  }

  /** Takes a column away with all that is in it; the table's indexes are made anew by `ensureTables`. */
  dropColumn(table: string, column: string): void {
    if (!this.columnsOf(table).has(column)) return;
    this.dropIndexes(table);
    this.db.exec(`ALTER TABLE "${table}" DROP COLUMN "${column}"`);
  }

  /** Puts a column into the form of a changed field; `value` is SQL for what was in it before. */
  changeColumn(table: string, field: FieldDef, value: string): void {
    this.dropIndexes(table);
    this.db.exec(`
      ALTER TABLE "${table}" ADD COLUMN "changed ${field.name}" ${columnType(field)};
      UPDATE "${table}" SET "changed ${field.name}" = ${value};
      ALTER TABLE "${table}" DROP COLUMN "${field.name}";
      ALTER TABLE "${table}" RENAME COLUMN "changed ${field.name}" TO "${field.name}";
    `);
  }

  private dropIndexes(table: string): void {
    this.forgetStatements();
    this.prepared.delete(table);
    const indexes = this.all(
      `SELECT "name" FROM sqlite_schema WHERE "type" = 'index' AND "sql" IS NOT NULL AND "tbl_name" = ?`,
      table,
    );
    for (const { name } of indexes) this.db.exec(`DROP INDEX "${name}"`);
  }

  /** Prepared statements know the columns of their time. */
  private forgetStatements(): void {
    this.statements.clear();
    this.rowStatements.clear();
  }

  private columnsOf(table: string): Set<unknown> {
    return new Set(
      this.db
        .prepare(`PRAGMA table_info("${table}")`)
        .all()
        .map((row) => row.name),
    );
  }

  close(): void {
    this.db.close();
  }

  /** Runs `work` as one unit: when it throws, nothing of it stays. Nests. */
  atomic<T>(work: () => T): T {
    const name = `s${this.depth}`;
    this.db.exec(this.depth === 0 ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${name}`);
    this.depth++;
    try {
      const result = work();
      this.depth--;
      this.db.exec(this.depth === 0 ? 'COMMIT' : `RELEASE ${name}`);
      return result;
    } catch (error) {
      this.depth--;
      this.db.exec(this.depth === 0 ? 'ROLLBACK' : `ROLLBACK TO ${name}; RELEASE ${name}`);
      throw error;
    }
  }

  /**
   * The same for long work that lets the event loop breathe. Nobody else may use the database meanwhile:
   * for filling an org before its server listens. Indexes are made once at the end, which is much faster.
   */
  async fill(work: () => Promise<void>): Promise<void> {
    const indexes = this.all(
      `SELECT "name", "sql" FROM sqlite_schema WHERE "type" = 'index' AND "sql" IS NOT NULL`,
    );
    this.db.exec('BEGIN IMMEDIATE');
    this.depth++;
    try {
      for (const { name } of indexes) this.db.exec(`DROP INDEX "${name}"`);
      await work();
      for (const { sql } of indexes) {
        await setImmediate();
        this.db.exec(String(sql));
      }
      await setImmediate();
      this.db.exec('PRAGMA analysis_limit = 400; ANALYZE');
      this.db.exec('COMMIT');
    } catch (error) {
      this.db.exec('ROLLBACK');
      throw error;
    } finally {
      this.depth--;
    }
  }

  /** A function of one text for queries to use; it must give the same for the same. Nothing stays nothing. */
  defineFunction(name: string, work: (value: string) => string): void {
    this.db.function(name, { deterministic: true }, (value: unknown) =>
      typeof value === 'string' ? work(value) : null,
    );
  }

  /** Statements that change tables themselves. */
  exec(sql: string): void {
    this.db.exec(sql);
  }

  run(sql: string, ...parameters: Stored[]): void {
    this.statement(sql).run(...parameters);
  }

  get(sql: string, ...parameters: Stored[]): Row | undefined {
    const row: Row | undefined = this.statement(sql).get(...parameters);
    return row;
  }

  all(sql: string, ...parameters: Stored[]): Row[] {
    const rows: Row[] = this.statement(sql).all(...parameters);
    return rows;
  }

  /** Rows as arrays of column values, for queries whose columns have no names of their own. */
  rows(sql: string, ...parameters: Stored[]): Stored[][] {
    let statement = this.rowStatements.get(sql);
    if (!statement) {
      statement = this.db.prepare(sql);
      statement.setReturnArrays(true);
      remember(this.rowStatements, sql, statement);
    }
    const rows: Stored[][] = statement.all(...parameters);
    return rows;
  }

  /** The next number of an object's ids, or of an automatic number (`Order.OrderNumber`). */
  next(name: string): number {
    const value = this.sequences.get(name) ?? 1;
    this.sequences.set(name, value + 1);
    return value;
  }

  /** Unique indexes as the schema has them now. Deleted records do not count, as in the recycle bin. */
  applyUnique(schema: OrgSchema): void {
    for (const object of schema.objects) {
      for (const field of object.fields) {
        const index = `"unique_${object.name}_${field.name}"`;
        if (field.unique) {
          this.db.exec(
            `CREATE UNIQUE INDEX IF NOT EXISTS ${index} ON "${object.name}"("${field.name}") WHERE "IsDeleted" = 0`,
          );
        } else {
          this.db.exec(`DROP INDEX IF EXISTS ${index}`);
        }
      }
    }
  }

  private createTable(object: ObjectDef): void {
    const stored = object.fields.filter((field) => field.type !== 'address');
    const columns = stored.map((field) => `"${field.name}" ${columnType(field)}`);
    this.db.exec(`CREATE TABLE IF NOT EXISTS "${object.name}" (${columns.join(', ')}) STRICT`);
    // An org that was kept may be older than a field.
    const known = this.columnsOf(object.name);
    for (const field of stored) {
      if (known.has(field.name)) continue;
      this.forgetStatements();
      this.db.exec(`ALTER TABLE "${object.name}" ADD COLUMN "${field.name}" ${columnType(field)}`);
    }
    // Nearly every query asks for what is not deleted, many for what is active: to count and find those, an
    // index is enough.
    const live = ['IsDeleted', 'IsActive'].filter((name) =>
      object.fields.some((field) => field.name === name),
    );
    this.createIndex(`live_${object.name}`, object, ['IsDeleted']);
    if (live.length > 1) this.createIndex(`live_active_${object.name}`, object, live);
    this.createIndex(`by_${object.name}_SystemModstamp`, object, ['SystemModstamp']);
    for (const field of object.fields) {
      const audit =
        field.name === 'CreatedById' || field.name === 'LastModifiedById' || field.name === 'OwnerId';
      if ((field.type === 'reference' && !audit) || field.name === 'StockKeepingUnit') {
        this.createIndex(`by_${object.name}_${field.name}`, object, [field.name, ...live]);
      }
      if (field.autoNumber) {
        const last = this.db
          .prepare(
            `SELECT "${field.name}" AS last FROM "${object.name}" ORDER BY length("${field.name}") DESC, "${field.name}" DESC LIMIT 1`,
          )
          .get()?.last;
        const number = typeof last === 'string' ? Number(/(\d+)\D*$/.exec(last)?.[1] ?? 0) + 1 : undefined;
        this.sequences.set(`${object.name}.${field.name}`, number ?? field.numbering?.start ?? 100);
      }
    }
    const last = this.db.prepare(`SELECT max("Id") AS last FROM "${object.name}"`).get()?.last;
    this.sequences.set(object.name, typeof last === 'string' ? sequenceOf(last) + 1 : 1);
  }

  /** Without figures SQLite would take two columns for a better filter than one, also where nearly all rows match. */
  private guessSelectivity(): void {
    this.db.exec(`
      ANALYZE sqlite_schema;
      INSERT INTO sqlite_stat1 (tbl, idx, stat)
        SELECT tbl_name, name, iif(name LIKE 'live_active_%', '10000 9000 8000', '10000 9000') FROM sqlite_schema
        WHERE type = 'index' AND name LIKE 'live_%' AND name NOT IN (SELECT idx FROM sqlite_stat1);
      ANALYZE sqlite_schema;
    `);
  }

  private createIndex(name: string, object: ObjectDef, fields: readonly string[]): void {
    const columns = fields.map((field) => `"${field}"`).join(', ');
    this.db.exec(`CREATE INDEX IF NOT EXISTS "${name}" ON "${object.name}" (${columns})`);
  }

  private statement(sql: string): StatementSyncInstance {
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.db.prepare(sql);
      remember(this.statements, sql, statement);
    }
    return statement;
  }
}

const mostStatements = 500;
/** What SQLite may hold in memory of a large org; the rest waits in its file. */
const cacheKiB = 16_384;

function remember(cache: Map<string, StatementSyncInstance>, sql: string, statement: StatementSyncInstance) {
  if (cache.size >= mostStatements) cache.delete([...cache.keys()][0] ?? '');
  cache.set(sql, statement);
}

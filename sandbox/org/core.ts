import type { SandboxClock } from '../clock';
import { Faults } from '../http/faults';
import { BulkJobs } from './bulk/jobs';
import { OrgDatabase } from './database';
import { toScaled } from './decimal';
import type { RuleContext } from './dml/context';
import { readDuplicateHeader } from './dml/duplicates';
import { RowLocks } from './dml/locks';
import { foundOrganization } from './founding';
import { makeId } from './ids';
import { Deployments } from './metadata/deployments';
import type { Retrieval } from './metadata/retrieval';
import { MetadataStore } from './metadata/store';
import { SignIn } from './oauth/state';
import { Records } from './records';
import { allObjects, buildSchema, type FieldSwitches, type OrgSchema } from './schema';
import type { UserAccess } from './schema/access';
import { currenciesOf, withCurrencies } from './schema/currency';
import { CustomSchema } from './schema/custom';
import type { ObjectDef } from './schema/types';
import { Sessions } from './sessions';
import { allApps, integrationUser, type OrgOptions } from './settings';
import type { CompileOptions } from './soql/context';
import { localTime } from './soql/dates';
import type { QueryResult } from './soql/result';
import { orgUserSchema, type UserChanges, Users } from './users';

/** A query with more pages to come. */
export interface Cursor {
  result: QueryResult;
  batch: number;
}

const mostViewed = 200;

/** The org's data, rules and sessions, without any HTTP. */
export class OrgCore {
  readonly db: OrgDatabase;
  readonly records: Records;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly users: Users;
  readonly bulk = new BulkJobs(
    () => this.now(),
    () => this.options.switches.bulk.dailyJobs,
  );
  readonly deployments = new Deployments();
  readonly metadata: MetadataStore;
  /** What was asked for to be retrieved, by the number in its id. */
  readonly retrievals: Retrieval[] = [];
  readonly organizationId: string;
  readonly locks = new RowLocks(() => this.now());
  /** Records that were looked at, the last one first. */
  viewed: { type: string; id: string }[] = [];
  readonly cursors = new Map<string, Cursor>();
  options: OrgOptions;
  /** API calls counted against the daily limit. */
  apiCalls = 0;
  /** When objects or fields were last deployed, hidden or changed; an org begins with its start. */
  schemaChanged: number;
  /** Where the org can be reached; known once its server listens. */
  address = '';
  private cursorNumber = 0;
  private readonly alarms = new Set<() => void>();
  private currentUser = makeId('005', 1);
  /** The schema as each user sees it, built when first asked for. */
  private readonly views = new Map<string, OrgSchema>();
  private readonly custom: CustomSchema;
  private tables: ReadonlyMap<string, ObjectDef>;

  constructor(
    file: string,
    options: OrgOptions,
    private readonly clock: SandboxClock,
    private readonly faults: Faults = new Faults(),
  ) {
    this.options = options;
    this.schemaChanged = clock.now();
    this.db = new OrgDatabase(file);
    this.custom = new CustomSchema(this.db);
    this.metadata = new MetadataStore(
      this.db,
      () => this.userId,
      () => this.now(),
    );
    this.tables = this.prepareTables();
    this.organizationId = makeId('00D', 1);
    this.records = new Records(
      this.db,
      () => clock.now(),
      () => this.userId,
      () => this.options.multicurrency?.corporate ?? null,
    );
    this.sessions = new Sessions(
      this.db,
      this.organizationId,
      () => clock.now(),
      () => this.options.switches.sessionTimeoutMs,
    );
    this.db.defineFunction('fold', (text) => text.toLowerCase());
    this.db.defineFunction('local_time', (instant) => localTime(instant, options.timeZone));
    this.signIn = new SignIn(this.db, this.sessions, () => clock.now(), allApps(options));
    this.users = new Users({
      db: this.db,
      records: this.records,
      table: this.table('User'),
      timeZone: options.timeZone,
    });
    this.found();
  }

  /** As on the day it was founded: no records, no sessions, nothing deployed, nothing counted. */
  reset(): void {
    this.cancelAlarms();
    for (const { result } of this.cursors.values()) result.close();
    this.cursors.clear();
    this.bulk.clear();
    this.deployments.clear();
    this.retrievals.length = 0;
    this.viewed = [];
    this.apiCalls = 0;
    this.custom.dropTables();
    this.db.wipe();
    this.reloadSchema();
    this.found();
  }

  private found(): void {
    const { credentials, users } = this.options;
    foundOrganization(this);
    this.users.found(
      integrationUser(credentials),
      users.map((user) => orgUserSchema.parse(user)),
    );
    this.foundCurrencies();
  }

  /** Whose request is being served; the integration user where it is nobody's. */
  get userId(): string {
    return this.currentUser;
  }

  /** The org's objects as the current user sees them. */
  get schema(): OrgSchema {
    let view = this.views.get(this.currentUser);
    if (!view) {
      view = this.fullSchema(this.users.access(this.currentUser));
      this.views.set(this.currentUser, view);
    }
    return view;
  }

  /** The org's objects as somebody with this access sees them; as nobody is kept from anything without. */
  fullSchema(access?: UserAccess): OrgSchema {
    return buildSchema(this.everyObject(), this.custom.switches(this.options.fields), access);
  }

  /** Deploys or removes objects and fields, as the Metadata API does. */
  changeSchema(change: (custom: CustomSchema) => void): void {
    change(this.custom);
    this.tables = this.prepareTables();
    this.schemaChanged = this.now();
    this.views.clear();
  }

  /** After a rollback: the schema is again what is stored. */
  reloadSchema(): void {
    this.custom.reload();
    this.db.forgetTables();
    this.changeSchema(() => {});
  }

  private everyObject(): ObjectDef[] {
    const { orderStatuses, multicurrency } = this.options;
    const objects = this.custom.apply(allObjects(orderStatuses));
    return multicurrency ? withCurrencies(objects, multicurrency) : objects;
  }

  /** Tables and columns for every object, also for what is not deployed yet. */
  private prepareTables(): ReadonlyMap<string, ObjectDef> {
    const { orderStatuses, multicurrency } = this.options;
    const objects = withCurrencies(this.custom.apply(allObjects(orderStatuses)), multicurrency);
    this.db.ensureTables(objects);
    this.db.applyUnique(this.fullSchema());
    return new Map(objects.map((object) => [object.name, object]));
  }

  /** Does something as this user: who has changed a record, and what can be seen, go by it. */
  runAs<T>(userId: string, work: () => T): T {
    const before = this.currentUser;
    this.currentUser = userId;
    try {
      return work();
    } finally {
      this.currentUser = before;
    }
  }

  /** Adds or changes a user; one made inactive is thrown out at once. */
  setUser(username: string, changes: UserChanges): void {
    const user = this.users.set(username, changes);
    this.views.delete(user.id);
    if (!user.active) this.sessions.closeOfUser(user.id);
  }

  now(): number {
    return this.clock.now();
  }

  /** Runs `task` once, `ms` from now on the sandbox's clock; not when the org is reset or closed before. */
  after(ms: number, task: () => void): void {
    const cancel = this.clock.after(ms, () => {
      this.alarms.delete(cancel);
      task();
    });
    this.alarms.add(cancel);
  }

  close(): void {
    this.cancelAlarms();
    this.db.close();
  }

  private cancelAlarms(): void {
    for (const cancel of this.alarms) cancel();
    this.alarms.clear();
  }

  loginUrl(): string {
    return this.address;
  }

  instanceUrl(): string {
    return this.options.instanceUrl ?? this.address;
  }

  identityUrl(userId = this.userId): string {
    return `${this.loginUrl()}/id/${this.organizationId}/${userId}`;
  }

  /** What records are written under; a call's headers can ask for exceptions. */
  rules(call?: { headers: Readonly<Record<string, string | undefined>>; version: string }): RuleContext {
    const duplicates = readDuplicateHeader(call?.headers['sforce-duplicate-rule-header']);
    return {
      db: this.db,
      records: this.records,
      schema: this.schema,
      statuses: this.options.orderStatuses,
      validationRules: this.options.validationRules,
      duplicateRules: this.options.duplicateRules,
      allowDuplicates: duplicates.allowSave,
      duplicateDetails: duplicates.includeRecordDetails,
      version: call?.version ?? '62.0',
      automations: this.options.automations,
      locks: this.locks,
      orderSettings: this.options.orderSettings,
      currency: this.options.multicurrency?.corporate ?? null,
      may: (permission) => !this.options.deniedPermissions.includes(permission),
      sees: this.options.sees,
      now: () => this.now(),
      userId: () => this.userId,
      refusal: (method, object) => {
        const fault = this.faults.refusal(method, object);
        return fault && { errorCode: fault.errorCode, message: fault.message, fields: fault.fields };
      },
    };
  }

  /** What a query of now is compiled with. */
  queryOptions(includeDeleted = false): CompileOptions {
    const { timeZone, currency } = this.options;
    return {
      schema: this.schema,
      includeDeleted,
      now: this.now(),
      timeZone,
      locale: 'es-AR',
      currency,
    };
  }

  /** Deploys, hides or loosens custom fields, as an admin would in Setup. */
  setFields(fields: FieldSwitches): void {
    this.options = { ...this.options, fields };
    this.custom.forgetFixed();
    this.schemaChanged = this.now();
    this.views.clear();
    this.db.applyUnique(this.fullSchema());
  }

  setSwitches(switches: Partial<OrgOptions['switches']>): void {
    this.options = { ...this.options, switches: { ...this.options.switches, ...switches } };
  }

  noteView(type: string, id: string): void {
    const others = this.viewed.filter((view) => view.id !== id);
    this.viewed = [{ type, id }, ...others].slice(0, mostViewed);
  }

  /** Keeps a query's rows for its next pages; only so many at a time, as an org does. */
  keepCursor(cursor: Cursor): string {
    const locator = makeId('01g', ++this.cursorNumber);
    this.cursors.set(locator, cursor);
    const oldest = [...this.cursors.keys()][0];
    if (this.cursors.size > 10 && oldest !== undefined) {
      this.cursors.get(oldest)?.result.close();
      this.cursors.delete(oldest);
    }
    return locator;
  }

  /** An object whether or not its fields are deployed: seeds and inspection see everything. */
  table(name: string): ObjectDef {
    const object = this.tables.get(name);
    if (!object) throw new Error(`no object ${name}`);
    return object;
  }

  private foundCurrencies(): void {
    const { multicurrency } = this.options;
    if (!multicurrency || this.records.findBy({ name: 'CurrencyType' }, 'IsDeleted', 0).length > 0) return;
    const { corporate } = multicurrency;
    this.db.atomic(() => {
      for (const { isoCode, rate, decimalPlaces, active } of currenciesOf(multicurrency)) {
        this.records.insert(this.table('CurrencyType'), {
          IsoCode: isoCode,
          ConversionRate: toScaled(rate, 6),
          DecimalPlaces: decimalPlaces,
          IsActive: active ? 1 : 0,
          IsCorporate: isoCode === corporate ? 1 : 0,
        });
      }
    });
  }
}

import { z } from 'zod';
import type { OrgDatabase } from './database';
import { makeId, sequenceOf } from './ids';
import type { Records } from './records';
import { type UserAccess, userAccessSchema } from './schema/access';
import type { ObjectDef } from './schema/types';

/** Somebody who can sign in to the org. */
export const orgUserSchema = z.strictObject({
  username: z.string().min(1).max(80),
  password: z.string().min(1),
  /** Appended to the password where there is one. */
  securityToken: z.string().default(''),
  firstName: z.string().max(40).default(''),
  lastName: z.string().min(1).max(80),
  alias: z.string().min(1).max(8),
  active: z.boolean().default(true),
  profile: z.string().default('Standard User'),
  /** "Approve Uninstalled Connected Apps" (research/salesforce.md 1.1). */
  approvesUninstalledApps: z.boolean().default(false),
  access: userAccessSchema.prefault({}),
});
export type OrgUser = z.output<typeof orgUserSchema>;
export type OrgUserInput = z.input<typeof orgUserSchema>;

/** What can be changed of a user while the org runs. */
export type UserChanges = Partial<Omit<OrgUser, 'username'>>;

/** A user with the id of the record. */
export interface KnownUser extends OrgUser {
  id: string;
}

interface UserEnvironment {
  db: OrgDatabase;
  records: Records;
  table: ObjectDef;
  timeZone: string;
}

/**
 * The people of the org. Each is a User record; the password and what they may do are the sandbox's own and
 * come from its options at every start. Whether a user is active is kept with the record.
 */
export class Users {
  private readonly known = new Map<string, KnownUser>();

  constructor(private readonly environment: UserEnvironment) {}

  /** Makes the records that are missing. The integration user is always the first, whatever the name. */
  found(integration: OrgUser, others: readonly OrgUser[]): void {
    const id = makeId('005', 1);
    const { db, records } = this.environment;
    this.known.clear();
    db.atomic(() => {
      const row = records.get({ name: 'User' }, id);
      if (row && row['Username'] !== integration.username) {
        records.update({ name: 'User' }, id, { Username: integration.username, Email: integration.username });
      }
      this.add(integration, id);
      for (const user of others) this.add(user, this.idOf(user.username) ?? this.nextId());
    });
  }

  /** Adds a user, or changes the one of that name. */
  set(username: string, changes: UserChanges): KnownUser {
    const before = this.byUsername(username);
    const next = before
      ? { ...before, ...changes }
      : { ...orgUserSchema.parse({ ...changes, username }), id: this.nextId() };
    const { db, records } = this.environment;
    db.atomic(() => {
      if (!before) this.add(next, next.id);
      else records.update({ name: 'User' }, next.id, columns(next));
    });
    this.known.set(next.id, next);
    return next;
  }

  /** Usernames are the same in any case. */
  byUsername(username: string): KnownUser | undefined {
    const wanted = username.toLowerCase();
    return [...this.known.values()].find((user) => user.username.toLowerCase() === wanted);
  }

  byId(id: string): KnownUser | undefined {
    return this.known.get(id);
  }

  access(id: string): UserAccess | undefined {
    return this.known.get(id)?.access;
  }

  list(): KnownUser[] {
    return [...this.known.values()];
  }

  private add(user: OrgUser, id: string): void {
    const { records, table, timeZone } = this.environment;
    const row = records.get({ name: 'User' }, id);
    if (row) {
      this.known.set(id, { ...user, id, active: row['IsActive'] === 1 });
      return;
    }
    records.insert(table, {
      Id: id,
      Username: user.username,
      Email: user.username,
      TimeZoneSidKey: timeZone,
      LanguageLocaleKey: 'es',
      LocaleSidKey: 'es_AR',
      UserType: 'Standard',
      ProfileId: this.profileOf(user),
      ...columns(user),
    });
    this.known.set(id, { ...user, id });
  }

  private profileOf(user: OrgUser): string | null {
    const row = this.environment.db.get('SELECT "Id" FROM "Profile" WHERE "Name" = ?', user.profile);
    return typeof row?.['Id'] === 'string' ? row['Id'] : null;
  }

  private idOf(username: string): string | null {
    const row = this.environment.db.get('SELECT "Id" FROM "User" WHERE "Username" = ?', username);
    return typeof row?.['Id'] === 'string' ? row['Id'] : null;
  }

  private nextId(): string {
    const last = this.environment.db.get('SELECT max("Id") AS last FROM "User"')?.['last'];
    return makeId('005', typeof last === 'string' ? sequenceOf(last) + 1 : 1);
  }
}

export const fullName = (user: OrgUser): string =>
  [user.firstName, user.lastName].filter((part) => part !== '').join(' ');

const columns = (user: OrgUser) => ({
  FirstName: user.firstName === '' ? null : user.firstName,
  LastName: user.lastName,
  Name: fullName(user),
  Alias: user.alias,
  IsActive: user.active ? 1 : 0,
});

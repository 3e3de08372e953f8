import type { OrgSchema } from '../schema';
import type { FieldDef, ObjectDef } from '../schema/types';
import { noSuchColumn, noSuchRelationship } from './errors';
import { nameObject, polymorphicColumn } from './polymorphic';

export interface Resolved {
  field: FieldDef;
  /** SQL of the column, e.g. `t1."Name"`. */
  sql: string;
  /** Relationship names on the way, e.g. `['Pricebook2']`. */
  path: string[];
}

/** Where a path of relationships ends. */
export interface Place {
  alias: string;
  object: ObjectDef;
  path: string[];
  /** SQL of the record's id; null where there is no such record. */
  id: string;
  /** The link that led here, where it may lead to more than one object: then only a few fields are known. */
  link: { field: FieldDef; sql: string } | null;
}

/** One FROM clause: its object, and the parents that fields of the query reach through it. */
export class Scope {
  private readonly joins = new Map<string, string>();
  private readonly joinSql: string[] = [];
  readonly alias: string;

  constructor(
    readonly query: string,
    readonly schema: OrgSchema,
    readonly object: ObjectDef,
    private readonly soqlAlias: string | undefined,
    private readonly nextAlias: () => string,
  ) {
    this.alias = nextAlias();
  }

  /** The column a field or a path of relationships stands for. Throws INVALID_FIELD. */
  resolve(text: string): Resolved {
    const parts = this.withoutAlias(text.split('.'));
    const name = parts.pop() ?? '';
    const place = this.reach(parts, text);
    if (place.link) {
      const column = polymorphicColumn(this.schema, place.link.field, place.link.sql, name);
      if (!column) throw noSuchColumn(this.query, text, 'Name');
      return { ...column, path: place.path };
    }
    return this.column(place, name, text);
  }

  /** A field of the record at a place. Throws INVALID_FIELD. */
  column(place: Place, name: string, text: string): Resolved {
    const field = this.schema.field(place.object, name);
    if (!field) throw noSuchColumn(this.query, text, place.object.name);
    return { field, sql: `${place.alias}."${field.name}"`, path: place.path };
  }

  /** The parent at the end of a path of relationship names. */
  reach(relationships: readonly string[], text: string): Place {
    let place: Place = {
      alias: this.alias,
      object: this.object,
      path: [],
      id: `${this.alias}."Id"`,
      link: null,
    };
    for (const relationship of relationships) {
      const link = place.link === null ? this.schema.parent(place.object, relationship) : undefined;
      if (!link) throw noSuchRelationship(this.query, text, relationship);
      const path = [...place.path, link.relationshipName ?? relationship];
      const sql = `${place.alias}."${link.name}"`;
      if (link.referenceTo.length > 1) {
        place = { alias: place.alias, object: nameObject, path, id: sql, link: { field: link, sql } };
        continue;
      }
      const target = this.schema.object(link.referenceTo[0] ?? '');
      if (!target) throw noSuchRelationship(this.query, text, relationship);
      const alias = this.join(path.join('.'), target, sql);
      place = { alias, object: target, path, id: `${alias}."Id"`, link: null };
    }
    return place;
  }

  /** One of the objects that a link may lead to, for TYPEOF. */
  reachType(place: Place, target: ObjectDef): Place {
    const alias = this.join(`${place.path.join('.')}#${target.name}`, target, place.id);
    return { alias, object: target, path: place.path, id: `${alias}."Id"`, link: null };
  }

  /** The object's own table, then a join for each parent reached so far. */
  source(): string[] {
    return [`"${this.object.name}" ${this.alias}`, ...this.joinSql];
  }

  from(): string {
    return this.source().join(' ');
  }

  private join(key: string, target: ObjectDef, link: string): string {
    const known = this.joins.get(key);
    if (known !== undefined) return known;
    const alias = this.nextAlias();
    this.joins.set(key, alias);
    this.joinSql.push(`LEFT JOIN "${target.name}" ${alias} ON ${alias}."Id" = ${link}`);
    return alias;
  }

  private withoutAlias(parts: string[]): string[] {
    const first = parts[0]?.toLowerCase();
    const own = first === this.soqlAlias?.toLowerCase() || first === this.object.name.toLowerCase();
    return parts.length > 1 && own && !this.schema.parent(this.object, parts[0] ?? '')
      ? parts.slice(1)
      : parts;
  }
}

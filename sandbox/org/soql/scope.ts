import type { OrgSchema } from '../schema';
import type { FieldDef, ObjectDef } from '../schema/types';
import { noSuchColumn, noSuchRelationship } from './errors';

export interface Resolved {
  field: FieldDef;
  /** SQL of the column, e.g. `t1."Name"`. */
  sql: string;
  /** Relationship names on the way, e.g. `['Pricebook2']`. */
  path: string[];
}

/** One FROM clause: its object, and the parents that fields of the query reach through it. */
export class Scope {
  private readonly joins = new Map<string, { alias: string; object: ObjectDef }>();
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

  resolve(text: string): Resolved {
    const parts = text.split('.');
    const first = parts[0]?.toLowerCase();
    const own = first === this.soqlAlias?.toLowerCase() || first === this.object.name.toLowerCase();
    if (parts.length > 1 && own && !this.schema.parent(this.object, parts[0] ?? '')) parts.shift();
    const name = parts.pop() ?? '';
    const place = this.reach(parts, text);
    const field = this.schema.field(place.object, name);
    if (!field) throw noSuchColumn(this.query, text, place.object.name);
    return { field, sql: `${place.alias}."${field.name}"`, path: place.path };
  }

  /** The table alias under which a parent's columns are found. */
  reach(
    relationships: readonly string[],
    text: string,
  ): { alias: string; object: ObjectDef; path: string[] } {
    let place = { alias: this.alias, object: this.object };
    const path: string[] = [];
    for (const relationship of relationships) {
      const link = this.schema.parent(place.object, relationship);
      const target = this.schema.object(link?.referenceTo[0] ?? '');
      if (!link || !target) throw noSuchRelationship(this.query, text, relationship);
      path.push(link.relationshipName ?? relationship);
      const key = path.join('.');
      let next = this.joins.get(key);
      if (!next) {
        next = { alias: this.nextAlias(), object: target };
        this.joins.set(key, next);
        this.joinSql.push(
          `LEFT JOIN "${target.name}" ${next.alias} ON ${next.alias}."Id" = ${place.alias}."${link.name}"`,
        );
      }
      place = next;
    }
    return { ...place, path };
  }

  /** The object's own table, then a join for each parent reached so far. */
  source(): string[] {
    return [`"${this.object.name}" ${this.alias}`, ...this.joinSql];
  }

  from(): string {
    return this.source().join(' ');
  }
}

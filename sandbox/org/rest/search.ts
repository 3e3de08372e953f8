import { z } from 'zod';
import type { OrgCore } from '../core';
import type { Stored } from '../database';
import { isShown } from '../describe';
import { refuse } from '../errors';
import type { FieldDef, FieldType, ObjectDef } from '../schema/types';
import { compileSoql } from '../soql/compile';
import { buildPage } from '../soql/page';
import type { JsonRecord } from '../soql/projection';
import { openResult } from '../soql/result';
import { methodNotAllowed, type RestCall, type RestReply, readOnlyResource, reply } from './call';
import { pageOptions } from './query';
import { malformed, parseSosl, type Returning, type Scope, type Search, wordsOf } from './sosl';
import { parseBody } from './subrequest';

/** So many records at most, from one object and from all together (SOSL reference, "LIMIT"). */
const mostRecords = 2000;

/** GET search?q=…: records by the words in them (REST API guide, "Search"). */
export function search(org: OrgCore, call: RestCall): RestReply {
  readOnlyResource(call);
  const sosl = call.query.get('q');
  if (sosl === null || sosl.trim() === '') throw malformed('No search string found');
  return found(run(org, call, parseSosl(sosl)), call);
}

const objectSchema = z.object({
  name: z.string(),
  fields: z.array(z.string()).default([]),
  where: z.string().optional(),
  limit: z.number().int().optional(),
});
const parametersSchema = z.object({
  q: z.string(),
  fields: z.array(z.string()).default([]),
  sobjects: z.array(objectSchema).default([]),
  in: z.enum(['ALL', 'NAME', 'EMAIL', 'PHONE', 'SIDEBAR']).default('ALL'),
  overallLimit: z.number().int().optional(),
  defaultLimit: z.number().int().optional(),
});
type Parameters = z.input<typeof parametersSchema>;

/** The same without SOSL, by parameters of the address or in a body (REST API guide, "Parameterized Search"). */
export function parameterizedSearch(org: OrgCore, call: RestCall): RestReply {
  if (call.method !== 'GET' && call.method !== 'POST') throw methodNotAllowed(call, ['GET', 'POST']);
  const input = call.method === 'POST' ? call.body : fromAddress(call.query);
  const { q, fields, sobjects, in: scope, overallLimit, defaultLimit } = parseBody(parametersSchema, input);
  const returning = sobjects.map((object): Returning => {
    const limit = object.limit ?? defaultLimit;
    const where = object.where === undefined ? '' : ` WHERE ${object.where}`;
    return {
      object: object.name,
      fields: object.fields.length > 0 ? object.fields : fields,
      rest: limit === undefined ? where : `${where} LIMIT ${limit}`,
    };
  });
  return found(run(org, call, { term: q, scope, returning, limit: overallLimit ?? null }), call);
}

function fromAddress(query: URLSearchParams): Parameters {
  const list = (text: string | null): string[] => text?.split(',').map((part) => part.trim()) ?? [];
  const number = (text: string | null): number | undefined => (text === null ? undefined : Number(text));
  return {
    q: query.get('q') ?? '',
    fields: list(query.get('fields')),
    sobjects: query.getAll('sobject').flatMap((names) =>
      list(names).map((name) => ({
        name,
        fields: list(query.get(`${name}.fields`)),
        where: query.get(`${name}.where`) ?? undefined,
        limit: number(query.get(`${name}.limit`)),
      })),
    ),
    in: parametersSchema.shape.in.catch('ALL').parse(query.get('in')?.toUpperCase()),
    overallLimit: number(query.get('overallLimit')),
    defaultLimit: number(query.get('defaultLimit')),
  };
}

/** Until v36 the answer was the list itself. */
const found = (searchRecords: JsonRecord[], call: RestCall): RestReply =>
  reply(200, Number(call.version) < 37 ? searchRecords : { searchRecords });

function run(org: OrgCore, call: RestCall, { term, scope, returning, limit }: Search): JsonRecord[] {
  const words = wordsOf(term);
  const letters = term.replace(/[^\p{L}\p{N}]/gu, '');
  if (letters.length < 2) {
    throw refuse(400, 'INVALID_SEARCH', `search term must be longer than one character: ${term}`);
  }
  const wanted: Returning[] =
    returning.length > 0
      ? returning
      : org.schema.objects.filter(isShown).map(({ name }) => ({ object: name, fields: [], rest: '' }));
  const records = wanted.flatMap(({ object: name, fields, rest }) => {
    const object = org.schema.object(name);
    if (!object) throw refuse(400, 'INVALID_TYPE', `sObject type '${name}' is not supported.`);
    const ids = matches(org, object, words, scope);
    if (ids.length === 0) return [];
    return select(org, call, object, ids, fields.length > 0 ? fields : ['Id'], rest);
  });
  return records.slice(0, limit ?? mostRecords);
}

function select(
  org: OrgCore,
  call: RestCall,
  object: ObjectDef,
  ids: readonly string[],
  fields: readonly string[],
  rest: string,
): JsonRecord[] {
  const among = `Id IN (${ids.map((id) => `'${id}'`).join(', ')})`;
  const where = /^\s*WHERE\b([\s\S]*?)(?=\b(?:ORDER\s+BY|LIMIT|OFFSET)\b|$)/i.exec(rest);
  const condition = where ? `${among} AND (${where[1] ?? ''})` : among;
  const tail = where ? rest.slice(where[0].length) : rest;
  const soql = `SELECT ${fields.join(', ')} FROM ${object.name} WHERE ${condition} ${tail}`;
  const result = openResult(org.db, compileSoql(soql, org.queryOptions()), mostRecords);
  return buildPage(org.db, result, 0, mostRecords, pageOptions(org, call, mostRecords));
}

const searched: Readonly<Record<Scope, readonly FieldType[]>> = {
  ALL: ['string', 'textarea', 'email', 'phone', 'url', 'picklist'],
  NAME: [],
  EMAIL: ['email'],
  PHONE: ['phone'],
  SIDEBAR: ['string', 'email', 'phone'],
};

const columnsOf = (object: ObjectDef, scope: Scope): FieldDef[] =>
  object.fields.filter((field) =>
    scope === 'NAME' ? field.nameField : searched[scope].includes(field.type) && field.type !== 'picklist',
  );

/** Ids of the records in which an alternative's words are all found, each anywhere. */
function matches(org: OrgCore, object: ObjectDef, alternatives: readonly string[][], scope: Scope): string[] {
  const columns = columnsOf(object, scope);
  if (columns.length === 0 || alternatives.length === 0) return [];
  // Words begin and end at blanks and at these.
  const text = columns.map((field) => `coalesce("${field.name}", '')`).join(" || ' ' || ");
  const apart = ['-', '.', ',', '@', '/', '('].reduce((sql, mark) => `replace(${sql}, '${mark}', ' ')`, text);
  const parameters: Stored[] = [];
  const conditions = alternatives.map((words) => {
    const terms = words.map((word) => {
      const pattern = word
        .toLowerCase()
        .replace(/[-.,@/(]/g, ' ')
        .replace(/[%_\\]/g, '\\$&')
        .replace(/\*/g, '%')
        .replace(/\?/g, '_');
      parameters.push(`% ${pattern} %`);
      return `' ' || fold(${apart}) || ' ' LIKE ? ESCAPE '\\'`;
    });
    return `(${terms.join(' AND ')})`;
  });
  const rows = org.db.all(
    `SELECT "Id" FROM "${object.name}" WHERE "IsDeleted" = 0 AND (${conditions.join(' OR ')}) ORDER BY "Id" LIMIT ${mostRecords}`,
    ...parameters,
  );
  return rows.map((row) => String(row['Id']));
}

import type { OrgCore } from '../core';
import { isShown } from '../describe';
import { notFound } from '../errors';
import type { ObjectDef } from '../schema/types';
import { compileSoql } from '../soql/compile';
import { buildPage } from '../soql/page';
import type { Json } from '../soql/projection';
import { openResult } from '../soql/result';
import { type RestCall, type RestReply, readOnlyResource, reply } from './call';
import { pageOptions } from './query';
import { columnsOf, type View, viewsOf } from './views';

/** Rows of a view at once (REST API guide, "List View Results"). */
const mostRows = 2000;
const usualRows = 25;

/**
 * sobjects/X/listviews: the lists that every object has, how each is defined, and what is in it (REST API guide,
 * "sObject List Views", "List View Describe", "List View Results").
 */
export function listViews(
  org: OrgCore,
  object: ObjectDef,
  path: readonly string[],
  call: RestCall,
): RestReply {
  readOnlyResource(call);
  if (!isShown(object) || path.length > 2) throw notFound();
  const views = viewsOf(object);
  const [key, kind] = path;
  if (key === undefined || (key === 'recent' && kind === undefined)) {
    return reply(200, {
      done: true,
      listviews: views.map((view) => summary(object, view, call.version)),
      nextRecordsUrl: null,
      size: views.length,
      sobjectType: object.name,
    });
  }
  const view = views.find((entry) => entry.id === key);
  if (!view) throw notFound();
  switch (kind) {
    case undefined:
      return reply(200, summary(object, view, call.version));
    case 'describe':
      return reply(200, definition(object, view));
    case 'results':
      return reply(200, results(org, object, view, call));
    default:
      throw notFound();
  }
}

function summary(object: ObjectDef, view: View, version: string): unknown {
  const base = `/services/data/v${version}/sobjects/${object.name}/listviews/${view.id}`;
  return {
    describeUrl: `${base}/describe`,
    developerName: view.developerName,
    id: view.id,
    label: view.label,
    resultsUrl: `${base}/results`,
    soqlCompatible: true,
    url: base,
  };
}

const order = (object: ObjectDef): unknown[] => [
  {
    fieldNameOrPath: object.fields.find((field) => field.nameField)?.name ?? 'Id',
    nullsPosition: 'first',
    sortDirection: 'ascending',
  },
  { fieldNameOrPath: 'Id', nullsPosition: 'first', sortDirection: 'ascending' },
];

const definition = (object: ObjectDef, view: View): unknown => ({
  columns: columns(object),
  id: view.id,
  orderBy: order(object),
  query: view.soql,
  scope: null,
  sobjectType: object.name,
  whereCondition: null,
});

function columns(object: ObjectDef): unknown[] {
  const hidden = (name: string, label: string, type: string) => ({
    ascendingLabel: null,
    descendingLabel: null,
    fieldNameOrPath: name,
    hidden: true,
    label,
    searchable: false,
    selectListItem: name,
    sortDirection: null,
    sortIndex: null,
    sortable: false,
    type,
  });
  return [
    ...columnsOf(object).map((field) => ({
      ascendingLabel: 'Z-A',
      descendingLabel: 'A-Z',
      fieldNameOrPath: field.name,
      hidden: false,
      label: field.label,
      searchable: field.type === 'string',
      selectListItem: field.name,
      sortDirection: field.nameField ? 'ascending' : null,
      sortIndex: field.nameField ? 0 : null,
      sortable: true,
      type: field.type,
    })),
    hidden('Id', `${object.label} ID`, 'id'),
    hidden('SystemModstamp', 'System Modstamp', 'datetime'),
  ];
}

function results(org: OrgCore, object: ObjectDef, view: View, call: RestCall): unknown {
  const wish = Number(call.query.get('limit') ?? usualRows);
  const limit = Math.min(mostRows, Math.max(1, Number.isNaN(wish) ? usualRows : wish));
  const offset = Math.max(0, Number(call.query.get('offset') ?? 0) || 0);
  const result = openResult(org.db, compileSoql(view.soql, org.queryOptions()), mostRows);
  const records = buildPage(org.db, result, offset, offset + limit, pageOptions(org, call, mostRows));
  result.close();
  return {
    columns: columns(object),
    developerName: view.developerName,
    done: offset + records.length >= result.totalSize,
    id: view.id,
    label: view.label,
    records: records.map((record) => ({
      columns: Object.entries(record)
        .filter(([name]) => name !== 'attributes')
        .map(([fieldNameOrPath, value]) => ({ fieldNameOrPath, value: shown(value) })),
    })),
    size: records.length,
  };
}

/** Every value of a list is text. */
const shown = (value: Json): string | null => (value === null ? null : String(value));

import type { OrgCore } from '../core';
import { compileSoql } from '../soql/compile';
import type { CompiledQuery } from '../soql/compiled';
import { parseSoql } from '../soql/parse';
import { viewSoql } from './views';

/**
 * GET query?explain=…: how a query would be run (REST API guide, "Get Feedback on Query Performance"). Costs are
 * estimates there; here they tell whether an index would be used, and how many records there are.
 */
export function explain(org: OrgCore, soqlOrView: string): unknown {
  const soql = viewSoql(org, soqlOrView) ?? soqlOrView;
  const compiled = compileSoql(soql, org.queryOptions());
  const name = parseSoql(soql).sObject ?? '';
  const sobjectType = org.schema.object(name)?.name ?? name;
  const total = Number(
    org.db.get(`SELECT count(*) AS rows FROM "${sobjectType}" WHERE "IsDeleted" = 0`)?.['rows'] ?? 0,
  );
  const filtered = whereOf(compiled);
  const indexed = /"(?:Id|StockKeepingUnit|SystemModstamp|\w+Id)" (?:=|IN)/.test(filtered);
  const cardinality = filtered === '' ? total : Math.max(1, Math.round(total * (indexed ? 0.01 : 0.1)));
  return {
    plans: [
      {
        cardinality,
        fields: indexed ? ['Id'] : [],
        leadingOperationType: indexed ? 'Index' : 'TableScan',
        notes: indexed
          ? []
          : [
              {
                description: 'Not considering filter for optimization because unindexed',
                fields: ['IsDeleted'],
                tableEnumOrId: sobjectType,
              },
            ],
        relativeCost: indexed ? 0.1 : 0.2 + total / 1_000_000,
        sobjectCardinality: total,
        sobjectType,
      },
    ],
    sourceQuery: soql,
  };
}

const whereOf = (compiled: CompiledQuery): string =>
  compiled.kind === 'records' ? compiled.where.replace(/\w+\."IsDeleted" = 0/, '') : '';

import type { Row } from '../database';
import type { OrgError } from '../errors';
import type { ObjectDef } from '../schema/types';
import { attributesOf } from '../soql/projection';
import { writeValue } from '../values';
import type { RuleContext } from './context';

/** A duplicate rule of the customer's admin, with the one matching rule it stands on. */
export interface DuplicateRule {
  object: string;
  /** Developer name, e.g. `Standard_Account_Duplicate_Rule`. */
  name: string;
  /** Developer name of the matching rule, e.g. `Standard_Account_Match_Rule_v1_0`. */
  matchingRule: string;
  /** `alert` lets a caller save nevertheless, `block` lets nobody. */
  action: 'alert' | 'block';
  /** The alert's text, when the admin has written one of his own. */
  message?: string;
  operations?: readonly ('insert' | 'update')[];
  /** Ids of the records that this one doubles; its own is left out. */
  matches(record: Row, context: RuleContext): readonly string[];
}

/**
 * `Sforce-Duplicate-Rule-Header: allowSave=true; includeRecordDetails=true`
 * (https://developer.salesforce.com/docs/platform/api-rest/guide/headers-duplicaterules.html); all false by default.
 */
export function readDuplicateHeader(header: string | undefined): {
  allowSave: boolean;
  includeRecordDetails: boolean;
} {
  const options = new Map(
    (header ?? '').split(/[;,]/).map((part) => {
      const [name = '', value = ''] = part.split('=');
      return [name.trim().toLowerCase(), value.trim().toLowerCase()];
    }),
  );
  return {
    allowSave: options.get('allowsave') === 'true',
    includeRecordDetails: options.get('includerecorddetails') === 'true',
  };
}

/** The first rule that finds the record again. The body is that of recorded answers, misspelt key and all. */
export function duplicateErrors(
  object: ObjectDef,
  record: Row,
  operation: 'insert' | 'update',
  context: RuleContext,
): OrgError[] {
  for (const rule of context.duplicateRules) {
    if (rule.object !== object.name || rule.operations?.includes(operation) === false) continue;
    if (rule.action === 'alert' && context.allowDuplicates) continue;
    const found = rule.matches(record, context).filter((id) => id !== record['Id']);
    if (found.length > 0) return [detected(object, rule, found, context)];
  }
  return [];
}

function detected(
  object: ObjectDef,
  rule: DuplicateRule,
  found: readonly string[],
  context: RuleContext,
): OrgError {
  const message = rule.message ?? 'Use one of these records?';
  return {
    duplicateResut: {
      allowSave: rule.action === 'alert',
      duplicateRule: rule.name,
      duplicateRuleEntityType: object.name,
      errorMessage: message,
      matchResults: [
        {
          entityType: object.name,
          errors: [],
          matchEngine: 'ExactMatchEngine',
          matchRecords: found.map((id) => ({
            additionalInformation: [],
            fieldDiffs: [],
            matchConfidence: 100,
            record: {
              attributes: attributesOf(object.name, id, context.version),
              ...shown(object, id, context),
            },
          })),
          rule: rule.matchingRule,
          size: found.length,
          success: true,
        },
      ],
    },
    errorCode: 'DUPLICATES_DETECTED',
    message,
  };
}

function shown(object: ObjectDef, id: string, context: RuleContext): Record<string, unknown> {
  const row = context.duplicateDetails ? context.records.get(object, id) : undefined;
  if (!row) return { Id: id };
  return Object.fromEntries(
    object.fields.map((field) => [field.name, writeValue(field, row[field.name] ?? null)]),
  );
}

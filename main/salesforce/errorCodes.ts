import type { ProblemCode } from '../../contract/problem';

/**
 * The org's error codes and what they mean for an export (research/salesforce.md 1.5; Salesforce, SOAP API
 * Developer Guide, "Core Data Types: StatusCode"). Codes that are not here are `order.refused` in the
 * answer to a write, `org.badAnswer` elsewhere.
 */
export const errorCodes: Readonly<Record<string, ProblemCode>> = {
  INVALID_SESSION_ID: 'org.sessionRefused',
  INVALID_AUTH_HEADER: 'org.sessionRefused',

  UNABLE_TO_LOCK_ROW: 'org.recordLocked',
  SERVER_UNAVAILABLE: 'org.unavailable',
  QUERY_TIMEOUT: 'org.timeout',
  REQUEST_RUNNING_TOO_LONG: 'org.timeout',

  API_DISABLED_FOR_ORG: 'org.apiDisabled',
  API_CURRENTLY_DISABLED: 'org.apiDisabled',
  STORAGE_LIMIT_EXCEEDED: 'org.storageFull',
  INSUFFICIENT_ACCESS: 'org.noAccess',
  INSUFFICIENT_ACCESS_OR_READONLY: 'org.noAccess',
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 'org.noAccess',
  TXN_SECURITY_METERING_ERROR: 'org.noAccess',
  FUNCTIONALITY_NOT_ENABLED: 'org.noAccess',
  UNSUPPORTED_API_VERSION: 'org.apiVersion',
  INVALID_TYPE: 'org.objectMissing',
  NOT_FOUND: 'org.objectMissing',
  INVALID_FIELD: 'org.fieldMissing',
  INVALID_FIELD_FOR_INSERT_UPDATE: 'org.fieldNotWritable',

  REQUIRED_FIELD_MISSING: 'order.requiredField',
  FIELD_CUSTOM_VALIDATION_EXCEPTION: 'order.refusedByRule',
  FIELD_FILTER_VALIDATION_EXCEPTION: 'order.refusedByRule',
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: 'order.refusedByRule',
  CANNOT_EXECUTE_FLOW_TRIGGER: 'order.refusedByRule',
  DUPLICATES_DETECTED: 'order.duplicateRule',
  STRING_TOO_LONG: 'order.textTooLong',
  NUMBER_OUTSIDE_VALID_RANGE: 'order.priceInvalid',
  LIMIT_EXCEEDED: 'order.tooManyLines',
  // Mostly an automation of the org that broke on this very record: waiting would not help.
  UNKNOWN_EXCEPTION: 'order.refused',
  DUPLICATE_VALUE: 'order.refused',
  FIELD_INTEGRITY_EXCEPTION: 'order.refused',
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: 'order.refused',
  MALFORMED_ID: 'order.refused',
  INVALID_CROSS_REFERENCE_KEY: 'order.refused',
  ENTITY_IS_DELETED: 'order.refused',
  STANDARD_PRICE_NOT_DEFINED: 'order.refused',
  INVALID_EMAIL_ADDRESS: 'order.refused',
};

/** Codes that name no cause: the real error stands beside them. */
export const echoCodes: ReadonlySet<string> = new Set([
  'PROCESSING_HALTED',
  'ALL_OR_NONE_OPERATION_ROLLED_BACK',
]);

/** Statuses that pass by themselves, whatever the body says (airbyte's and jsforce's lists agree). */
export const passingStatuses: ReadonlySet<number> = new Set([406, 408, 420, 425, 429, 500, 502, 503, 504]);

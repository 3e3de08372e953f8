export { createSalesforceOrg, type SalesforceOptions, type SalesforceOrg } from './org';
export type { OrgCredentials } from './session/signIn';

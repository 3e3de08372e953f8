export { createBrowserSignIn } from './browser/browserSignIn';
export { createSalesforceOrg, type SalesforceOptions, type SalesforceOrg } from './org';
export { readPrivateKey } from './session/assertion';
export type { OrgCredentials, RefreshToken } from './session/credentials';

import type { OrgCore } from '../core';

/** GET /services/data/vNN.N: what can be reached below it, also what this org does not answer. */
export function resources(org: OrgCore, version: string): Record<string, string> {
  const names = [
    'composite',
    'jobs',
    'limits',
    'metadata',
    'query',
    'queryAll',
    'recent',
    'sobjects',
    'tabs',
    'theme',
  ];
  return {
    ...Object.fromEntries(names.map((name) => [name, `/services/data/v${version}/${name}`])),
    identity: org.identityUrl(),
  };
}

/** What composite offers. */
export const compositeResources = (version: string): Record<string, string> => ({
  tree: `/services/data/v${version}/composite/tree`,
  batch: `/services/data/v${version}/composite/batch`,
  sobjects: `/services/data/v${version}/composite/sobjects`,
  graph: `/services/data/v${version}/composite/graph`,
});

/** GET limits: those that are counted here, and the others of an Enterprise org, unused (REST guide, "Limits"). */
export function limits(org: OrgCore): Record<string, { Max: number; Remaining: number }> {
  const { dailyApiLimit, bulk } = org.options.switches;
  const used = (max: number, count: number) => ({ Max: max, Remaining: Math.max(0, max - count) });
  const unused = Object.fromEntries(
    Object.entries(unusedLimits).map(([name, max]) => [name, { Max: max, Remaining: max }]),
  );
  const all = {
    ...unused,
    DailyApiRequests: used(dailyApiLimit, org.apiCalls),
    DailyBulkV2QueryJobs: used(bulk.dailyJobs, org.bulk.usedToday('query')),
  };
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const unusedLimits: Readonly<Record<string, number>> = {
  ActiveScratchOrgs: 40,
  AnalyticsExternalDataSizeMB: 40_960,
  ConcurrentAsyncGetReportInstances: 200,
  ConcurrentEinsteinDataInsightsStoryCreation: 5,
  ConcurrentSyncReportRuns: 20,
  DailyAnalyticsDataflowJobExecutions: 60,
  DailyAsyncApexExecutions: 250_000,
  DailyAsyncApexTests: 500,
  DailyBulkApiBatches: 15_000,
  DailyBulkV2QueryFileStorageMB: 976_562,
  DailyDeliveredPlatformEvents: 25_000,
  DailyDurableGenericStreamingApiEvents: 200_000,
  DailyDurableStreamingApiEvents: 200_000,
  DailyGenericStreamingApiEvents: 10_000,
  DailyScratchOrgs: 80,
  DailyStandardVolumePlatformEvents: 25_000,
  DailyStreamingApiEvents: 200_000,
  DailyWorkflowEmails: 100_000,
  DataStorageMB: 1073,
  DurableStreamingApiConcurrentClients: 1000,
  FileStorageMB: 1073,
  HourlyAsyncReportRuns: 1200,
  HourlyDashboardRefreshes: 200,
  HourlyDashboardResults: 5000,
  HourlyDashboardStatuses: 999_999_999,
  HourlyLongTermIdMapping: 100_000,
  HourlyODataCallout: 20_000,
  HourlyPublishedPlatformEvents: 50_000,
  HourlyPublishedStandardVolumePlatformEvents: 1000,
  HourlyShortTermIdMapping: 100_000,
  HourlySyncReportRuns: 500,
  HourlyTimeBasedWorkflow: 1000,
  MassEmail: 5000,
  MonthlyEinsteinDiscoveryStoryCreation: 500,
  MonthlyPlatformEvents: 750_000,
  Package2VersionCreates: 6,
  PermissionSets: 1500,
  PrivateConnectOutboundCalloutHourlyLimitMB: 0,
  SingleEmail: 5000,
  StreamingApiConcurrentClients: 2000,
};

/** GET tabs: the tabs of the user's apps, one for each object that people work with. */
export function tabs(org: OrgCore, version: string): unknown[] {
  return org.schema.objects
    .filter((object) => object.createable)
    .map((object) => ({
      colors: [],
      custom: object.custom,
      iconUrl: `${org.instanceUrl()}/img/icon/accounts32.png`,
      icons: [],
      label: object.labelPlural,
      miniIconUrl: `${org.instanceUrl()}/img/icon/accounts16.png`,
      name: `standard-${object.name}`,
      sobjectName: object.name,
      timeZone: null,
      url: `${org.instanceUrl()}/${object.keyPrefix}/o`,
      version,
    }));
}

/** GET theme: icons and colours of the tabs; the sandbox draws none. */
export const theme = (org: OrgCore): unknown => ({
  themeItems: org.schema.objects
    .filter((object) => object.createable)
    .map((object) => ({ colors: [], icons: [], name: object.name })),
});

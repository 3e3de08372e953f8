import type { OrgCore } from '../core';

interface Limit {
  Max: number;
  Remaining: number;
  [part: string]: number | Limit;
}

/**
 * GET limits: those that are counted here, and the others of an Enterprise org, unused (REST API guide, "Limits";
 * the names are those that a v62 sandbox of that edition has been seen to answer with).
 */
export function limits(org: OrgCore): Record<string, Limit> {
  const { dailyApiLimit, bulk } = org.options.switches;
  const left = (max: number, used: number): Limit => ({ Max: max, Remaining: Math.max(0, max - used) });
  const all: Record<string, Limit> = {
    ...Object.fromEntries(Object.entries(unused).map(([name, max]) => [name, left(max, 0)])),
    DailyApiRequests: left(dailyApiLimit, org.apiCalls),
    DailyBulkV2QueryJobs: left(bulk.dailyJobs, org.bulk.usedToday('query')),
    PermissionSets: { ...left(1500, 0), CreateCustom: left(1000, 0) },
  };
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const unused: Readonly<Record<string, number>> = {
  AnalyticsExternalDataSizeMB: 40_960,
  CdpAiInferenceApiMonthlyLimit: 500_000_000,
  ConcurrentAsyncGetReportInstances: 200,
  ConcurrentEinsteinDataInsightsStoryCreation: 5,
  ConcurrentEinsteinDiscoveryStoryCreation: 2,
  ConcurrentSyncReportRuns: 20,
  ContentDistBandwidthLimitMB: 153_600,
  ContentDistViewLimit: 150_000,
  ContentPublicationLimit: 36_000,
  DailyAnalyticsDataflowJobExecutions: 60,
  DailyAnalyticsUploadedFilesSizeMB: 51_200,
  DailyApexCursorLimit: 10_000,
  DailyApexCursorRowsLimit: 100_000_000,
  DailyApexPCursorLimit: 200_000,
  DailyAsyncApexExecutions: 250_000,
  DailyAsyncApexTests: 500,
  DailyBulkApiBatches: 15_000,
  DailyBulkV2QueryFileStorageMB: 976_562,
  DailyDataCloudCursorLimit: 10_000,
  DailyDataCloudCursorRowsLimit: 100_000_000,
  DailyDataCloudFlexCredits: 0,
  DailyDeliveredPlatformEvents: 25_000,
  DailyDurableGenericStreamingApiEvents: 200_000,
  DailyDurableStreamingApiEvents: 200_000,
  DailyEinsteinDataInsightsStoryCreation: 1000,
  DailyEinsteinDiscoveryOptimizationJobRuns: 25,
  DailyEinsteinDiscoveryPredictAPICalls: 50_000,
  DailyEinsteinDiscoveryPredictionsByCDC: 500_000,
  DailyEinsteinDiscoveryStoryCreation: 100,
  DailyFunctionsApiCallLimit: 235_000,
  DailyGenericStreamingApiEvents: 10_000,
  DailyMetadataRetrievesWithDependencies: 5000,
  DailyServiceEmailAgentforceCalls: 0,
  DailyStandardVolumePlatformEvents: 25_000,
  DailyStreamingApiEvents: 200_000,
  DailyWorkflowEmails: 100_000,
  DataStorageMB: 1073,
  DurableStreamingApiConcurrentClients: 1000,
  ExternalServicesActiveObjects: 7000,
  ExternalServicesActiveOperations: 3500,
  ExternalServicesObjectProperties: 50_000,
  ExternalServicesObjects: 14_000,
  ExternalServicesOperations: 7000,
  ExternalServicesRegistrations: 150,
  FileStorageMB: 1073,
  HourlyAsyncReportRuns: 1200,
  HourlyDashboardRefreshes: 200,
  HourlyDashboardResults: 5000,
  HourlyDashboardStatuses: 999_999_999,
  HourlyElevateAsyncReportRuns: 2400,
  HourlyElevateSyncReportRuns: 1000,
  HourlyLongTermIdMapping: 100_000,
  HourlyManagedContentPublicRequests: 50_000,
  HourlyODataCallout: 20_000,
  HourlyPublishedPlatformEvents: 50_000,
  HourlyPublishedStandardVolumePlatformEvents: 1000,
  HourlyShortTermIdMapping: 100_000,
  HourlySyncReportRuns: 500,
  HourlyTimeBasedWorkflow: 1000,
  MassEmail: 5000,
  MaxContentDocumentsLimit: 30_000_000,
  MonthlyEinsteinDiscoveryStoryCreation: 500,
  Package2VersionCreates: 6,
  Package2VersionCreatesWithoutValidation: 500,
  PermissionSets: 1500,
  PlatformEventTriggersWithParallelProcessing: 5,
  PrivateConnectOutboundCalloutHourlyLimitMB: 0,
  PublishCallbackUsageInApex: 5_242_880,
  ScheduledFlowRunLimit: 250_000,
  ScheduledPathRunLimit: 250_000,
  SingleEmail: 5000,
  StreamingApiConcurrentClients: 2000,
};

import type { OrgDatabase, Row } from './database';
import type { Records } from './records';
import { stages } from './schema/sales';
import type { ObjectDef } from './schema/types';
import type { OrgOptions } from './settings';

/** What founding needs of an org. */
export interface NewOrg {
  readonly db: OrgDatabase;
  readonly records: Records;
  readonly options: OrgOptions;
  readonly organizationId: string;
  table(name: string): ObjectDef;
}

const profiles = ['System Administrator', 'Standard User', 'Minimum Access - API Only Integrations'];

/** The records that every org is born with; an org that has them is left alone. */
export function foundOrganization(org: NewOrg): void {
  const { options, organizationId, records } = org;
  if (records.get({ name: 'Organization' }, organizationId)) return;
  const insert = (object: string, row: Row): string => records.insert(org.table(object), row);
  org.db.atomic(() => {
    insert('Organization', {
      Id: organizationId,
      Name: options.name,
      Country: 'AR',
      InstanceName: 'SBX1',
      IsSandbox: 1,
      LanguageLocaleKey: 'es',
      DefaultLocaleSidKey: 'es_AR',
      TimeZoneSidKey: options.timeZone,
      OrganizationType: 'Enterprise Edition',
    });
    insert('Pricebook2', { Name: 'Standard Price Book', IsActive: 1, IsStandard: 1 });
    for (const Name of profiles) insert('Profile', { Name, UserType: 'Standard' });
    options.orderStatuses.forEach((status, index) => {
      insert('OrderStatus', {
        ApiName: status.apiName,
        MasterLabel: status.label,
        SortOrder: index + 1,
        IsDefault: status.isDefault ? 1 : 0,
        StatusCode: status.statusCode,
      });
    });
    stages.forEach((stage, index) => {
      insert('OpportunityStage', {
        MasterLabel: stage.name,
        ApiName: stage.name,
        IsActive: 1,
        SortOrder: index + 1,
        IsClosed: stage.closed ? 1 : 0,
        IsWon: stage.won ? 1 : 0,
        DefaultProbability: stage.probability,
        ForecastCategory: stage.forecast,
        ForecastCategoryName: stage.forecast,
      });
    });
  });
}

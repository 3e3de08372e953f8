import { fullAccess, restrict, type UserAccess } from './access';
import { event, task } from './activities';
import { isConcealed } from './arrange';
import { location, pricebook2, pricebookEntry, product2, productItem } from './catalogue';
import { campaign, campaignMember, lead } from './marketing';
import { type OrderStatusDef, order, orderItem, orderStatus } from './orders';
import { account, contact } from './parties';
import { opportunity, opportunityLineItem, opportunityStage } from './sales';
import { asset, contract, supportCase } from './service';
import {
  group,
  groupMember,
  organization,
  permissionSet,
  permissionSetAssignment,
  profile,
  recordType,
  user,
  userRole,
} from './system';
import type { FieldDef, ObjectDef } from './types';

/** What an admin has forgotten or closed: `Object.Field` names, e.g. `Order.Puente_ExportKey__c`. */
export interface FieldSwitches {
  /** Never deployed: nobody sees them. */
  missing: readonly string[];
  /** Deployed, but without the Unique tick. */
  notUnique: readonly string[];
  /** Deployed, but the integration user has no access, which looks the same from outside as missing. */
  hidden: readonly string[];
}

export const everythingDeployed: FieldSwitches = { missing: [], notUnique: [], hidden: [] };

/** All Puente fields, for an org where the admin has deployed nothing yet. */
export const puenteFields = (statuses: readonly OrderStatusDef[]): string[] =>
  allObjects(statuses).flatMap((object) =>
    object.fields.filter((f) => f.name.startsWith('Puente_')).map((f) => `${object.name}.${f.name}`),
  );

export interface OrgSchema {
  objects: readonly ObjectDef[];
  object(name: string): ObjectDef | undefined;
  field(object: ObjectDef, name: string): FieldDef | undefined;
  /** The field by whose relationship name the parent is reached. */
  parent(object: ObjectDef, relationshipName: string): FieldDef | undefined;
  child(object: ObjectDef, relationshipName: string): { object: ObjectDef; field: FieldDef } | undefined;
}

export function allObjects(statuses: readonly OrderStatusDef[]): ObjectDef[] {
  return [
    account,
    asset,
    campaign,
    campaignMember,
    supportCase,
    contact,
    contract,
    event,
    group,
    groupMember,
    lead,
    location,
    opportunity,
    opportunityLineItem,
    opportunityStage,
    order(statuses),
    orderItem,
    orderStatus,
    organization,
    permissionSet,
    permissionSetAssignment,
    pricebook2,
    pricebookEntry,
    product2,
    productItem,
    profile,
    recordType,
    task,
    user,
    userRole,
  ];
}

/** The org's objects as a user sees them. Names are found in any case, as in Salesforce. */
export function buildSchema(
  known: readonly ObjectDef[],
  switches: FieldSwitches,
  access: UserAccess = fullAccess,
): OrgSchema {
  const gone = new Set([...switches.missing, ...switches.hidden]);
  const plain = new Set(switches.notUnique);
  const deployed = known.map((object) => ({
    ...object,
    fields: object.fields
      .filter((f) => !gone.has(`${object.name}.${f.name}`) && !isConcealed(object.name, f))
      .map((f) => (plain.has(`${object.name}.${f.name}`) ? { ...f, unique: false } : f)),
  }));
  const objects = restrict(deployed, access);
  const byName = new Map(objects.map((object) => [object.name.toLowerCase(), object]));
  const fields = new Map(
    objects.map((object) => [object.name, new Map(object.fields.map((f) => [f.name.toLowerCase(), f]))]),
  );
  const parents = new Map(
    objects.map((object) => [
      object.name,
      new Map(
        object.fields.flatMap((f) => (f.relationshipName ? [[f.relationshipName.toLowerCase(), f]] : [])),
      ),
    ]),
  );
  const children = new Map<string, { object: ObjectDef; field: FieldDef }>();
  for (const object of objects) {
    for (const field of object.fields) {
      if (field.childRelationshipName === null) continue;
      for (const target of field.referenceTo) {
        children.set(`${target}.${field.childRelationshipName}`.toLowerCase(), { object, field });
      }
    }
  }
  return {
    objects,
    object: (name) => byName.get(name.toLowerCase()),
    field: (object, name) => fields.get(object.name)?.get(name.toLowerCase()),
    parent: (object, name) => parents.get(object.name)?.get(name.toLowerCase()),
    child: (object, name) => children.get(`${object.name}.${name}`.toLowerCase()),
  };
}

import type { OrgCore } from '../core';
import { isShown } from '../describe';
import { insertRecord } from '../dml/dml';
import { notFound } from '../errors';
import type { ObjectDef } from '../schema/types';
import { methodNotAllowed, type RestCall, type RestReply, readOnlyResource, recordBody, reply } from './call';

/** What the global actions of an org create, by the action's name. */
const globalActions: Readonly<Record<string, { object: string; label: string; type?: string }>> = {
  LogACall: { object: 'Task', label: 'Log a Call', type: 'LogACall' },
  NewAccount: { object: 'Account', label: 'New Account' },
  NewCase: { object: 'Case', label: 'New Case' },
  NewContact: { object: 'Contact', label: 'New Contact' },
  NewEvent: { object: 'Event', label: 'New Event' },
  NewLead: { object: 'Lead', label: 'New Lead' },
  NewOpportunity: { object: 'Opportunity', label: 'New Opportunity' },
  NewTask: { object: 'Task', label: 'New Task' },
};

/**
 * quickActions and sobjects/X/quickActions: buttons that create a record, described and pressed (REST API guide,
 * "Quick Actions" and "sObject Quick Actions"). Every object has those of the whole org, and no others.
 */
export function quickActions(
  org: OrgCore,
  object: ObjectDef | null,
  path: readonly string[],
  call: RestCall,
): RestReply {
  const base = `/services/data/v${call.version}${object ? `/sobjects/${object.name}` : ''}/quickActions`;
  const actions = Object.keys(globalActions).filter((name) => targetOf(org, name));
  const [name, kind, record] = path;
  if (name === undefined) {
    readOnlyResource(call);
    return reply(
      200,
      actions.map((action) => summary(action, base)),
    );
  }
  const action = globalActions[name];
  const target = targetOf(org, name);
  if (!action || !target || (object && !isShown(object))) throw notFound();
  if (kind === undefined) return press(org, target, name, base, call);
  readOnlyResource(call);
  if (kind === 'describe' && record === undefined) return reply(200, definition(name, target, object, base));
  if (kind === 'defaultValues') return reply(200, defaultValues(org, target, record ?? null));
  throw notFound();
}

/** What the form begins with: nothing, but the record it was opened from. */
function defaultValues(org: OrgCore, target: ObjectDef, contextId: string | null): unknown {
  const values = Object.fromEntries(
    target.fields
      .filter((field) => field.createable)
      .map((field) => [
        field.name,
        field.type === 'boolean' ? field.defaultValue === 'true' : (field.defaultValue ?? null),
      ]),
  );
  const link = contextId === null ? undefined : linkTo(org, target, contextId);
  return { attributes: { type: target.name }, ...values, ...(link && { [link]: contextId }) };
}

/** The field by which a new record hangs on the one the action was started from. */
function linkTo(org: OrgCore, target: ObjectDef, contextId: string): string | undefined {
  const source = org.schema.objects.find((object) => contextId.startsWith(object.keyPrefix));
  return target.fields.find(
    (field) =>
      source && field.createable && field.name !== 'OwnerId' && field.referenceTo.includes(source.name),
  )?.name;
}

function targetOf(org: OrgCore, name: string): ObjectDef | undefined {
  const action = globalActions[name];
  const object = action && org.schema.object(action.object);
  return object?.createable ? object : undefined;
}

function summary(name: string, base: string): unknown {
  return {
    label: globalActions[name]?.label ?? name,
    name,
    type: globalActions[name]?.type ?? 'Create',
    urls: urls(name, base),
  };
}

const urls = (name: string, base: string): Record<string, string> => ({
  defaultValues: `${base}/${name}/defaultValues`,
  quickAction: `${base}/${name}`,
  describe: `${base}/${name}/describe`,
  defaultValuesTemplate: `${base}/${name}/defaultValues/{ID}`,
});

function press(org: OrgCore, target: ObjectDef, name: string, base: string, call: RestCall): RestReply {
  if (call.method === 'GET') return reply(200, summary(name, base));
  if (call.method !== 'POST') throw methodNotAllowed(call, ['GET', 'POST']);
  const { record = {}, contextId = null } = recordBody(call.body);
  const link = typeof contextId === 'string' ? linkTo(org, target, contextId) : undefined;
  const fields = { ...(link && { [link]: contextId }), ...recordBody(record) };
  const id = insertRecord(org.rules(call), target, fields);
  return reply(201, {
    contextId,
    created: true,
    errors: [],
    feedItemIds: [],
    id,
    ids: [id],
    success: true,
    successMessage: null,
  });
}

function definition(name: string, target: ObjectDef, source: ObjectDef | null, base: string): unknown {
  return {
    accessLevelRequired: null,
    canvasApplicationId: null,
    canvasApplicationName: null,
    colors: [],
    contextSobjectType: source?.name ?? null,
    defaultValues: null,
    flowDevName: null,
    flowRecordIdVar: null,
    height: null,
    iconName: null,
    iconUrl: null,
    icons: [],
    label: globalActions[name]?.label ?? name,
    layout: {
      layoutRows: target.fields
        .filter((field) => field.createable && !field.nillable && field.type !== 'boolean')
        .map((field) => ({
          layoutItems: [{ label: field.label, value: field.name }],
          numItems: 1,
        })),
      name,
    },
    lightningComponentBundleId: null,
    lightningComponentBundleName: null,
    lightningComponentQualifiedName: null,
    miniIconUrl: null,
    mobileExtensionDisplayMode: null,
    mobileExtensionId: null,
    name,
    showQuickActionLcHeader: false,
    showQuickActionVfHeader: true,
    targetParentField: null,
    targetRecordTypeId: null,
    targetSobjectType: target.name,
    type: globalActions[name]?.type ?? 'Create',
    urls: urls(name, base),
    visualforcePageName: null,
    visualforcePageUrl: null,
    width: null,
  };
}

import type { OrgCore } from '../core';
import { isShown, masterRecordTypeId } from '../describe';
import { describeField } from '../describeField';
import { notFound, refuse } from '../errors';
import { makeId, sequenceOf } from '../ids';
import type { FieldDef, ObjectDef } from '../schema/types';
import type { RestCall } from './call';

/**
 * What lies below sobjects/X/describe: how an object's pages are laid out (REST API guide, "sObject Layouts",
 * "sObject Compact Layouts", "sObject Approval Layouts", "sObject Named Layouts"). The sandbox has no pages; it
 * tells of one that shows every field.
 */
export function layouts(object: ObjectDef, path: readonly string[], version: string): unknown {
  const [kind, key] = path;
  if (!isShown(object) || path.length > 2) throw notFound();
  switch (kind) {
    case 'layouts':
      if (key === undefined) return pageLayouts(object, version);
      if (key !== masterRecordTypeId) throw notFound();
      return layout(object);
    case 'namedLayouts':
      if (object.name !== 'User' || key !== 'UserAlt') throw notFound();
      return pageLayouts(object, version);
    case 'compactLayouts':
      return key === undefined ? compactLayouts(object, version) : compactLayout(object);
    case 'approvalLayouts':
      return { approvalLayouts: [] };
    default:
      throw notFound();
  }
}

/** GET compactLayouts?q=…: the short pages of several objects (REST API guide, "Compact Layouts"). */
export function compactLayoutsOf(org: OrgCore, call: RestCall): unknown {
  const names = (call.query.get('q') ?? '').split(',').filter((name) => name !== '');
  return Object.fromEntries(
    names.map((name) => {
      const object = org.schema.object(name.trim());
      if (!object || !isShown(object)) {
        throw refuse(400, 'INVALID_TYPE', `sObject type '${name.trim()}' is not supported.`);
      }
      return [object.name, compactLayout(object)];
    }),
  );
}

function pageLayouts(object: ObjectDef, version: string): unknown {
  return {
    layouts: [layout(object)],
    recordTypeMappings: [
      {
        active: true,
        available: true,
        defaultRecordTypeMapping: true,
        developerName: 'Master',
        layoutId: layoutId(object),
        master: true,
        name: 'Master',
        picklistsForRecordType: object.fields
          .filter((field) => field.picklist.length > 0)
          .map((field) => ({
            picklistName: field.name,
            picklistValues: field.picklist.map((entry) => ({
              active: entry.active ?? true,
              defaultValue: entry.isDefault,
              label: entry.label,
              validFor: null,
              value: entry.value,
            })),
          })),
        recordTypeId: masterRecordTypeId,
        urls: {
          layout: `/services/data/v${version}/sobjects/${object.name}/describe/layouts/${masterRecordTypeId}`,
        },
      },
    ],
    recordTypeSelectorRequired: [false],
  };
}

/** The same id for an object's page every time. */
const layoutId = (object: ObjectDef): string => makeId('00h', sequenceOf(`000000000000${object.keyPrefix}`));

function layout(object: ObjectDef): unknown {
  const shown = object.fields.filter((field) => field.type !== 'id');
  const written = shown.filter((field) => field.createable || field.updateable);
  return {
    buttonLayoutSection: { detailButtons: [] },
    detailLayoutSections: [section(object, shown)],
    editLayoutSections: [section(object, written)],
    feedView: null,
    highlightsPanelLayoutSection: null,
    id: layoutId(object),
    multirowEditLayoutSections: [],
    offlineLinks: [],
    quickActionList: { quickActionListItems: [] },
    relatedContent: null,
    relatedLists: [],
    saveOptions: [],
  };
}

function section(object: ObjectDef, fields: readonly FieldDef[]): unknown {
  return {
    collapsed: false,
    columns: 1,
    heading: `${object.label} Information`,
    layoutRows: fields.map((field) => ({ layoutItems: [item(object, field)], numItems: 1 })),
    layoutSectionId: null,
    parentLayoutId: layoutId(object),
    rows: fields.length,
    tabOrder: 'LeftToRight',
    useCollapsibleSection: false,
    useHeading: true,
  };
}

const item = (object: ObjectDef, field: FieldDef): unknown => ({
  editableForNew: field.createable,
  editableForUpdate: field.updateable,
  label: field.label,
  layoutComponents: [
    {
      details: describeField(object, field),
      displayLines: 1,
      tabOrder: 1,
      type: 'Field',
      value: field.name,
    },
  ],
  placeholder: false,
  required: !field.nillable,
});

function compactLayouts(object: ObjectDef, version: string): unknown {
  return {
    compactLayouts: [compactLayout(object)],
    defaultCompactLayoutId: null,
    recordTypeCompactLayoutMappings: [
      {
        available: true,
        compactLayoutId: null,
        compactLayoutName: 'SYSTEM',
        recordTypeId: masterRecordTypeId,
        recordTypeName: 'Master',
        urls: {
          compactLayout: `/services/data/v${version}/sobjects/${object.name}/describe/compactLayouts/${masterRecordTypeId}`,
        },
      },
    ],
    urls: {
      primary: `/services/data/v${version}/sobjects/${object.name}/describe/compactLayouts/primary`,
    },
  };
}

function compactLayout(object: ObjectDef): unknown {
  const names = object.fields.filter((field) => field.nameField || field.type === 'phone');
  return {
    actions: [],
    fieldItems: names.map((field) => item(object, field)),
    id: null,
    imageItems: [],
    label: 'System Default',
    name: 'SYSTEM',
    objectType: object.name,
  };
}

import type { OrgCore } from '../core';
import { isShown } from '../describe';
import type { ObjectDef } from '../schema/types';

/**
 * GET /services/data/vNN.N: what can be reached below it, as a real org lists it (REST API guide, "List Available
 * REST Resources"). The sandbox answers a part of these, and 404 for the others.
 */
export function resources(org: OrgCore, version: string): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => [
      name,
      name === 'identity' ? org.identityUrl() : `/services/data/v${version}/${name}`,
    ]),
  );
}

const names = [
  'tooling',
  'metadata',
  'eclair',
  'folders',
  'prechatForms',
  'contact-tracing',
  'jsonxform',
  'chatter',
  'payments',
  'tabs',
  'appMenu',
  'quickActions',
  'queryAll',
  'commerce',
  'wave',
  'iot',
  'analytics',
  'search',
  'smartdatadiscovery',
  'identity',
  'composite',
  'parameterizedSearch',
  'fingerprint',
  'theme',
  'nouns',
  'domino',
  'event',
  'serviceTemplates',
  'recent',
  'connect',
  'licensing',
  'limits',
  'process',
  'dedupe',
  'async-queries',
  'query',
  'jobs',
  'localizedvalue',
  'mobile',
  'emailConnect',
  'consent',
  'tokenizer',
  'compactLayouts',
  'sobjects',
  'actions',
  'support',
];

/** What composite offers (REST API guide, "Get a List of Composite Resources"). */
export const compositeResources = (version: string): Record<string, string> => ({
  tree: `/services/data/v${version}/composite/tree`,
  batch: `/services/data/v${version}/composite/batch`,
  sobjects: `/services/data/v${version}/composite/sobjects`,
  graph: `/services/data/v${version}/composite/graph`,
});

/** GET tabs: one for each object that people work with (REST API guide, "Tabs"). */
export const tabs = (org: OrgCore): unknown[] =>
  shownObjects(org).map((object) => ({
    colors: colors(),
    custom: object.custom,
    iconUrl: icon(org, object, 32).url,
    icons: [icon(org, object, 32), icon(org, object, 16)],
    label: object.labelPlural,
    miniIconUrl: icon(org, object, 16).url,
    name: object.custom ? object.name : `standard-${object.name}`,
    sobjectName: object.name,
    url: `${org.instanceUrl()}/${object.keyPrefix}/o`,
  }));

/** GET theme: icons and colours of the objects (REST API guide, "Themes"). */
export const theme = (org: OrgCore): unknown => ({
  themeItems: shownObjects(org).map((object) => ({
    colors: colors(),
    icons: [icon(org, object, 32), icon(org, object, 16)],
    name: object.name,
  })),
});

const shownObjects = (org: OrgCore): ObjectDef[] => org.schema.objects.filter(isShown);

const colors = () => [
  { color: '236FBD', context: 'primary', theme: 'theme3' },
  { color: '7F8DE1', context: 'primary', theme: 'theme4' },
];

const icon = (org: OrgCore, object: ObjectDef, size: number) => ({
  contentType: 'image/png',
  height: size,
  theme: 'theme3',
  url: `${org.instanceUrl()}/img/icon/${object.custom ? 'custom' : object.name.toLowerCase()}${size}.png`,
  width: size,
});

/** GET appMenu/AppSwitcher and appMenu/Salesforce1: the apps that people switch between; there are none here. */
export const appMenu = (): unknown => ({ appMenuItems: [] });

import { z } from 'zod';
import type { CatalogRules } from '../../../contract/catalogRules';
import { ok } from '../../../contract/problem';
import type { OrgSettingsOf } from '../../../contract/settings';
import { type CatalogParts, createCatalog } from '../../../main/catalog';
import type { OpenOrders } from '../../../main/engine/catalog/ports';
import type { Clock, Journal } from '../../../main/engine/ports';
import type { Fetch } from '../../../main/net/exchange';
import { createSalesforceOrg } from '../../../main/salesforce';
import { systemClock } from '../../../main/systemClock';
import { createHttpCatalog } from '../../../main/ventasxmayor/http';

/** Where a desk finds its file, its org and its store. */
export const deskPlacesSchema = z.object({
  databasePath: z.string(),
  threadsAbove: z.number().optional(),
  org: z.object({
    url: z.string(),
    username: z.string(),
    password: z.string(),
    securityToken: z.string(),
    clientId: z.string(),
    clientSecret: z.string(),
  }),
  store: z.object({ url: z.string(), token: z.string() }),
});
export type DeskPlaces = z.output<typeof deskPlacesSchema>;

interface DeskParts {
  rules: () => CatalogRules;
  openOrders: OpenOrders;
  journal: Journal;
  now: () => number;
  choice?: CatalogParts['choice'];
  healthChanged?: CatalogParts['healthChanged'];
  fetch?: Fetch;
}

/** Stock and prices with the real adapters. Waits are short. */
export function openCatalogDesk({ databasePath, threadsAbove, org, store }: DeskPlaces, parts: DeskParts) {
  const { now, fetch, ...others } = parts;
  const line = fetch === undefined ? {} : { fetch };
  const sleepUpTo =
    (mostMs: number): Clock['sleep'] =>
    (ms, signal) =>
      systemClock.sleep(Math.min(ms, mostMs), signal);
  const settings: OrgSettingsOf<'password'> = {
    signIn: 'password',
    loginUrl: org.url,
    username: org.username,
    clientId: org.clientId,
    identifier: 'PAGINAWEB',
    warehouse: '',
    companies: [],
  };
  const secrets = { password: org.password + org.securityToken, clientSecret: org.clientSecret };
  return createCatalog({
    choice: () => ({ warehouse: '', companies: [] }),
    healthChanged: () => undefined,
    ...others,
    databasePath,
    ...(threadsAbove === undefined ? {} : { threadsAbove }),
    org: createSalesforceOrg({
      credentials: async () => ok({ signIn: 'password', settings, secrets }),
      clock: { ...systemClock, sleep: sleepUpTo(20) },
      ...line,
    }).catalog,
    store: createHttpCatalog({
      baseUrl: store.url,
      token: async () => ok(store.token),
      timeoutMs: 2_000,
      ...line,
    }),
    house: {
      store: { address: store.url, user: null },
      org: { address: org.url, user: org.username },
    },
    clock: { now, sleep: sleepUpTo(50) },
    random: () => 0.5,
    who: 'Lucía',
    changed: () => undefined,
    report: (error) => console.error('unexpected:', error),
  });
}

import { describe, expect, it } from 'vitest';
import type { OrgSettings } from '../../../contract/settings';
import { isSameParty } from '../../../main/engine/catalog/house';
import { orgParty, storeParty } from '../../../main/modes/house';

const anyWay = {
  loginUrl: 'https://login.salesforce.com',
  clientId: 'app',
  identifier: 'PAGINAWEB',
  warehouse: '',
  companies: [],
};
const byPassword = (username: string, loginUrl = anyWay.loginUrl): OrgSettings => ({
  signIn: 'password',
  ...anyWay,
  loginUrl,
  username,
});
const browser: OrgSettings = { signIn: 'browser', ...anyWay };
const lucia = orgParty(byPassword('lucia@acme.example'), null);

describe('what tells a store from another', () => {
  it('is its address, however it was typed', () => {
    const party = storeParty('https://shop.example/api');
    expect(storeParty('HTTPS://Shop.example:443/api//')).toEqual(party);
    expect(isSameParty(storeParty('https://shop.example/api2'), party)).toBe(false);
    expect(isSameParty(storeParty('https://shop.example/API'), party)).toBe(false);
  });
});

describe('what tells an org from another', () => {
  it('is who signs in at its address, in any case and by any way', () => {
    expect(orgParty(byPassword(' Lucia@ACME.example', 'https://LOGIN.salesforce.com/'), null)).toEqual(lucia);
    expect(orgParty({ ...byPassword('lucia@acme.example'), clientId: 'new' }, null)).toEqual(lucia);
    expect(orgParty(browser, 'lucia@acme.example')).toEqual(lucia);
    for (const other of [
      byPassword('lucia@acme.example.uat'),
      byPassword('lucia@acme.example', 'https://test.salesforce.com'),
    ])
      expect(isSameParty(orgParty(other, null), lucia)).toBe(false);
    expect(isSameParty(orgParty(browser, 'jose@acme.example'), lucia)).toBe(false);
  });

  it('is its address alone where nobody is named', () => {
    const app: OrgSettings = { signIn: 'clientCredentials', ...anyWay };
    for (const unnamed of [
      orgParty(app, 'jose@acme.example'),
      orgParty(browser, null),
      orgParty(browser, ''),
    ]) {
      expect(unnamed.user).toBeNull();
      expect(isSameParty(unnamed, lucia)).toBe(true);
    }
  });
});

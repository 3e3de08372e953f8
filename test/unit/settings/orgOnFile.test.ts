import { describe, expect, it } from 'vitest';
import { orgOnFileSchema } from '../../../main/settings/orgOnFile';

const org = {
  loginUrl: 'https://login.salesforce.com',
  username: 'integracion@mayorista.example',
  clientId: 'client',
  identifier: 'PAGINAWEB',
  warehouse: '',
  companies: [],
};

describe('the org in the settings file', () => {
  it('from before there were several ways to sign in means the password', () => {
    expect(orgOnFileSchema.parse(org)).toEqual({ signIn: 'password', ...org });
  });

  it('keeps the way that it names, with no more than that way needs', () => {
    const { username: _nobody, ...anyWay } = org;
    expect(orgOnFileSchema.parse({ ...org, signIn: 'browser' })).toEqual({ signIn: 'browser', ...anyWay });
    expect(orgOnFileSchema.safeParse({ ...anyWay, signIn: 'jwt' }).success).toBe(false);
    expect(orgOnFileSchema.parse(null)).toBeNull();
  });
});

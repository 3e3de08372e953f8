import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import { errorsOf, idOf, requestToken, signIn } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ content: { products: 30, buyers: 5 }, ports: { control: 0 } });
});
afterAll(() => sandbox.stop());

const control = (method: string, path: string, body?: unknown) =>
  fetch(`${sandbox.control?.url}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

describe('resetting', () => {
  it('brings back the first day: what was written, deployed, broken and signed in is gone', async () => {
    const client = await signIn(sandbox);
    idOf(await client.call('POST', '/sobjects/Account', { Name: 'De más' }));
    sandbox.org.core.changeSchema((custom) =>
      custom.putObject('Sobra__c', {
        label: 'Sobra',
        labelPlural: 'Sobras',
        nameLabel: 'Name',
        autoNumber: false,
      }),
    );
    sandbox.confirmOrders(3);
    sandbox.faults.add({ target: 'org', kind: 'drop' });
    const accounts = sandbox.org.query('SELECT Id FROM Account').length;
    expect((await control('POST', '/reset')).status).toBe(204);
    expect((await client.query('SELECT Id FROM Account')).status).toBe(401);
    const again = await signIn(sandbox);
    expect(sandbox.org.query('SELECT Id FROM Account')).toHaveLength(accounts - 1);
    expect(sandbox.org.query('SELECT Id FROM Product2')).toHaveLength(30);
    expect((await again.query('SELECT Id FROM Sobra__c')).status).toBe(400);
    expect(sandbox.store.core.orderCount()).toBe(0);
    expect(sandbox.store.core.catalogue.count()).toBe(33);
    const id = idOf(await again.call('POST', '/sobjects/Account', { Name: 'Nueva' }));
    expect((await again.call('GET', `/sobjects/Account/${id}`)).status).toBe(200);
  });
});

describe('work that was still to be done', () => {
  it('is not done after the org is reset', async () => {
    const client = await signIn(sandbox);
    const job = { operation: 'query', query: 'SELECT Id FROM Account' };
    await client.call('POST', '/jobs/query', job);
    await sandbox.reset();
    sandbox.clock.advance(60_000);
    const again = await signIn(sandbox);
    expect((await again.call('GET', '/jobs/query')).body).toMatchObject({ records: [] });
  });

  it('is not done after the sandbox has stopped', async () => {
    const other = await startSandbox({ content: 'empty' });
    const client = await signIn(other);
    const made = await client.call('POST', '/jobs/query', {
      operation: 'query',
      query: 'SELECT Id FROM Account',
    });
    expect(made.status).toBe(200);
    await other.stop();
    expect(() => other.clock.advance(60_000)).not.toThrow();
  });
});

describe('the control server', () => {
  it('changes users, apps, locks and the instance address', async () => {
    const { username } = sandbox.org.credentials;
    await control('POST', '/org/users', { username, password: 'Otra2026' });
    expect((await requestToken(sandbox)).status).toBe(400);
    expect((await requestToken(sandbox, { password: 'Otra2026' })).status).toBe(200);
    await control('POST', '/org/users', { username, password: sandbox.org.credentials.password });
    expect((await control('POST', '/org/users', { username, password: '' })).status).toBe(422);
    await control('POST', '/org/apps', { clientId: 'otra', name: 'Otra app', redirectUris: ['http://x/y'] });
    expect(await (await control('GET', '/org/apps')).text()).toContain('"otra"');
    const logins = z.object({ logins: z.array(z.looseObject({ status: z.string() })) });
    expect(logins.parse(await (await control('GET', '/org/logins')).json()).logins[1]?.status).toBe(
      'Invalid Password',
    );
    const client = await signIn(sandbox);
    const id = idOf(await client.call('POST', '/sobjects/Account', { Name: 'Ocupada' }));
    await control('POST', '/org/locks', { id, ms: 60_000 });
    const busy = await client.call('PATCH', `/sobjects/Account/${id}`, { Name: 'X' });
    expect(errorsOf(busy)[0]?.errorCode).toBe('UNABLE_TO_LOCK_ROW');
    await control('POST', '/org/instance', { url: 'http://127.0.0.1:9' });
    expect((await requestToken(sandbox)).body).toMatchObject({ instance_url: 'http://127.0.0.1:9' });
    await control('POST', '/org/instance', { url: null });
  });
});

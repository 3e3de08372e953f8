import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noSignal, type OrgAtWork, startOrgAtWork } from '../../support/sandboxOrg';

let at: OrgAtWork;
beforeEach(async () => {
  at = await startOrgAtWork();
});
afterEach(() => at.stop());

describe('signing in to the org', () => {
  it('works with what a person types in, and knows the org from then on', async () => {
    expect(at.org.host()).toBeNull();
    expect(at.org.orderUrl('801x')).toBeNull();
    expect(await at.org.ping(noSignal)).toEqual({ ok: true, value: undefined });
    expect(at.org.host()).toBe(new URL(at.sandbox.org.url).host);
    expect(at.org.orderUrl('801x')).toBe(`${at.sandbox.org.url}/lightning/r/Order/801x/view`);
    expect(at.org.usage()).toMatchObject({ limit: 100_000 });
  });

  it('takes the security token behind the password', async () => {
    await at.stop();
    at = await startOrgAtWork(
      {},
      {
        org: {
          credentials: { ...at.sandbox.org.credentials, securityToken: 'TOKEN123' },
        },
      },
    );
    expect((await at.org.ping(noSignal)).ok).toBe(true);
  });

  it.each([
    [
      'password',
      (one: OrgAtWork) => Object.assign(one.secrets, { password: 'wrong-password' }),
      'org.wrongCredentials',
    ],
    [
      'username',
      (one: OrgAtWork) => Object.assign(one.settings, { username: 'nobody' }),
      'org.wrongCredentials',
    ],
    ['client ID', (one: OrgAtWork) => Object.assign(one.settings, { clientId: 'nobody' }), 'org.wrongClient'],
    [
      'client secret',
      (one: OrgAtWork) => Object.assign(one.secrets, { clientSecret: 'wrong' }),
      'org.wrongClient',
    ],
  ])('tells a wrong %s, and asks once', async (_name, change, code) => {
    change(at);
    const answer = await at.org.ping(noSignal);
    expect(answer).toMatchObject({ ok: false, problem: { code, class: 'signIn' } });
    expect(JSON.stringify(answer)).not.toContain('wrong-password');
    // Corrected settings count at the next call, without a restart.
    Object.assign(at.settings, {
      username: at.sandbox.org.credentials.username,
      clientId: at.sandbox.org.credentials.clientId,
    });
    Object.assign(at.secrets, at.sandbox.org.credentials);
    expect((await at.org.ping(noSignal)).ok).toBe(true);
  });

  it('tells that the org blocks this way of signing in as the org does: like a wrong password', async () => {
    at.sandbox.org.setSwitches({ passwordFlow: 'blocked' });
    expect(await at.org.ping(noSignal)).toMatchObject({ problem: { class: 'signIn' } });
  });

  it('goes on after the session has expired: one renewal, one repetition', async () => {
    await at.org.ping(noSignal);
    const before = at.calls();
    expect(at.sandbox.org.expireSessions()).toBe(1);
    at.sandbox.faults.add({ target: 'org', path: 'oauth2/token', kind: 'delay', ms: 1, times: 99 });
    const answers = await Promise.all([at.org.ping(noSignal), at.org.ping(noSignal), at.org.ping(noSignal)]);
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(at.sandbox.faults.report()[0]?.seen).toBe(1);
    expect(at.calls() - before).toBe(3);
  });

  it('goes on when the session died of being idle', async () => {
    await at.org.ping(noSignal);
    at.sandbox.clock.advance(3 * 60 * 60 * 1000);
    expect((await at.org.ping(noSignal)).ok).toBe(true);
  });

  it('does not hammer an org that refuses every session', async () => {
    const refusal = '[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]';
    at.sandbox.faults.add({ target: 'org', path: 'oauth2/token', kind: 'delay', ms: 1 });
    at.sandbox.faults.add({ target: 'org', path: '/query', kind: 'status', status: 401, body: refusal });
    const answers = await Promise.all([at.org.ping(noSignal), at.org.ping(noSignal), at.org.ping(noSignal)]);
    for (const answer of answers)
      expect(answer).toMatchObject({ ok: false, problem: { code: 'org.sessionRefused' } });
    const [tokens, queries] = at.sandbox.faults.report();
    // A first session that is refused may have come too late; two in a row are the org's answer.
    expect(tokens?.seen).toBe(2);
    expect(queries?.seen).toBe(6);
  });

  it.each([
    ['the line is dead', 'connection', 'org.unreachable'],
    ['it is being maintained', 'maintenance', 'org.unavailable'],
  ] as const)('waits when %s', async (_name, down, code) => {
    at.sandbox.org.setSwitches({ down });
    expect(await at.org.ping(noSignal)).toMatchObject({ ok: false, problem: { code, class: 'transient' } });
    at.sandbox.org.setSwitches({ down: 'no' });
    expect((await at.org.ping(noSignal)).ok).toBe(true);
  });

  it('says when the calls of the day are used up', async () => {
    await at.org.ping(noSignal);
    at.sandbox.org.setSwitches({ dailyApiLimit: 0 });
    expect(await at.org.ping(noSignal)).toMatchObject({
      ok: false,
      problem: { code: 'org.dailyLimit', class: 'quota' },
    });
  });

  it('gives up on an answer that never ends', async () => {
    await at.stop();
    at = await startOrgAtWork({ timeouts: { token: 2_000, read: 80, write: 80 } });
    at.sandbox.faults.add({ target: 'org', path: '/query', kind: 'delay', ms: 5_000 });
    expect(await at.org.ping(noSignal)).toMatchObject({ ok: false, problem: { code: 'org.timeout' } });
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { connect as connectPlain } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox';
import { addPreset } from '../../sandbox/http/presets';
import { defaultMailboxSwitches, type MailboxSwitches } from '../../sandbox/mailbox/switches';
import { read } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ content: 'empty', ports: { control: 0, secureMailbox: 0 } });
});
afterEach(() => {
  sandbox.faults.clear();
  sandbox.mailbox.setSwitches(defaultMailboxSwitches);
  sandbox.mailbox.clear();
});
afterAll(() => sandbox.stop());

interface Way {
  secure?: boolean;
  ignoreTLS?: boolean;
  auth?: { user: string; pass: string; method?: string };
  trusting?: boolean;
  to?: string[];
  text?: string;
  html?: string;
}

function send({ secure = false, trusting = true, to, text = 'Hola', html, auth, ignoreTLS }: Way = {}) {
  const { host, port, securePort, ca } = sandbox.mailbox;

  return createTransport({
    host,
    port: secure ? (securePort ?? 0) : port,
    secure,
    socketTimeout: 2000,
    ...(ignoreTLS === undefined ? {} : { ignoreTLS }),
    ...(trusting ? { tls: { ca } } : {}),
    ...(auth === undefined ? {} : { auth: { user: auth.user, pass: auth.pass } }),
    ...(auth?.method === undefined ? {} : { authMethod: auth.method }),
  }).sendMail({
    from: 'Puente <puente@santelmo.example>',
    to: to ?? ['admin@santelmo.example'],
    subject: 'Pedido 50231 no llegó: ñandú',
    text,
    ...(html === undefined ? {} : { html }),
  });
}
const set = (switches: Partial<MailboxSwitches>) => sandbox.mailbox.setSwitches(switches);
const tell = async (method: string, path: string, body?: unknown) =>
  read(
    await fetch(`${sandbox.control?.url}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );

describe('the mailbox', () => {
  it('keeps what a real client sends, and encrypts where the client can', async () => {
    await send({ text: 'Motivo: la cuenta está bloqueada.', html: '<p>Motivo: <b>bloqueada</b></p>' });
    const [mail] = await sandbox.mailbox.waitFor(1);
    expect(mail).toMatchObject({
      envelope: { from: 'puente@santelmo.example', to: ['admin@santelmo.example'] },
      subject: 'Pedido 50231 no llegó: ñandú',
      text: expect.stringContaining('bloqueada'),
      html: expect.stringContaining('<b>bloqueada</b>'),
      headers: expect.arrayContaining([{ name: 'To', value: 'admin@santelmo.example' }]),
      encrypted: true,
      user: null,
      attachments: [],
    });
    expect((await tell('GET', '/mailbox/messages')).body).toMatchObject({
      messages: [{ id: mail?.id, to: 'admin@santelmo.example' }],
    });
    const raw = await fetch(`${sandbox.control?.url}/mailbox/messages/${mail?.id}/raw`);
    expect([raw.headers.get('content-type'), await raw.text()]).toEqual([
      'message/rfc822',
      expect.stringMatching(/^From: Puente <puente@santelmo\.example>\r\n/),
    ]);
    await tell('DELETE', '/mailbox/messages');
    expect(sandbox.mailbox.messages()).toEqual([]);
    expect((await tell('GET', `/mailbox/messages/${mail?.id}/raw`)).status).toBe(404);
  });

  it('is trusted by whoever trusts its authority, and by nobody else (RFC 3207, RFC 8314)', async () => {
    const { body: ca } = await tell('GET', '/mailbox/ca');
    expect(ca).toBe(sandbox.mailbox.ca);
    await expect(send({ trusting: false })).rejects.toThrow(/certificate/);
    await expect(send({ trusting: false, secure: true })).rejects.toThrow(/certificate/);
    await send({ secure: true });
    await send({ ignoreTLS: true });
    expect(sandbox.mailbox.messages().map((mail) => mail.encrypted)).toEqual([true, false]);
    set({ startTls: false });
    await send({ trusting: false });
    expect(sandbox.mailbox.messages()[2]?.encrypted).toBe(false);
  });

  it('takes nothing in the open when it must not', async () => {
    set({ requireTls: true, login: { user: 'u', password: 'p' } });
    await expect(send({ ignoreTLS: true, auth: { user: 'u', pass: 'p' } })).rejects.toMatchObject({
      code: 'EAUTH',
      responseCode: 538,
    });
    set({ login: null });
    await expect(send({ ignoreTLS: true })).rejects.toMatchObject({ responseCode: 530 });
    await send();
    expect(sandbox.mailbox.messages()).toHaveLength(1);
  });

  it.each(['PLAIN', 'LOGIN'])('knows who writes by AUTH %s', async (method) => {
    set({ login: { user: 'u', password: 'ñ p' } });
    await expect(send()).rejects.toThrow(/530/);
    const auth = { user: 'u', pass: 'wrong', method };
    await expect(send({ auth })).rejects.toMatchObject({ code: 'EAUTH', responseCode: 535 });
    await send({ auth: { ...auth, pass: 'ñ p' } });
    expect(sandbox.mailbox.messages()).toMatchObject([{ user: 'u' }]);
  });

  it('knows some addresses only, and how large a message may be', async () => {
    set({ recipients: ['Admin@santelmo.example'] });
    await expect(send({ to: ['nadie@santelmo.example'] })).rejects.toMatchObject({ responseCode: 550 });
    expect(await send({ to: ['admin@santelmo.example', 'nadie@santelmo.example'] })).toMatchObject({
      accepted: ['admin@santelmo.example'],
      rejected: ['nadie@santelmo.example'],
    });
    set({ maxBytes: 2000 });
    await expect(send({ text: 'x'.repeat(3000) })).rejects.toMatchObject({ responseCode: 552 });
    expect(sandbox.mailbox.messages()).toHaveLength(1);
  });

  it('refuses a message that is too large for it, also when the client has not said how large it is', async () => {
    set({ maxBytes: 2000 });
    const said = await talk([
      'EHLO x',
      'MAIL FROM:<a@b.example>',
      'RCPT TO:<c@d.example>',
      'DATA',
      `${'x'.repeat(3000)}\r\n.`,
    ]);
    expect(said.at(-1)).toMatch(/^552 /);
    expect(sandbox.mailbox.messages()).toEqual([]);
  });

  it('can be taken off the line and put back', async () => {
    expect((await tell('POST', '/mailbox/down', { down: true })).status).toBe(204);
    await expect(send()).rejects.toThrow();
    await expect(send({ secure: true })).rejects.toThrow();
    expect((await tell('GET', '/state')).body).toMatchObject({ mailbox: { switches: { down: true } } });
    await tell('POST', '/mailbox/switches', { down: false });
    await send();
  });

  it('refuses switches that it does not have', async () => {
    expect((await tell('POST', '/mailbox/switches', { colour: 'red' })).status).toBe(422);
    expect((await tell('POST', '/mailbox/switches', { maxBytes: 0 })).body).toMatchObject({
      error: { field: 'maxBytes' },
    });
  });
});

describe('a mailbox in trouble (RFC 5321 4.2.3)', () => {
  it.each([
    ['mail-421', 421],
    ['mail-550', 550],
    ['mail-greylist', 451],
    ['mail-452', 452],
    ['mail-552', 552],
  ])('%s', async (name, responseCode) => {
    addPreset(sandbox.faults, name, { times: 1 });
    await expect(send()).rejects.toMatchObject({ responseCode });
    expect(sandbox.mailbox.messages()).toEqual([]);
    await send();
    expect(sandbox.mailbox.messages()).toHaveLength(1);
  });

  it('refuses a sign-in that is right', async () => {
    addPreset(sandbox.faults, 'mail-535');
    await expect(send({ auth: { user: 'u', pass: 'p' } })).rejects.toMatchObject({ code: 'EAUTH' });
  });

  it.each([
    ['mail-refused', 0],
    ['mail-drop', 0],
    ['mail-lost', 1],
  ])('%s cuts the line, with %i message kept', async (name, kept) => {
    addPreset(sandbox.faults, name);
    await expect(send()).rejects.toThrow();
    expect(sandbox.mailbox.messages()).toHaveLength(kept);
  });

  it('keeps a client waiting', async () => {
    addPreset(sandbox.faults, 'mail-slow', { ms: 60_000 });
    await expect(send()).rejects.toThrow(/[Tt]imeout/);
    addPreset(sandbox.faults, 'mail-slow', { ms: 10 });
    await send();
  });

  it('refuses one of two recipients', async () => {
    sandbox.faults.add({
      target: 'mailbox',
      at: 'recipient',
      kind: 'refuse',
      code: 550,
      message: '5.7.1 No',
      address: '^b@',
    });
    expect(await send({ to: ['a@x.example', 'b@x.example'] })).toMatchObject({ accepted: ['a@x.example'] });
  });
});

describe('a mailbox that is kept', () => {
  it('still has its messages at the next start', async () => {
    const keep = mkdtempSync(join(tmpdir(), 'puente-mailbox-'));
    const first = await startSandbox({ content: 'empty', keep });
    await createTransport({ host: first.mailbox.host, port: first.mailbox.port, ignoreTLS: true }).sendMail({
      from: 'a@b.example',
      to: 'c@d.example',
      subject: 'Uno',
      text: 'x',
    });
    const before = first.mailbox.messages();
    await first.stop();
    const second = await startSandbox({ content: 'empty', keep });
    expect(second.mailbox.messages()).toEqual(before);
    expect(String(second.mailbox.raw(before[0]?.id ?? 0))).toContain('Subject: Uno');
    second.mailbox.clear();
    expect(second.mailbox.raw(before[0]?.id ?? 0)).toBeNull();
    await second.stop();
    rmSync(keep, { recursive: true });
  });
});

/** Says each line once the one before is answered; tells the last line of each answer. */
function talk(lines: readonly string[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const socket = connectPlain(sandbox.mailbox.port, sandbox.mailbox.host);
    socket.on('error', reject);
    socket.on('data', (data) => {
      const last = data.toString('utf8').trimEnd().split('\r\n').at(-1) ?? '';
      if (!/^\d{3} /.test(last)) return;
      const next = lines[said.length];
      said.push(last);
      if (next === undefined) {
        socket.destroy();
        resolve(said);
      } else socket.write(`${next}\r\n`);
    });
  });
}

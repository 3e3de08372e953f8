import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MailAccount } from '../../../main/engine/alerts/ports';
import { createMailer } from '../../../main/mail/mailer';
import { type Sandbox, startSandbox } from '../../../sandbox';

const password = 'Contraseña-de-aplicación';
const mail = {
  subject: 'Puente: 2 pedidos necesitan atención',
  text: 'Texto: «señal» y más\n',
  html: '<p>Texto: «señal»</p>',
  messageId: '<b7a1@mayorista.example>',
  createdAt: Date.UTC(2026, 10, 20, 13, 0, 0),
};
const never = new AbortController().signal;
const mailer = createMailer({ silenceMs: 1_500, wholeMs: 10_000 });

let sandbox: Sandbox;
let servers: Server[] = [];

beforeEach(async () => {
  sandbox = await startSandbox({ content: 'empty', ports: { secureMailbox: 0 } });
});
afterEach(async () => {
  for (const server of servers) server.close();
  servers = [];
  await sandbox.stop();
});

const account = (changes: Partial<MailAccount> = {}): MailAccount => ({
  host: '127.0.0.1',
  port: sandbox.mailbox.port,
  security: 'starttls',
  user: '',
  password: '',
  from: 'puente@mayorista.example',
  recipients: ['ana@mayorista.example', 'luis@mayorista.example'],
  ca: sandbox.mailbox.ca,
  ...changes,
});

/** A port at which something else than a mail server answers, or nothing does. */
async function listen(onSocket: (socket: Socket) => void): Promise<number> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket.on('error', () => undefined));
    onSocket(socket);
  });
  const close = server.close.bind(server);
  server.close = (done) => {
    for (const socket of open) socket.destroy();
    return close(done);
  };
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('a mail', () => {
  it('arrives encrypted by STARTTLS, whole, at every recipient', async () => {
    expect(await mailer.send(account(), mail, never)).toEqual({ ok: true, value: { refused: [] } });
    const [arrived] = sandbox.mailbox.messages();
    expect(arrived).toMatchObject({
      envelope: { from: 'puente@mayorista.example', to: ['ana@mayorista.example', 'luis@mayorista.example'] },
      subject: mail.subject,
      date: '2026-11-20T13:00:00.000Z',
      encrypted: true,
      html: mail.html,
    });
    expect(arrived?.text.trim()).toBe(mail.text.trim());
    const headers = new Map(arrived?.headers.map(({ name, value }) => [name.toLowerCase(), value]));
    expect(headers.get('message-id')).toBe(mail.messageId);
    expect(headers.get('auto-submitted')).toBe('auto-generated');
  });

  it('arrives over TLS from the first byte, signed in', async () => {
    sandbox.mailbox.setSwitches({ login: { user: 'puente', password }, requireTls: true });
    const secure = account({
      port: sandbox.mailbox.securePort ?? 0,
      security: 'tls',
      user: 'puente',
      password,
    });
    expect(await mailer.send(secure, mail, never)).toMatchObject({ ok: true });
    expect(sandbox.mailbox.messages()[0]).toMatchObject({ encrypted: true, user: 'puente' });
  });

  it('arrives in the clear only where that was chosen', async () => {
    expect(await mailer.send(account({ security: 'none' }), mail, never)).toMatchObject({ ok: true });
    expect(sandbox.mailbox.messages()[0]).toMatchObject({ encrypted: false });
  });

  it('reaches the others when one recipient is refused, and says which', async () => {
    sandbox.mailbox.setSwitches({ recipients: ['luis@mayorista.example'] });
    expect(await mailer.send(account(), mail, never)).toEqual({
      ok: true,
      value: { refused: ['ana@mayorista.example'] },
    });
    expect(sandbox.mailbox.messages()[0]?.envelope.to).toEqual(['luis@mayorista.example']);
  });
});

describe('a server that says no', () => {
  it.each<[string, Partial<MailAccount>, () => void, string, RegExp]>([
    [
      'to the password',
      { user: 'puente', password: 'wrong-Pass1' },
      () => sandbox.mailbox.setSwitches({ login: { user: 'puente', password } }),
      'mail.signInRefused',
      /535 5\.7\.8/,
    ],
    [
      'to sending without a sign-in',
      {},
      () => sandbox.mailbox.setSwitches({ login: { user: 'puente', password } }),
      'mail.signInNeeded',
      /530/,
    ],
    [
      'to every recipient',
      {},
      () => sandbox.mailbox.setSwitches({ recipients: [] }),
      'mail.recipientRefused',
      /550 5\.1\.1/,
    ],
    [
      'to the sender',
      {},
      () =>
        sandbox.faults.add({
          target: 'mailbox',
          at: 'sender',
          kind: 'refuse',
          code: 553,
          message: '5.7.1 Not yours',
        }),
      'mail.senderRefused',
      /553 5\.7\.1 Not yours/,
    ],
    [
      'for now',
      {},
      () =>
        sandbox.faults.add({
          target: 'mailbox',
          at: 'recipient',
          kind: 'refuse',
          code: 451,
          message: '4.7.1 Greylisted',
        }),
      'mail.busy',
      /451 4\.7\.1 Greylisted/,
    ],
    [
      'to the message',
      {},
      () =>
        sandbox.faults.add({
          target: 'mailbox',
          at: 'data',
          kind: 'refuse',
          code: 554,
          message: '5.7.1 Spam',
        }),
      'mail.refused',
      /554 5\.7\.1 Spam/,
    ],
    ['to encryption', {}, () => sandbox.mailbox.setSwitches({ startTls: false }), 'mail.noEncryption', /./],
    [
      'to anything but encryption',
      { security: 'none' },
      () => sandbox.mailbox.setSwitches({ requireTls: true }),
      'mail.noEncryption',
      /530 5\.7\.0/,
    ],
  ])('%s is told in its own words', async (_what, changes, prepare, code, words) => {
    prepare();
    const answer = await mailer.send(account(changes), mail, never);
    if (answer.ok) return expect.fail('was sent');
    expect(answer.problem.code).toBe(code);
    expect(answer.problem.detail).toMatch(words);
    expect(JSON.stringify(answer.problem)).not.toContain('wrong-Pass1');
    expect(sandbox.mailbox.messages()).toEqual([]);
  });

  it('that nobody vouches for is not trusted', async () => {
    const { ca: _ca, ...unknown } = account();
    expect(await mailer.send(unknown, mail, never)).toMatchObject({
      ok: false,
      problem: { code: 'mail.certificate', class: 'setup' },
    });
    expect(sandbox.mailbox.messages()).toEqual([]);
  });
});

describe('a server that is not there', () => {
  it.each<[string, () => Promise<Partial<MailAccount>>, string]>([
    [
      'refuses the connection',
      async () => {
        const port = await listen(() => undefined);
        servers.pop()?.close();
        return { port };
      },
      'mail.unreachable',
    ],
    ['has no address', async () => ({ host: 'mail.puente.invalid' }), 'mail.unreachable'],
    ['hangs up', async () => ({ port: await listen((socket) => socket.destroy()) }), 'mail.unreachable'],
    ['never says a word', async () => ({ port: await listen(() => undefined) }), 'mail.noAnswer'],
    [
      'is no mail server',
      async () => ({ port: await listen((socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')) }),
      'mail.badAnswer',
    ],
  ])('%s', async (_what, prepare, code) => {
    expect(await mailer.send(account(await prepare()), mail, never)).toMatchObject({
      ok: false,
      problem: { code },
    });
  });

  it('goes on for ever in small pieces, and is left after the time for one mail', async () => {
    const port = await listen((socket) => {
      const drip = setInterval(() => socket.write('220-'), 200);
      socket.on('close', () => clearInterval(drip));
    });
    const brief = createMailer({ silenceMs: 30_000, wholeMs: 1_000 });
    const started = Date.now();
    expect(await brief.send(account({ port }), mail, never)).toMatchObject({
      ok: false,
      problem: { code: 'mail.noAnswer' },
    });
    expect(Date.now() - started).toBeLessThan(5_000);
  });

  it('is left at once when the program ends', async () => {
    const ending = new AbortController();
    const port = await listen(() => ending.abort());
    const started = Date.now();
    expect(await mailer.send(account({ port }), mail, ending.signal)).toMatchObject({ ok: false });
    expect(Date.now() - started).toBeLessThan(1_000);
  });
});

import { expect, test } from './fixtures';

test('gives the window no Node, no network and no way out', async ({ start }) => {
  const { app, window } = await start();
  const inside = await window.evaluate(async () => ({
    node: typeof Reflect.get(globalThis, 'process') + typeof Reflect.get(globalThis, 'require'),
    bridge: Object.keys(self.puente).sort(),
    opened: self.open('https://example.com') === null,
    fetched: await fetch('https://example.com').then(
      () => 'reached',
      () => 'refused',
    ),
    origin: location.origin,
  }));
  expect(inside).toEqual({
    node: 'undefinedundefined',
    bridge: ['call', 'on'],
    opened: true,
    fetched: 'refused',
    origin: 'app://puente',
  });

  await window.evaluate(() => {
    location.href = 'https://example.com/';
  });
  await window.waitForTimeout(500);
  expect(window.url()).toMatch(/^app:\/\/puente\//);
  expect(app.windows()).toHaveLength(1);
});

test('refuses unknown calls and malformed input as data', async ({ start }) => {
  const { window } = await start();
  const answers = await window.evaluate(async () => {
    const call: (name: string, input: unknown) => Promise<unknown> = self.puente.call as never;
    return {
      unknown: await call('orders.deleteAll', {}).catch((error: Error) => error.message),
      malformed: await call('orders.get', { id: 'one' }),
    };
  });
  expect(answers.unknown).toContain('unknown call');
  expect(answers.malformed).toMatchObject({ ok: false, problem: { code: 'app.invalidCall' } });
});

test('serves nothing from outside its own folder', async ({ start }) => {
  const { window } = await start();
  const statuses = await window.evaluate(async () => {
    const paths = ['/../package.json', '/%2e%2e/package.json', '/..%2f..%2fpackage.json', '/index.html'];
    return Promise.all(paths.map(async (path) => (await fetch(`app://puente${path}`)).status));
  });
  expect(statuses).toEqual([404, 404, 404, 200]);
});

test('a second start hands over to the first', async ({ start, userData }) => {
  const first = await start();
  const second = await first.app.evaluate(
    ({ app }, folder) => ({
      folder: app.getPath('userData') === folder,
      locked: app.hasSingleInstanceLock(),
    }),
    userData,
  );
  expect(second).toEqual({ folder: true, locked: true });
});

import { readdirSync } from 'node:fs';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox';
import { pageTexts } from '../../sandbox/control/pages/texts';
import { presets } from '../../sandbox/http/presets';
import { orderFlaws, productFlaws } from '../../sandbox/store/switches';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ content: 'empty', ports: { control: 0 } });
});
afterAll(() => sandbox.stop());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${sandbox.control?.url}${path}`, { headers, redirect: 'manual' });

/** The directives of a content security policy. */
const policyOf = (answer: Response) =>
  new Map(
    (answer.headers.get('content-security-policy') ?? '').split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ');
      return [name, values.join(' ')];
    }),
  );

describe('the pages', () => {
  it.each(['overview', 'faults', 'mailbox'])(
    '%s comes with a strict policy and none of it inline',
    async (page) => {
      const answer = await get(`/pages/${page}`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      const policy = policyOf(answer);
      expect(Object.fromEntries(policy)).toMatchObject({
        'default-src': "'none'",
        'script-src': "'self'",
        'style-src': "'self'",
        'frame-ancestors': "'none'",
        'base-uri': "'none'",
      });
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      const html = await answer.text();
      expect(html).not.toMatch(/ style=| on\w+=|<style|<script(?! type="(application\/json|module)")/);
      expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
      for (const [, address = ''] of html.matchAll(/(?:src|href)="(\/[^"?]+)/g)) {
        expect([address, (await get(address)).status]).toEqual([address, 200]);
      }
    },
  );

  it('lead from the root to the overview', async () => {
    const answer = await get('/');
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/pages/overview']);
  });

  it('speak the language that is chosen, and keep to it', async () => {
    const lang = async (path: string, headers?: Record<string, string>) =>
      /<html lang="([^"]+)"/.exec(await (await get(path, headers)).text())?.[1];
    expect(await lang('/pages/faults')).toBe('es-AR');
    expect(await lang('/pages/faults', { 'accept-language': 'en-GB,es;q=0.5' })).toBe('en');
    expect(await lang('/pages/faults?lang=en')).toBe('en');
    expect((await get('/pages/faults?lang=en')).headers.get('set-cookie')).toMatch(/^simulator-lang=en;/);
    expect(await lang('/pages/faults', { cookie: 'a=b; simulator-lang=en' })).toBe('en');
    expect(await lang('/pages/faults?lang=xx%22%3E')).toBe('es-AR');
  });

  it('show the theme that was chosen from the first moment', async () => {
    const theme = async (cookie: string) =>
      /data-theme="([^"]+)"/.exec(await (await get('/pages/overview', { cookie })).text())?.[1];
    expect(await theme('simulator-theme=dark')).toBe('dark');
    expect(await theme('simulator-theme="><script>')).toBe('auto');
  });

  it('give out their own files and nothing else', async () => {
    const folder = new URL('../../sandbox/control/pages/web/', import.meta.url);
    for (const name of readdirSync(folder)) {
      const answer = await get(`/pages/web/${name}`);
      expect([name, answer.status]).toEqual([name, 200]);
      expect(await answer.text()).not.toMatch(/innerHTML|insertAdjacentHTML|eval\(/);
    }
    for (const path of [
      '/pages/web/../index.ts',
      '/pages/web/%2e%2e%2findex.ts',
      '/pages/web/constructor',
      '/pages/none',
    ]) {
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    }
  });

  it('show the HTML of a message where it can do nothing', async () => {
    await createTransport({
      host: sandbox.mailbox.host,
      port: sandbox.mailbox.port,
      ignoreTLS: true,
    }).sendMail({
      from: 'a@b.example',
      to: 'c@d.example',
      subject: 'x',
      html: '<p onclick="alert(1)">Hola</p>',
    });
    const id = sandbox.mailbox.messages()[0]?.id;
    const answer = await get(`/pages/mail/${id}`);
    expect(await answer.text()).toContain('Hola');
    const policy = policyOf(answer);
    expect([policy.get('default-src'), policy.get('sandbox'), policy.get('script-src')]).toEqual([
      "'none'",
      '',
      undefined,
    ]);
    expect((await get('/pages/mail/99')).status).toBe(404);
  });
});

describe('the texts of the pages', () => {
  const keysOf = (value: unknown, path = ''): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => keysOf(inner, `${path}.${key}`))
      : [path];

  it('are there in both languages, with the same values to put in', () => {
    expect(keysOf(pageTexts.en)).toEqual(keysOf(pageTexts['es-AR']));
    const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();
    const flat = (value: unknown): string[] =>
      typeof value === 'object' && value !== null ? Object.values(value).flatMap(flat) : [String(value)];
    expect(flat(pageTexts.en).map(holes)).toEqual(flat(pageTexts['es-AR']).map(holes));
  });

  it('name every preset and every flaw', () => {
    for (const texts of Object.values(pageTexts)) {
      expect(Object.keys(texts.presets)).toEqual(Object.keys(presets));
      expect(Object.keys(texts.flaws)).toEqual([...orderFlaws]);
      expect(Object.keys(texts.productFlaws)).toEqual([...productFlaws]);
    }
  });
});

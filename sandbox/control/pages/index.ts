import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Reply, Request } from '../../http/message';
import type { SandboxParts } from '../../sandbox';
import { type PageName, pageHtml, pageNames, type Theme, themes } from './html';
import { pageLocale, pageTexts } from './texts';

/** The files that pages load; nothing else is ever read from the disk. */
const files: Readonly<Record<string, string>> = {
  'style.css': 'text/css; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'overview.js': 'text/javascript; charset=utf-8',
  'faults.js': 'text/javascript; charset=utf-8',
  'presets.js': 'text/javascript; charset=utf-8',
  'ownRule.js': 'text/javascript; charset=utf-8',
  'orderChange.js': 'text/javascript; charset=utf-8',
  'storeData.js': 'text/javascript; charset=utf-8',
  'mailbox.js': 'text/javascript; charset=utf-8',
};
const folder = join(dirname(fileURLToPath(import.meta.url)), 'web');

const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A message's own HTML: it may look as it likes, and do and load nothing. */
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'";

/** The pages for people, with their files; null for what is none of them. */
export function answerPage(sandbox: SandboxParts, request: Request): Reply | null {
  if (request.method !== 'GET') return null;
  if (request.path === '/') return { status: 302, headers: { location: '/pages/overview' } };
  const [, pages, name = '', file = '', more] = request.path.split('/');
  if (pages !== 'pages' || more !== undefined) return null;
  if (name === 'web') return fileReply(file);
  if (name === 'mail') return mailReply(sandbox, Number(file));
  const page = pageNames.find((known) => known === name);
  return page === undefined || file !== '' ? null : pageReply(page, request);
}

function pageReply(page: PageName, request: Request): Reply {
  const cookies = cookiesOf(request);
  const asked = request.query.get('lang');
  const locale = pageLocale(
    asked ?? cookies.get('simulator-lang') ?? null,
    request.headers['accept-language'],
  );
  const theme: Theme = themes.find((known) => known === cookies.get('simulator-theme')) ?? 'auto';
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': pagePolicy,
      ...(asked === null
        ? {}
        : { 'set-cookie': `simulator-lang=${locale}; Path=/; SameSite=Strict; HttpOnly` }),
    },
    body: pageHtml({ page, locale, theme, texts: pageTexts[locale] }),
  };
}

function fileReply(name: string): Reply | null {
  const type = Object.hasOwn(files, name) ? files[name] : undefined;
  if (type === undefined) return null;
  return { status: 200, headers: { 'content-type': type }, body: readFileSync(join(folder, name)) };
}

function mailReply(sandbox: SandboxParts, id: number): Reply | null {
  const mail = sandbox.mailbox.messages().find((message) => message.id === id);
  if (mail === undefined || mail.html === null) return null;
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': mailPolicy },
    body: mail.html,
  };
}

const cookiesOf = (request: Request): Map<string, string> =>
  new Map(
    (request.headers.cookie ?? '').split(';').map((pair) => {
      const [name = '', value = ''] = pair.trim().split('=');
      return [name, value];
    }),
  );

import { createHash } from 'node:crypto';
import type { Reply } from '../../http/message';
import type { OAuthError } from './errors';
import type { PageTexts } from './texts';

/** The pages that a person sees on the way to a consent. Plain HTML without scripts or anything from elsewhere. */

export function loginPage(
  texts: PageTexts,
  page: { visit: string; app: string; username: string; problem: string | null; redirectUri: string },
): Reply {
  const again = page.username !== '';
  const body = `
<h1>${safe(texts.loginTitle)}</h1>
<p class="lead">${safe(texts.forApp(page.app))}</p>
${page.problem === null ? '' : `<p class="problem" role="alert" id="problem">${safe(page.problem)}</p>`}
<form method="post" action="/services/oauth2/authorize">
<input type="hidden" name="visit" value="${safe(page.visit)}">
<label for="username">${safe(texts.username)}</label>
<input id="username" name="username" type="text" autocomplete="username" autocapitalize="none" spellcheck="false" required value="${safe(page.username)}"${again ? '' : ' autofocus'}>
<label for="password">${safe(texts.password)}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${again ? ' autofocus' : ''}${page.problem === null ? '' : ' aria-describedby="problem"'}>
<button type="submit" class="main">${safe(texts.logIn)}</button>
</form>`;
  return html(200, texts, texts.loginTitle, body, page.redirectUri);
}

export function consentPage(
  texts: PageTexts,
  page: { visit: string; app: string; user: string; scopes: readonly string[]; redirectUri: string },
): Reply {
  const wishes = [...new Set(page.scopes.map((scope) => texts.scope(scope)))];
  const body = `
<h1>${safe(texts.consentTitle)}</h1>
<p class="lead">${safe(texts.asks(page.app))}</p>
<ul>${wishes.map((wish) => `<li>${safe(wish)}</li>`).join('')}</ul>
<p>${safe(texts.signedInAs(page.user))}</p>
<form method="post" action="/services/oauth2/authorize">
<input type="hidden" name="visit" value="${safe(page.visit)}">
<div class="choice">
<button type="submit" name="decision" value="allow" class="main">${safe(texts.allow)}</button>
<button type="submit" name="decision" value="deny">${safe(texts.deny)}</button>
</div>
</form>
<p class="small">${safe(texts.revocable)}</p>`;
  return html(200, texts, texts.consentTitle, body, page.redirectUri);
}

/** For what must never be sent on to an address nobody has registered. */
export function errorPage(texts: PageTexts, error: OAuthError): Reply {
  const body = `
<h1>${safe(texts.errorTitle)}</h1>
<p>${safe(texts.errorLead)}</p>
<p class="problem" role="alert">error=${safe(error.error)}<br>error_description=${safe(error.description)}</p>`;
  return html(400, texts, texts.errorTitle, body, null);
}

export function overPage(texts: PageTexts): Reply {
  const body = `\n<h1>${safe(texts.overTitle)}</h1>\n<p role="alert">${safe(texts.over)}</p>`;
  return html(400, texts, texts.overTitle, body, null);
}

const style = `
:root{color-scheme:light}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:1rem;background:#f3f5f8;color:#1d2939;font:16px/1.5 system-ui,sans-serif}
main{box-sizing:border-box;width:min(26rem,calc(100vw - 2rem));padding:2rem;background:#fff;border:1px solid #d6dce5;border-radius:12px}
h1{margin:0;font-size:1.4rem;line-height:1.25}
p,ul{margin:.75rem 0}
.lead{color:#475467}
label{display:block;margin-top:1rem;font-weight:600}
input{box-sizing:border-box;width:100%;margin-top:.25rem;padding:.6rem .7rem;border:1px solid #8794a8;border-radius:8px;font:inherit}
button{padding:.65rem 1.2rem;border:1px solid #8794a8;border-radius:8px;background:#fff;color:#1d2939;font:inherit;font-weight:600;cursor:pointer}
button.main{border-color:#0b5cab;background:#0b5cab;color:#fff}
form>button.main{width:100%;margin-top:1.5rem}
.choice{display:flex;gap:.75rem;margin-top:1.5rem}
.choice button{flex:1}
:focus-visible{outline:3px solid #f2a900;outline-offset:2px}
.problem{padding:.7rem .9rem;border-left:4px solid #b42318;background:#fef3f2;color:#7a1a12;overflow-wrap:anywhere}
.small,footer{color:#475467;font-size:.85rem}
`;

const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

function html(
  status: number,
  texts: PageTexts,
  title: string,
  body: string,
  redirectUri: string | null,
): Reply {
  // Browsers hold the form's redirect against the same rule, so the way back to the app has to be in it.
  const back = redirectUri === null ? '' : ` ${originOf(redirectUri)}`;
  return {
    status,
    headers: {
      'content-type': 'text/html;charset=UTF-8',
      'content-security-policy': `default-src 'none'; style-src ${styleHash}; form-action 'self'${back}; base-uri 'none'; frame-ancestors 'none'`,
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    },
    body: `<!doctype html>
<html lang="${texts.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${safe(title)}</title>
<style>${style}</style>
</head>
<body>
<main>${body}
</main>
<footer>${safe(texts.note)}</footer>
</body>
</html>
`,
  };
}

/** `http://localhost:1717`, or `puente:` for an address of an app's own. */
function originOf(redirectUri: string): string {
  const { origin, protocol } = new URL(redirectUri);
  return origin === 'null' ? protocol : origin;
}

const safe = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** What all pages share: texts, the way to the control server, and a little help with elements. */

export const texts = JSON.parse(document.getElementById('texts').textContent);
export const content = document.getElementById('content');
const locale = document.documentElement.lang;

/** A text with its values put in: `{name}`. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => String(values[name] ?? ''));

const numbers = new Intl.NumberFormat(locale);
const times = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
export const formatNumber = (value) => numbers.format(value);
export const formatTime = (instant) => times.format(new Date(instant));

/** An element: `h('p', { class: 'x', onclick }, 'text', h('b'))`. Texts are texts, never HTML. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value' || name === 'checked') element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Asks the control server. Throws what it answers when it refuses. */
export async function ask(method, path, body) {
  const answer = await fetch(path, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (answer.status === 204) return null;
  const isJson = (answer.headers.get('content-type') ?? '').includes('json');
  const told = isJson ? await answer.json() : await answer.text();
  if (!answer.ok) {
    const { message = answer.statusText, field } = told.error ?? {};
    throw new Error(field ? `${field}: ${message}` : message);
  }
  return told;
}

/** Tells what has just happened, to eyes and to screen readers. */
export function say(text, failed = false) {
  const said = document.getElementById('said');
  said.textContent = text;
  said.className = failed ? 'failed' : 'shown';
  clearTimeout(say.timer);
  say.timer = setTimeout(() => {
    said.className = '';
    said.textContent = '';
  }, 5000);
}

/** Does what a person asked for, says how it went, and shows the new state. */
export async function act(work, told = texts.common.done) {
  try {
    const result = await work();
    say(typeof told === 'function' ? told(result) : told);
  } catch (error) {
    say(fill(texts.common.refused, { detail: error.message }), true);
  }
  await refresh();
}

let draw = () => {};
let asked = 0;

/** Fetches the state and draws it; answers that come out of turn are left out. */
export async function refresh() {
  const mine = ++asked;
  const lost = document.getElementById('lost');
  try {
    const state = await ask('GET', '/state');
    if (mine !== asked) return;
    lost.hidden = true;
    badge('faults', state.faults.length);
    badge('mailbox', state.mailbox.messages);
    await draw(state);
  } catch {
    if (mine === asked) lost.hidden = false;
  }
}

/** Draws the state now and every two seconds while somebody looks. */
export function keepFresh(drawing) {
  draw = drawing;
  void refresh();
  setInterval(() => {
    if (!document.hidden) void refresh();
  }, 2000);
  document.addEventListener('visibilitychange', () => void refresh());
}

function badge(name, count) {
  const element = document.getElementById(`badge-${name}`);
  element.hidden = count === 0;
  element.textContent = formatNumber(count);
}

/** Puts new children in, but only when they differ: focus and selection survive a refresh. */
export function replace(parent, key, make) {
  if (parent.dataset.key === key) return;
  const focused = parent.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  parent.replaceChildren(...[make()].flat());
  parent.dataset.key = key;
  if (focused !== undefined) {
    const again = [...parent.querySelectorAll('[data-focus]')].find((one) => one.dataset.focus === focused);
    (again ?? parent.querySelector('button') ?? document.getElementById('main')).focus();
  }
}

document.getElementById('theme').addEventListener('change', (event) => {
  const theme = event.target.value;
  document.documentElement.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the server draws the page in it from the start
  document.cookie = `simulator-theme=${theme}; Path=/; Max-Age=31536000; SameSite=Strict`;
});

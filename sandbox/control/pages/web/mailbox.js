import { act, ask, content, fill, formatNumber, formatTime, h, keepFresh, replace, texts } from './page.js';
import { tabs } from './presets.js';

const t = texts.mailbox;
const list = h('div', { class: 'mail-list', role: 'region', 'aria-label': t.list });
const reader = h('article', { class: 'mail-reader card' });
const empty = h('div');
const clear = h('button', { type: 'button', onclick: () => dialog.showModal() }, t.clear);
const whole = h('div', { class: 'mail', hidden: true }, list, reader);
let messages = [];
let chosen = null;

const dialog = h(
  'dialog',
  { 'aria-labelledby': 'clear-title' },
  h('h2', { id: 'clear-title' }, t.clearTitle),
  h('p', {}, t.clearText),
  h(
    'form',
    { method: 'dialog', class: 'dialog-actions' },
    h('button', { value: 'no' }, texts.common.cancel),
    h(
      'button',
      {
        class: 'danger',
        value: 'yes',
        onclick: () => act(() => ask('DELETE', '/mailbox/messages'), t.cleared),
      },
      t.clearConfirm,
    ),
  ),
);

content.append(h('div', { class: 'toolbar' }, clear), empty, whole, dialog);

keepFresh(async ({ mailbox }) => {
  const newest = messages.at(-1)?.id ?? null;
  if (mailbox.lastId !== newest || mailbox.messages !== messages.length) {
    ({ messages } = await ask('GET', '/mailbox/messages'));
  }
  if (!messages.some((mail) => mail.id === chosen)) chosen = messages.at(-1)?.id ?? null;
  draw(mailbox);
});

function draw(mailbox) {
  clear.hidden = messages.length === 0;
  whole.hidden = messages.length === 0;
  empty.hidden = messages.length > 0;
  replace(empty, `${mailbox.host}:${mailbox.port}`, () => nothing(mailbox));
  const key = `${messages.at(-1)?.id}-${messages.length}-${chosen}`;
  replace(list, key, () => h('ul', {}, [...messages].reverse().map(entry)));
  replace(reader, String(chosen), () => read(messages.find((mail) => mail.id === chosen)));
}

const nothing = ({ host, port }) =>
  h(
    'div',
    { class: 'nothing' },
    h('h2', {}, t.emptyTitle),
    h('p', { class: 'quiet' }, fill(t.emptyText, { host, port })),
  );

function entry(mail) {
  const open = () => {
    chosen = mail.id;
    list.dataset.key = '';
    replace(list, 'again', () => h('ul', {}, [...messages].reverse().map(entry)));
    replace(reader, String(chosen), () => read(mail));
  };
  return h(
    'li',
    {},
    h(
      'button',
      {
        type: 'button',
        'data-focus': `mail-${mail.id}`,
        'aria-current': mail.id === chosen ? 'true' : null,
        onclick: open,
      },
      h('strong', {}, mail.subject || t.noSubject),
      h('span', {}, mail.from || mail.envelope.from || ''),
      h('span', { class: 'quiet' }, formatTime(mail.receivedAt)),
    ),
  );
}

function read(mail) {
  if (mail === undefined) return h('p', { class: 'quiet' }, t.choose);
  // Long mails scroll: without a mouse, only what has the focus does.
  const scrolling = (label) => ({ tabindex: '0', role: 'region', 'aria-label': label });
  const source = h('pre', scrolling(t.source));
  const loadSource = async () => {
    if (source.textContent === '') source.textContent = await ask('GET', `/mailbox/messages/${mail.id}/raw`);
  };
  const text = {
    name: 'text',
    label: t.text,
    panel:
      mail.text === ''
        ? h('p', { class: 'quiet' }, t.noText)
        : h('pre', { class: 'text', ...scrolling(t.text) }, mail.text),
  };
  const html = {
    name: 'html',
    label: t.html,
    panel: h('iframe', { sandbox: '', title: t.htmlFrame, src: `/pages/mail/${mail.id}` }),
  };
  const headers = {
    name: 'headers',
    label: t.headers,
    panel: h(
      'table',
      {},
      h(
        'tbody',
        {},
        mail.headers.map(({ name, value }) =>
          h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, value)),
        ),
      ),
    ),
  };
  const views = [
    text,
    ...(mail.html === null ? [] : [html]),
    headers,
    { name: 'source', label: t.source, panel: source, onshow: loadSource },
  ];
  return [
    h('h2', {}, mail.subject || t.noSubject),
    h(
      'dl',
      { class: 'facts' },
      fact(t.from, mail.from || mail.envelope.from || ''),
      fact(t.to, mail.to || mail.envelope.to.join(', ')),
      fact(t.date, formatTime(mail.receivedAt)),
      mail.attachments.length === 0
        ? null
        : fact(
            t.attachments,
            mail.attachments
              .map(({ name, type, bytes }) => `${name || type} (${formatNumber(bytes)} B)`)
              .join(', '),
          ),
    ),
    h(
      'p',
      { class: mail.encrypted ? 'state ok' : 'state maintenance' },
      mail.encrypted ? t.encrypted : t.open,
    ),
    tabs('mail', t.views, views),
  ];
}

const fact = (name, value) => h('div', {}, h('dt', {}, name), h('dd', {}, value));

import { content, formatNumber, formatTime, h, keepFresh, texts } from './page.js';

const t = texts.overview;

keepFresh((state) => {
  const { org, store, mailbox, faults } = state;
  const { records } = org;
  const struck = faults.reduce((sum, rule) => sum + rule.struck, 0);
  content.replaceChildren(
    h(
      'div',
      { class: 'cards' },
      card(texts.sides.org, org.switches.down, [
        [t.orders, formatNumber(records.Order), true],
        [t.lines, formatNumber(records.OrderItem)],
        [t.accounts, formatNumber(records.Account)],
        [t.products, formatNumber(records.Product2)],
        [t.sessions, formatNumber(org.sessions)],
        [t.calls, `${formatNumber(org.apiCalls)} / ${formatNumber(org.switches.dailyApiLimit)}`],
        [t.address, code(org.url)],
      ]),
      card(texts.sides.store, store.switches.down, [
        [t.confirmed, formatNumber(store.orders), true],
        [t.exported, formatNumber(store.exported)],
        [t.waiting, formatNumber(store.orders - store.exported)],
        [t.products, formatNumber(store.products)],
        [t.address, code(store.url)],
      ]),
      card(texts.sides.mailbox, mailbox.switches.down ? 'connection' : 'no', [
        [t.messages, formatNumber(mailbox.messages), true],
        [t.address, code(`${mailbox.host}:${mailbox.port}`)],
        ...(mailbox.securePort === null
          ? []
          : [[t.secureAddress, code(`${mailbox.host}:${mailbox.securePort}`)]]),
      ]),
      card(t.weather, null, [
        [t.faults, formatNumber(faults.length), true],
        [t.struck, formatNumber(struck)],
        [t.clock, formatTime(state.now)],
      ]),
    ),
  );
});

const code = (text) => h('code', {}, text);

function card(title, down, rows) {
  const how = down === 'no' ? 'ok' : down;
  return h(
    'section',
    { class: 'card' },
    h('h2', {}, title, how === null ? null : h('span', { class: `state ${how}` }, texts.line[how])),
    h(
      'dl',
      {},
      rows.map(([name, value, large]) =>
        h('div', { class: large ? 'large' : null }, h('dt', {}, name), h('dd', {}, value)),
      ),
    ),
  );
}

import { content, formatNumber, formatTime, h, keepFresh, replace, texts } from './page.js';

const t = texts.overview;
const cards = Array.from({ length: 4 }, () => h('section', { class: 'card' }));
content.append(h('div', { class: 'cards' }, cards));

keepFresh((state) => {
  const { org, store, mailbox, faults } = state;
  const { records } = org;
  const struck = faults.reduce((sum, rule) => sum + rule.struck, 0);
  draw(0, texts.sides.org, org.switches.down, [
    [t.orders, formatNumber(records.Order), 'large'],
    [t.lines, formatNumber(records.OrderItem)],
    [t.accounts, formatNumber(records.Account)],
    [t.products, formatNumber(records.Product2)],
    [t.sessions, formatNumber(org.sessions)],
    [t.calls, `${formatNumber(org.apiCalls)} / ${formatNumber(org.switches.dailyApiLimit)}`],
    [t.address, org.url, 'code'],
  ]);
  draw(1, texts.sides.store, store.switches.down, [
    [t.confirmed, formatNumber(store.orders), 'large'],
    [t.exported, formatNumber(store.exported)],
    [t.waiting, formatNumber(store.orders - store.exported)],
    [t.products, formatNumber(store.products)],
    [t.address, store.url, 'code'],
  ]);
  const secure = [t.secureAddress, `${mailbox.host}:${mailbox.securePort}`, 'code'];
  draw(2, texts.sides.mailbox, mailbox.switches.down ? 'connection' : 'no', [
    [t.messages, formatNumber(mailbox.messages), 'large'],
    [t.address, `${mailbox.host}:${mailbox.port}`, 'code'],
    ...(mailbox.securePort === null ? [] : [secure]),
  ]);
  draw(3, t.weather, null, [
    [t.faults, formatNumber(faults.length), 'large'],
    [t.struck, formatNumber(struck)],
    [t.clock, formatTime(state.now)],
  ]);
});

function draw(place, title, down, rows) {
  const how = down === 'no' ? 'ok' : down;
  replace(cards[place], JSON.stringify([down, rows]), () => [
    h('h2', {}, title, how === null ? null : h('span', { class: `state ${how}` }, texts.line[how])),
    h('dl', {}, rows.map(row)),
  ]);
}

const row = ([name, value, kind]) =>
  h(
    'div',
    { class: kind === 'large' ? 'large' : null },
    h('dt', {}, name),
    h('dd', {}, kind === 'code' ? h('code', {}, value) : value),
  );

import { orderChange } from './orderChange.js';
import { ownRule } from './ownRule.js';
import { act, ask, content, fill, formatTime, h, keepFresh, replace, texts } from './page.js';
import { presetsSection, presetTitle } from './presets.js';
import { storeData } from './storeData.js';

const t = texts.faults;

const active = h('div', { id: 'active' });
const lines = h('div', { class: 'lines' });
const data = storeData();
const count = h('input', { id: 'count', type: 'number', min: '1', max: '10000', value: '5' });

content.append(
  h(
    'div',
    { class: 'columns' },
    h(
      'div',
      {},
      h('section', { class: 'card' }, h('h2', {}, t.now), lines, h('h3', {}, t.actions), actions()),
      await presetsSection(),
      orderChange(),
      data.section,
      ownRule(),
    ),
    h(
      'aside',
      { class: 'card sticky', 'aria-labelledby': 'active-title' },
      h('h2', { id: 'active-title' }, t.active),
      active,
    ),
  ),
);

keepFresh((state) => {
  const { org, store, mailbox } = state;
  replace(lines, JSON.stringify([org.switches, store.switches.down, mailbox.switches.down]), () => [
    line('org', org.switches.down, ['no', 'connection', 'maintenance'], (down) =>
      ask('POST', '/org/switches', { down }),
    ),
    line('store', store.switches.down, ['no', 'connection', 'maintenance'], (down) =>
      ask('POST', '/store/switches', { down }),
    ),
    line('mailbox', mailbox.switches.down ? 'connection' : 'no', ['no', 'connection'], (down) =>
      ask('POST', '/mailbox/switches', { down: down !== 'no' }),
    ),
    choice(
      'password',
      t.password,
      org.switches.passwordFlow,
      ['allowed', 'blocked'],
      (value) => t[value],
      (passwordFlow) => ask('POST', '/org/switches', { passwordFlow }),
    ),
  ]);
  replace(active, JSON.stringify(state.faults), () => rules(state.faults));
  data.draw(store.switches);
});

function actions() {
  const confirm = () =>
    act(
      () => ask('POST', '/store/orders', { count: Number(count.value), unusual: false }),
      ({ numbers }) => fill(t.confirmed, { count: numbers.length }),
    );
  return h(
    'div',
    { class: 'actions' },
    button(t.expire, () =>
      act(
        () => ask('POST', '/org/expire-sessions'),
        ({ expired }) => fill(t.expired, { count: expired }),
      ),
    ),
    button(t.clock, () =>
      act(
        () => ask('POST', '/clock/advance', { ms: 3_600_000 }),
        ({ now }) => fill(t.clockDone, { time: formatTime(now) }),
      ),
    ),
    button(t.forget, () => act(() => ask('POST', '/store/forget-cursors'))),
    h(
      'form',
      {
        class: 'inline',
        onsubmit: (event) => {
          event.preventDefault();
          void confirm();
        },
      },
      h('label', { for: 'count' }, t.count),
      count,
      h('button', {}, t.confirm),
    ),
  );
}

function button(label, onclick) {
  return h('button', { type: 'button', onclick }, label);
}

const line = (side, current, values, set) =>
  choice(
    `line-${side}`,
    texts.line[side],
    current,
    values,
    (value) => texts.line[value === 'no' ? 'ok' : value],
    set,
  );

function choice(name, legend, current, values, label, set) {
  return h(
    'fieldset',
    { class: 'choice' },
    h('legend', {}, legend),
    h(
      'div',
      { class: 'segments' },
      values.map((value) =>
        h(
          'label',
          { class: value === values[0] ? 'good' : 'bad' },
          h('input', {
            type: 'radio',
            name,
            value,
            checked: value === current,
            'data-focus': `${name}-${value}`,
            onchange: () => act(() => set(value)),
          }),
          h('span', {}, label(value)),
        ),
      ),
    ),
  );
}

function rules(faults) {
  if (faults.length === 0) return h('p', { class: 'quiet' }, t.none);
  return [
    h('ul', { class: 'rules' }, faults.map(rule)),
    h(
      'button',
      { type: 'button', 'data-focus': 'all', onclick: () => act(() => ask('DELETE', '/faults'), t.removed) },
      t.removeAll,
    ),
  ];
}

function rule({ id, preset, fault, seen, struck }) {
  const title = preset === null ? wordsFor(fault) : presetTitle(preset);
  const remove = () => act(() => ask('DELETE', `/faults/${id}`), t.removed);
  return h(
    'li',
    {},
    h(
      'div',
      {},
      h('span', { class: 'side-name' }, texts.sides[fault.target]),
      h('strong', {}, title),
      h('span', { class: struck > 0 ? 'count struck' : 'count' }, fill(t.struck, { struck, seen })),
      ' · ',
      h('span', { class: 'quiet' }, often(fault)),
    ),
    h(
      'button',
      {
        type: 'button',
        class: 'small',
        'data-focus': id,
        'aria-label': fill(t.removeNamed, { name: title }),
        onclick: remove,
      },
      t.remove,
    ),
  );
}

function wordsFor(fault) {
  const detail = fault.status ?? fault.code ?? fault.errorCode ?? fault.path ?? fault.address ?? '';
  return `${texts.rule.kinds[fault.kind]} ${detail}`.trim();
}

function often({ times, nth, chance }) {
  if (nth !== undefined) return `${texts.rule.nth.replace('…', '')} ${nth}`;
  if (chance !== undefined) return `${Math.round(chance * 100)} %`;
  if (times === undefined) return t.timesNote.always;
  return times === 1 ? t.timesNote.once : fill(t.timesNote.count, { count: times });
}

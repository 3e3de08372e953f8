import { act, ask, fill, h, texts } from './page.js';

const t = texts.rule;

/** The fields that each kind of fault has beyond those that all have. */
const details = {
  org: {
    drop: [],
    delay: ['ms'],
    status: ['status', 'contentType', 'body'],
    truncate: [],
    refuse: ['errorCode', 'message'],
  },
  store: { drop: [], delay: ['ms'], status: ['status', 'contentType', 'body'], truncate: [] },
  mailbox: { drop: [], delay: ['ms'], refuse: ['code', 'message'] },
};
const usual = {
  ms: '30000',
  status: '503',
  contentType: 'application/json;charset=UTF-8',
  body: '',
  code: '451',
  errorCode: 'UNABLE_TO_LOCK_ROW',
  message: '',
  number: '1',
};
const numeric = new Set(['ms', 'status', 'code', 'number']);

/** A form for a rule of one's own. It shows what the chosen kind needs and nothing else. */
export function ownRule() {
  const target = select('target', Object.keys(details), (side) => texts.sides[side]);
  const kind = select('kind', [], (name) => t.kinds[name]);
  const often = select('often-own', ['always', 'times', 'nth', 'chance'], (name) => t[name]);
  const fields = h('div', { class: 'fields' });
  const inputs = new Map();
  const field = (name, input) => {
    inputs.set(name, input);
    return h(
      'div',
      { class: name === 'body' ? 'field wide' : 'field' },
      h('label', { for: `own-${name}` }, t[name]),
      input,
    );
  };
  const text = (name) => {
    const common = {
      id: `own-${name}`,
      value: inputs.get(name)?.value ?? usual[name] ?? '',
      spellcheck: 'false',
    };
    if (name === 'body') return field(name, h('textarea', { ...common, rows: '3' }));
    return field(name, h('input', { ...common, type: numeric.has(name) ? 'number' : 'text', min: '1' }));
  };

  function drawKinds() {
    const kinds = Object.keys(details[target.value]);
    kind.replaceChildren(...kinds.map((name) => h('option', { value: name }, t.kinds[name])));
    drawFields();
  }

  function drawFields() {
    const before = new Map(inputs);
    inputs.clear();
    for (const [name, input] of before) if (input.value !== '') usual[name] = input.value;
    const mail = target.value === 'mailbox';
    const phase = () =>
      field(
        'phase',
        select('own-phase', ['before', 'after'], (name) => t[name]),
      );
    const at = () =>
      field(
        'at',
        select('own-at', Object.keys(t.steps), (name) => t.steps[name]),
      );
    const where = mail
      ? [at(), text('address')]
      : [text('method'), text('path'), ...(kind.value === 'refuse' ? [] : [phase()])];
    const number = often.value === 'always' ? [] : [text('number')];
    fields.replaceChildren(...where, ...details[target.value][kind.value].map(text), ...number);
  }

  function rule() {
    const value = (name) => {
      const input = inputs.get(name);
      if (input === undefined || input.value.trim() === '') return undefined;
      return numeric.has(name) ? Number(input.value) : input.value.trim();
    };
    const number = value('number');
    const how = {
      always: {},
      times: { times: number },
      nth: { nth: number },
      chance: { chance: number / 100 },
    };
    const mail = target.value === 'mailbox';
    const where = mail ? ['at', 'address'] : ['method', 'path', 'phase'];
    const given = [...where, ...details[target.value][kind.value]].map((name) => [name, value(name)]);
    const filled = given.filter(([, one]) => one !== undefined);
    const blank = kind.value === 'refuse' ? { message: '' } : {};
    return {
      target: target.value,
      kind: kind.value,
      ...blank,
      ...Object.fromEntries(filled),
      ...how[often.value],
    };
  }

  target.addEventListener('change', drawKinds);
  kind.addEventListener('change', drawFields);
  often.addEventListener('change', drawFields);
  drawKinds();
  return h(
    'details',
    { class: 'card' },
    h('summary', {}, h('h2', {}, texts.faults.own), h('span', { class: 'quiet' }, texts.faults.ownIntro)),
    h(
      'form',
      {
        onsubmit: (event) => {
          event.preventDefault();
          const wanted = rule();
          void act(
            () => ask('POST', '/faults', wanted),
            fill(texts.faults.added, { name: t.kinds[wanted.kind] }),
          );
        },
      },
      h(
        'div',
        { class: 'fields' },
        labelled('target', t.target, target),
        labelled('kind', t.kind, kind),
        labelled('often-own', t.often, often),
      ),
      fields,
      h('button', { class: 'primary' }, texts.faults.add),
    ),
  );
}

const select = (id, values, label) =>
  h(
    'select',
    { id },
    values.map((value) => h('option', { value }, label(value))),
  );

const labelled = (id, label, input) => h('div', { class: 'field' }, h('label', { for: id }, label), input);

import { act, ask, fill, h, replace, texts } from './page.js';

const t = texts.faults;

/** What the store can have got wrong: one order at a time, or a part of its catalogue. */
export function storeData() {
  const flaw = h(
    'select',
    { id: 'flaw' },
    Object.entries(texts.flaws).map(([value, label]) => h('option', { value }, label)),
  );
  const confirm = () =>
    act(
      () => ask('POST', '/store/orders', { count: 1, flaw: flaw.value }),
      ({ numbers }) => fill(t.orderFlawDone, { number: numbers.join(', ') }),
    );
  const switches = h('div', { class: 'checks' });
  const section = h(
    'section',
    { class: 'card' },
    h('h2', {}, t.data),
    h(
      'form',
      {
        class: 'inline',
        onsubmit: (event) => {
          event.preventDefault();
          void confirm();
        },
      },
      h('label', { for: 'flaw' }, t.orderFlaw),
      flaw,
      h('button', {}, t.orderFlawAdd),
    ),
    switches,
  );
  return {
    section,
    draw({ productFlaws, repeatOrders }) {
      replace(switches, JSON.stringify([productFlaws, repeatOrders]), () => [
        check('repeat', t.repeat, repeatOrders, (on) => ask('POST', '/store/switches', { repeatOrders: on })),
        h(
          'fieldset',
          { class: 'choice' },
          h('legend', {}, t.catalogue),
          Object.entries(texts.productFlaws).map(([name, label]) =>
            check(`flaw-${name}`, label, productFlaws[name] !== undefined, (on) => {
              const { [name]: _before, ...others } = productFlaws;
              return ask('POST', '/store/switches', {
                productFlaws: on ? { ...others, [name]: 'some' } : others,
              });
            }),
          ),
        ),
      ]);
    },
  };
}

const check = (name, label, checked, set) =>
  h(
    'label',
    { class: 'check' },
    h('input', {
      type: 'checkbox',
      checked,
      'data-focus': name,
      onchange: (event) => act(() => set(event.target.checked)),
    }),
    h('span', {}, label),
  );

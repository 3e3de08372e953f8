import { act, ask, fill, h, texts } from './page.js';

const t = texts.faults;

/** What a shop does to an order that has been confirmed: it changes it, or calls it off. */
export function orderChange() {
  const number = h('input', { id: 'order-number', type: 'text', required: true, maxlength: 80, size: 12 });
  const more = async () => {
    const { order } = await ask('GET', `/store/orders/${encodeURIComponent(number.value.trim())}`);
    const [line] = order.lines;
    return ask('POST', '/store/orders/edit', {
      number: order.number,
      quantities: { [line.number]: String(Number(line.quantity) + 1) },
    });
  };
  const cancel = () => ask('POST', '/store/orders/cancel', { number: number.value.trim() });
  return h(
    'section',
    { class: 'card' },
    h('h2', {}, t.change),
    h(
      'form',
      {
        class: 'inline',
        onsubmit: (event) => {
          event.preventDefault();
          void act(more, (changed) => fill(t.changeDone, changed));
        },
      },
      h('label', { for: 'order-number' }, t.changeNumber),
      number,
      h('button', {}, t.changeMore),
      h(
        'button',
        {
          type: 'button',
          onclick: () =>
            number.form.reportValidity() && act(cancel, (changed) => fill(t.changeCancelled, changed)),
        },
        t.changeCancel,
      ),
    ),
  );
}

import { act, ask, fill, h, texts } from './page.js';

const t = texts.faults;
const sides = ['org', 'store', 'mailbox'];

export const presetTitle = (name) => texts.presets[name]?.[0] ?? name;

/** The presets of each side under a tab of its own, and how often the next one is to strike. */
export async function presetsSection() {
  const { presets } = await ask('GET', '/faults/presets');
  const often = h(
    'select',
    { id: 'often' },
    [
      ['usual', t.usual],
      ['1', t.once],
      ['3', t.three],
      ['always', t.always],
    ].map(([value, label]) => h('option', { value }, label)),
  );
  const add = (name) =>
    act(
      () => ask('POST', '/faults/presets', { name, ...choiceOf(often.value) }),
      fill(t.added, { name: presetTitle(name) }),
    );
  const card = ({ name }) => {
    const [title, text] = texts.presets[name] ?? [name, ''];
    return h(
      'li',
      {},
      h(
        'button',
        { type: 'button', class: 'preset', onclick: () => add(name) },
        h('strong', {}, title),
        h('span', {}, text),
      ),
    );
  };
  return h(
    'section',
    { class: 'card' },
    h(
      'div',
      { class: 'title-row' },
      h('h2', {}, t.presets),
      h('div', { class: 'inline' }, h('label', { for: 'often' }, t.times), often),
    ),
    tabs(
      'presets',
      t.presets,
      sides.map((side) => ({
        name: side,
        label: texts.sides[side],
        panel: h('ul', { class: 'presets' }, presets.filter((preset) => preset.target === side).map(card)),
      })),
    ),
  );
}

function choiceOf(often) {
  if (often === 'usual') return {};
  return { times: often === 'always' ? null : Number(often) };
}

/** Tabs as the ARIA Authoring Practices have them: arrows move between them, Tab leaves them. */
export function tabs(id, label, entries) {
  const show = (chosen, focus) => {
    for (const [index, { tab, frame }] of made.entries()) {
      const on = index === chosen;
      tab.setAttribute('aria-selected', String(on));
      tab.tabIndex = on ? 0 : -1;
      frame.hidden = !on;
      if (on && focus) tab.focus();
    }
    entries[chosen].onshow?.();
  };
  const made = entries.map(({ name, label: title, panel }, index) => ({
    tab: h(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `${id}-tab-${name}`,
        'aria-controls': `${id}-${name}`,
        onclick: () => show(index, false),
        onkeydown: ({ key }) => {
          const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
          if (step !== 0) show((index + step + entries.length) % entries.length, true);
        },
      },
      title,
    ),
    frame: h(
      'div',
      { role: 'tabpanel', id: `${id}-${name}`, 'aria-labelledby': `${id}-tab-${name}`, tabindex: '0' },
      panel,
    ),
  }));
  show(0, false);
  return h(
    'div',
    {},
    h(
      'div',
      { role: 'tablist', 'aria-label': label, class: 'tabs' },
      made.map(({ tab }) => tab),
    ),
    made.map(({ frame }) => frame),
  );
}

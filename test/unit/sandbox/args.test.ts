import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../../sandbox/args';
import { cliLocale, cliTexts } from '../../../sandbox/cliTexts';

describe('the command line of the sandbox', () => {
  it('has defaults for everything', () => {
    expect(parseCommandLine([])).toEqual({
      kind: 'run',
      options: {
        ports: { org: 8081, store: 8082, mailbox: 2525, control: 8083 },
        seed: 7,
        content: { products: 2000, buyers: 60, stockEverywhere: false },
        arrivals: { firstMs: 3000, everyMs: { from: 20_000, to: 40_000 } },
      },
    });
  });

  it('reads what it is told', () => {
    const argv =
      '--org-port 1 --store-port=2 --smtp-port 0 --smtps-port 5 --control-port 4 --seed 99 --orders-every off --keep x --empty';
    expect(parseCommandLine(argv.split(' '))).toEqual({
      kind: 'run',
      options: {
        ports: { org: 1, store: 2, mailbox: 0, secureMailbox: 5, control: 4 },
        seed: 99,
        content: 'empty',
        keep: 'x',
      },
    });
  });

  it.each([
    [['--org-port', '70000'], '--org-port', 'port'],
    [['--store-port', 'x'], '--store-port', 'port'],
    [['--smtp-port', ''], '--smtp-port', 'port'],
    [['--smtps-port', '-1'], '--smtps-port', 'port'],
    [['--seed', '1.5'], '--seed', 'number'],
    [['--seed'], '--seed', 'number'],
    [['--orders-every', '5 parsecs'], '--orders-every', 'interval'],
    [['--orders-every', '1ms'], '--orders-every', 'interval'],
    [['--keep'], '--keep', 'path'],
    [['--from', ' '], '--from', 'path'],
    [['--products', '-5'], '--products', 'number'],
    [['--empty', '--products', '5'], '--empty, --from, --products', 'content'],
    [['--colour', 'red'], '--colour', 'unknown'],
    [['surplus'], 'surplus', 'unknown'],
  ] as const)('refuses %j', (argv, argument, reason) => {
    const parsed = parseCommandLine(argv);
    expect(parsed).toEqual({ kind: 'wrong', argument, reason });
    if (parsed.kind !== 'wrong') return;
    for (const locale of ['es', 'en'] as const) expect(cliTexts(locale).wrong(parsed)).toContain(argument);
  });

  it('speaks the terminal’s language', () => {
    expect(cliLocale({ LANG: 'es_AR.UTF-8' })).toBe('es');
    expect(cliLocale({ LANG: 'es_AR.UTF-8', LC_ALL: 'en_US.UTF-8' })).toBe('en');
    expect(cliLocale({})).toBe('en');
  });

  it('takes what the org begins with from a size or from a file', () => {
    const content = (...argv: string[]) => {
      const parsed = parseCommandLine(argv);
      return parsed.kind === 'run' ? parsed.options.content : parsed;
    };
    expect(content('--products', '100000', '--stock-everywhere')).toEqual({
      products: 100_000,
      buyers: 60,
      stockEverywhere: true,
    });
    expect(content('--from', 'house.json')).toEqual({ file: 'house.json' });
  });
});

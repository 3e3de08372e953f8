import { performance } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { createPacer } from '../../../../main/ventasxmayor/spreadsheet/pacer';

describe('a pacer', () => {
  it('lets the event loop turn once a stretch of work is over, and not before', async () => {
    const pause = createPacer();
    let turned = false;
    setImmediate(() => {
      turned = true;
    });
    await pause();
    expect(turned).toBe(false);
    const end = performance.now() + 15;
    while (performance.now() < end);
    await pause();
    expect(turned).toBe(true);
  });

  it('ends the work when nobody waits for it', async () => {
    const abort = new AbortController();
    const pause = createPacer(abort.signal);
    await pause();
    abort.abort(new Error('closed'));
    await expect(pause()).rejects.toThrow('closed');
  });
});

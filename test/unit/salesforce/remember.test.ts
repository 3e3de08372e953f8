import { describe, expect, it } from 'vitest';
import { failed, ok, problem, type Result } from '../../../contract/problem';
import { remember } from '../../../main/salesforce/remember';

const signal = new AbortController().signal;

function setUp(answers: (count: number) => Promise<Result<number>> | Result<number>) {
  let asked = 0;
  const clock = { now: 0 };
  const kept = remember(
    async () => {
      asked += 1;
      return answers(asked);
    },
    1_000,
    () => clock.now,
  );
  return { kept, clock, asked: () => asked };
}

describe('remember', () => {
  it('asks once within its time, and again after it', async () => {
    const { kept, clock, asked } = setUp((count) => ok(count));
    await kept.get(signal);
    clock.now = 999;
    expect(await kept.get(signal)).toEqual(ok(1));
    clock.now = 1_000;
    expect(await kept.get(signal)).toEqual(ok(2));
    expect(asked()).toBe(2);
  });

  it('asks again when the clock has been set back, as nobody knows how old the answer is', async () => {
    const { kept, clock } = setUp((count) => ok(count));
    await kept.get(signal);
    clock.now = -3_600_000;
    expect(await kept.get(signal)).toEqual(ok(2));
  });

  it('does not keep a failure', async () => {
    const { kept } = setUp((count) => (count === 1 ? failed(problem('org.unreachable')) : ok(count)));
    expect((await kept.get(signal)).ok).toBe(false);
    expect(await kept.get(signal)).toEqual(ok(2));
  });

  it('does not keep an answer that was asked for before it was told to forget', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { kept } = setUp(async (count) => {
      if (count === 1) await held;
      return ok(count);
    });
    const early = kept.get(signal);
    kept.forget();
    release();
    expect(await early).toEqual(ok(1));
    expect(await kept.get(signal)).toEqual(ok(2));
  });
});

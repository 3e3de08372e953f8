import { expect, it } from 'vitest';
import { runStep } from '../../../../scripts/test/step';

const step = (program: string, env = {}) => ({ name: 'a step', args: ['-e', program], env });

it('tells whether the step passed', async () => {
  expect(await runStep(step('process.exit(process.env.ANSWER === "42" ? 0 : 1)', { ANSWER: '42' }))).toBe(
    true,
  );
  expect(await runStep(step('process.exit(1)'))).toBe(false);
});

it('takes a step that is killed for failed', async () => {
  expect(await runStep(step('process.kill(process.pid, "SIGKILL")'))).toBe(false);
});

it('ends a step that hangs', async () => {
  expect(await runStep(step('setInterval(() => undefined, 1000)'), 200)).toBe(false);
});

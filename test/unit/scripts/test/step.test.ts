import { beforeEach, expect, it } from 'vitest';
import { runStep } from '../../../../scripts/test/step';

let said: string[];

beforeEach(() => {
  said = [];
});

const run = (program: string, env: Record<string, string> = {}, limitMs = 60_000) =>
  runStep({ name: 'a step', args: ['-e', program], env }, limitMs, (line) => said.push(line));

it('tells whether the step passed, and how long it took', async () => {
  expect(await run('process.exit(process.env.ANSWER === "42" ? 0 : 1)', { ANSWER: '42' })).toBe(true);
  expect(said).toEqual(['\n── a step', expect.stringMatching(/^── a step: passed in \d+\.\d s$/)]);
  expect(await run('process.exit(1)')).toBe(false);
});

it('takes a step that is killed for failed', async () => {
  expect(await run('process.kill(process.pid, "SIGKILL")')).toBe(false);
  expect(said.at(-1)).toContain('FAILED (SIGKILL)');
});

it('ends a step that hangs', async () => {
  expect(await run('setInterval(() => undefined, 1000)', {}, 200)).toBe(false);
});

import { expect, it, vi } from 'vitest';
import { startServer } from '../../sandbox/http/server';

it('answers 500 when the sandbox itself fails, also after a body was read', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => {});
  const server = await startServer({
    port: 0,
    maxBody: 1000,
    tooLarge: { status: 413 },
    handler: () => {
      throw new Error('a mistake of ours');
    },
  });
  const answer = await fetch(server.url, { method: 'POST', body: 'text' });
  expect(answer.status).toBe(500);
  expect(told).toHaveBeenCalledWith('sandbox: a request failed', expect.any(Error));
  await server.stop();
  told.mockRestore();
});

import { readFileSync } from 'node:fs';
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { requestSchema, type SentRequest } from './protocol';

const jobSchema = z.object({ id: z.string() });
const grantSchema = z.object({ access_token: z.string() });

/**
 * The floor: the very requests of a run again, by bare HTTP, their answers thrown away as they come. What waited for an
 * answer waits for it here too; what went side by side does so as well. Answers its seconds.
 */
export async function repeatRequests(file: string): Promise<number> {
  const requests = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => requestSchema.parse(JSON.parse(line)));
  const agent = new Agent({ keepAlive: true });
  let token: string | null = null;
  async function send(sent: SentRequest): Promise<Answer> {
    const isOrgs = !isStores(sent) && sent.headers['authorization'] !== undefined;
    const headers = isOrgs && token !== null ? { authorization: `Bearer ${token}` } : {};
    const answer = await fetchBytes({ ...sent, headers: { ...sent.headers, ...headers } }, agent);
    if (isSignIn(sent)) token = grantSchema.parse(JSON.parse(answer.head)).access_token;
    return answer;
  }
  const sendInTurn = async (some: readonly SentRequest[]): Promise<void> => {
    for (const sent of some) await send(sent);
  };
  const writes = requests.filter(isWrite);
  const reads = requests.filter((sent) => !isWrite(sent));
  const firstOfCatalogue = reads.findIndex(isCatalogue);
  // What is asked before both sides are read.
  const questions = reads.slice(0, firstOfCatalogue).filter((sent) => chainOf(sent) === null);
  // What is asked beside the store's first pages: how much there is, before any of it is asked for.
  const measures = reads.slice(firstOfCatalogue).filter((sent) => chainOf(sent) === null);

  const started = performance.now();
  await Promise.all([
    ...questions.filter(isStores).map(send),
    // Of the org, each with the answer to the last in hand.
    sendInTurn(questions.filter((sent) => !isStores(sent))),
  ]);
  const measured = Promise.all(measures.map(send));
  await Promise.all([
    measured,
    ...chainsOf(reads).map(async (chain) => {
      if (!chain.some(isCatalogue)) await measured;
      if (chain.some(isJob)) await repeatJob(chain, send);
      else await sendInTurn(chain);
    }),
  ]);
  let next = 0;
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (;;) {
        const sent = writes[next++];
        if (sent === undefined) return;
        await send(sent);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  return seconds;
}

const isStores = ({ url }: SentRequest) => url.includes('/v1/');
const isWrite = ({ url }: SentRequest) => url.endsWith('/v1/products/batch');
const isCatalogue = ({ url }: SentRequest) => url.includes('/v1/products?');
const isSignIn = ({ url }: SentRequest) => url.endsWith('/oauth2/token');
const isJob = ({ url }: SentRequest) => url.includes('/jobs/query');

/** Requests that follow one another: the pages of the store, of a query, of a job. Null for single questions. */
function chainOf({ method, url }: SentRequest): string | null {
  if (url.includes('/v1/products?')) return 'store';
  if (method === 'POST' && url.endsWith('/jobs/query')) return 'job';
  const job = /\/jobs\/query\/(\w+)/.exec(url)?.[1];
  if (job !== undefined) return job;
  return /\/query(?:All)?\/(\w+)-/.exec(url)?.[1] ?? (url.includes('/query') ? url : null);
}

/** Jobs are made by a request of their own: it joins the job that was made by it, in the order of making. */
function chainsOf(reads: readonly SentRequest[]): SentRequest[][] {
  const chains = new Map<string, SentRequest[]>();
  const made: SentRequest[] = [];
  for (const sent of reads) {
    const key = chainOf(sent);
    if (key === null) continue;
    if (key === 'job') made.push(sent);
    else chains.set(key, [...(chains.get(key) ?? []), sent]);
  }
  const jobs = [...chains].filter(([, chain]) => chain.some(isJob));
  for (const [index, [key, chain]] of jobs.entries()) {
    const maker = made[index];
    if (maker !== undefined) chains.set(key, [maker, ...chain]);
  }
  return [...chains.values()];
}

/** A job has a new name each time it is made, and is asked for until it is done. */
async function repeatJob(
  chain: readonly SentRequest[],
  send: (sent: SentRequest) => Promise<Answer>,
): Promise<void> {
  const [maker, ...others] = chain;
  if (maker === undefined) return;
  const { id } = jobSchema.parse(JSON.parse((await send(maker)).head));
  const renamed = others.map((sent) => ({
    ...sent,
    url: sent.url.replace(/\/jobs\/query\/\w+/, `/jobs/query/${id}`),
  }));
  const look = renamed.find(({ url }) => !url.includes('/results'));
  if (look !== undefined) while (!(await send(look)).head.includes('"JobComplete"')) await sleep(20);
  for (const page of renamed.filter(({ url }) => url.includes('/results'))) await send(page);
}

interface Answer {
  headers: IncomingHttpHeaders;
  /** The beginning of the body, of answers that are not packed. */
  head: string;
}

function fetchBytes({ method, url, headers, body }: SentRequest, agent: Agent): Promise<Answer> {
  const packed =
    url.includes('/results') || url.includes('/query') ? { 'accept-encoding': 'gzip, deflate' } : {};
  const sent = { method, url, headers, body };
  const plain = isSignIn(sent) || (isJob(sent) && !url.includes('/results'));
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      url,
      { method, agent, headers: { ...headers, ...(plain ? {} : packed) } },
      (answer) => {
        let head = '';
        answer.on('data', (piece: Buffer) => {
          if (plain && head.length < 4_000) head += piece.toString('utf8');
        });
        answer.on('end', () => {
          // A session that has expired answers so at first, here as in the run.
          if (answer.statusCode !== undefined && (answer.statusCode < 300 || answer.statusCode === 401))
            resolve({ headers: answer.headers, head });
          else reject(new Error(`${method} ${url}: HTTP ${answer.statusCode}`));
        });
        answer.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body ?? undefined);
  });
}

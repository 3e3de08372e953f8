import type { Fetch } from '../../main/net/exchange';

type Json = Record<string, unknown>;

/** What happens to the calls whose address matches: the address, what is sent, or what is answered becomes another. */
export interface Tampering {
  path: RegExp;
  address?: (url: URL) => void;
  headers?: Record<string, string>;
  /** Gets what was sent, answers what is sent instead. */
  body?: (sent: Json) => Json;
  /** Gets the answer and what the caller sent, answers what the caller gets; null lets the answer be. */
  answer?: (got: Json, sent: Json) => Json | string | null;
}

export interface TamperedFetch {
  fetch: Fetch;
  tamper(rule: Tampering): void;
  /** Calls go through untouched again. */
  stop(): void;
}

/** The real `fetch`, with somebody on the line: for answers that no fault of the sandbox gives. */
export function createTamperedFetch(): TamperedFetch {
  let rules: Tampering[] = [];
  return {
    tamper: (rule) => void rules.push(rule),
    stop: () => {
      rules = [];
    },
    async fetch(input, init) {
      const url = new URL(String(input));
      const headers = new Headers(init?.headers);
      const sent = jsonOf(typeof init?.body === 'string' ? init.body : '');
      const meant = rules.filter(({ path }) => path.test(url.pathname));
      let body = sent;
      for (const rule of meant) {
        rule.address?.(url);
        for (const [name, value] of Object.entries(rule.headers ?? {})) headers.set(name, value);
        body = rule.body?.(body) ?? body;
      }
      const response = await fetch(url, {
        ...init,
        headers,
        ...(init?.body == null ? {} : { body: body === sent ? init.body : JSON.stringify(body) }),
      });
      const changing = meant.flatMap(({ answer }) => (answer === undefined ? [] : [answer]));
      if (changing.length === 0) return response;
      let text = await response.text();
      for (const answer of changing) {
        const changed = answer(jsonOf(text), sent);
        if (changed !== null) text = typeof changed === 'string' ? changed : JSON.stringify(changed);
      }
      const { status } = response;
      return new Response(text, { status, headers: { 'content-type': 'application/json' } });
    },
  };
}

function jsonOf(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

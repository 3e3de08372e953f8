import type { Fetch } from '../../main/net/exchange';

export interface Sent {
  method: string;
  /** Path and query. */
  path: string;
  url: string;
  authorization: string | null;
  body: string;
}

export interface ScriptedFetch {
  fetch: Fetch;
  sent: Sent[];
}

/** A `fetch` that answers as the test says, without a network; what it throws, the caller gets. */
export function scriptFetch(
  answer: (sent: Sent, index: number) => Response | Promise<Response>,
): ScriptedFetch {
  const sent: Sent[] = [];
  return {
    sent,
    fetch: async (input, init) => {
      const url = new URL(String(input));
      const headers = new Headers(init?.headers);
      const one = {
        method: init?.method ?? 'GET',
        path: `${url.pathname}${url.search}`,
        url: url.href,
        authorization: headers.get('authorization'),
        body: typeof init?.body === 'string' ? init.body : '',
      };
      sent.push(one);
      return answer(one, sent.length - 1);
    },
  };
}

export const jsonResponse = (
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): Response =>
  new Response(status === 204 ? null : JSON.stringify(value), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });

/** What `getUserInfo` answers by SOAP, as far as anybody here asks. */
export function soapResponse(info: Readonly<Record<string, string>>): Response {
  const result = Object.entries(info).map(([name, value]) => `<${name}>${value}</${name}>`);
  return new Response(
    `<Envelope><Body><getUserInfoResponse><result>${result.join('')}</result></getUserInfoResponse></Body></Envelope>`,
    { status: 200, headers: { 'content-type': 'text/xml' } },
  );
}

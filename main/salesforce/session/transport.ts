import { PassThrough } from 'node:stream';
import type { HttpRequest } from '@jsforce/jsforce-node';
import { Transport } from '@jsforce/jsforce-node/lib/transport.js';
import { type Exchange, type ExchangeLimits, exchange } from '../../net/exchange';

/** What a call's transport may do, and where it may go. */
export interface TransportGuard extends ExchangeLimits {
  /** Requests to any other origin are refused, so that a token never leaves for one. */
  origin: string;
}

/**
 * jsforce's transport for one call. jsforce's own follows redirects with the token in the header, repeats
 * GETs for 15 s, times out after 30 minutes, does not watch the body and reads a proxy from the
 * environment without heeding NO_PROXY (research/salesforce.md 1.3, 4). This one does a single guarded
 * exchange and keeps its outcome, because jsforce's errors drop the status and the headers.
 */
export class GuardedTransport extends Transport {
  /** Null until the exchange has ended. */
  outcome: Exchange | null = null;

  constructor(private readonly guard: TransportGuard) {
    super();
  }

  override getRequestStreamCreator() {
    return (request: HttpRequest) => {
      const stream = new PassThrough();
      this.send(request).then(
        (outcome) => {
          this.outcome = outcome;
          if (!outcome.ok) stream.emit('error', new Error(outcome.failure.kind));
          else {
            const { status, headers, body } = outcome.answer;
            stream.emit('complete', { statusCode: status, headers, body });
          }
          stream.end();
        },
        (error) => stream.emit('error', error),
      );
      return stream;
    };
  }

  private async send(request: HttpRequest): Promise<Exchange> {
    const url = new URL(request.url);
    if (url.origin !== this.guard.origin)
      return { ok: false, failure: { kind: 'redirect', status: 0, host: url.host } };
    // fetch counts the bytes itself; a length set beside it is refused by some versions.
    const { 'content-length': _length, ...headers } = request.headers ?? {};
    return exchange(
      {
        method: request.method,
        url: url.href,
        headers: { accept: 'application/json', ...headers },
        ...(typeof request.body === 'string' ? { body: request.body } : {}),
      },
      this.guard,
    );
  }
}

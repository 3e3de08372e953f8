import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import type { Exchange } from '../../net/exchange';

/** The few calls that only the SOAP API has (SOAP API guide, "Core Calls"). */
export type SoapOperation = 'getUserInfo';

/** What a SOAP call came to: its result, or the org's no. */
export type SoapAnswer = { kind: 'result'; result: unknown } | { kind: 'fault'; code: string };

const envelope = 'http://schemas.xmlsoap.org/soap/envelope/';
const partner = 'urn:partner.soap.sforce.com';

/** The request of a call without arguments; the session's id goes in its header. */
export const soapRequest = (operation: SoapOperation, sessionId: string): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<soapenv:Envelope xmlns:soapenv="${envelope}" xmlns="${partner}">`,
    `<soapenv:Header><SessionHeader><sessionId>${escaped(sessionId)}</sessionId></SessionHeader></soapenv:Header>`,
    `<soapenv:Body><${operation}/></soapenv:Body></soapenv:Envelope>`,
  ].join('');

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

const parser = new XMLParser({ removeNSPrefix: true, parseTagValue: false, ignoreDeclaration: true });
const faultSchema = z.object({
  Envelope: z.object({ Body: z.object({ Fault: z.object({ faultcode: z.string() }) }) }),
});

/** Reads a body; null for what is no answer to this operation: a proxy's page, say. */
export function readSoap(body: string, operation: SoapOperation): SoapAnswer | null {
  let document: unknown;
  try {
    document = parser.parse(body, true);
  } catch {
    return null;
  }
  const fault = faultSchema.safeParse(document);
  if (fault.success)
    return { kind: 'fault', code: fault.data.Envelope.Body.Fault.faultcode.replace(/^\w+:/, '') };
  const answer = z
    .object({
      Envelope: z.object({ Body: z.object({ [`${operation}Response`]: z.object({ result: z.unknown() }) }) }),
    })
    .safeParse(document);
  if (!answer.success) return null;
  return { kind: 'result', result: answer.data.Envelope.Body[`${operation}Response`]?.result };
}

/**
 * An expired session is a fault here, sent as HTTP 500 (SOAP API guide, "Exception Codes"): told as the 401 that it is
 * everywhere else.
 */
export function withExpiryAsStatus(outcome: Exchange, operation: SoapOperation): Exchange {
  if (!outcome.ok || outcome.answer.status !== 500) return outcome;
  const read = readSoap(outcome.answer.body, operation);
  return read?.kind === 'fault' && read.code === 'INVALID_SESSION_ID'
    ? { ok: true, answer: { ...outcome.answer, status: 401 } }
    : outcome;
}

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Reply } from '../../http/message';
import { parseXml, writeXml, type XmlNode } from '../metadata/xml';

/** A SOAP request: who asks, for what, with which arguments. */
export interface SoapCall {
  sessionId: string | null;
  operation: string;
  arguments: Readonly<Record<string, unknown>>;
}

const headerSchema = z.object({ SessionHeader: z.object({ sessionId: z.coerce.string() }).optional() });
const envelopeSchema = z.object({
  Envelope: z.object({
    Header: headerSchema.or(z.literal('')).optional(),
    Body: z.record(z.string(), z.unknown()),
  }),
});

/** `null` for what is no SOAP request. */
export function readEnvelope(text: string): SoapCall | null {
  try {
    const parsed = envelopeSchema.safeParse(parseXml(text));
    if (!parsed.success) return null;
    const { Header, Body } = parsed.data.Envelope;
    const [operation, content] = Object.entries(Body).find(([name]) => !name.startsWith('@')) ?? [];
    if (operation === undefined) return null;
    const values = z.record(z.string(), z.unknown()).safeParse(content);
    const session = typeof Header === 'object' ? Header.SessionHeader : undefined;
    return {
      sessionId: session?.sessionId ?? null,
      operation,
      arguments: values.success ? values.data : {},
    };
  } catch {
    return null;
  }
}

const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
const instance = 'http://www.w3.org/2001/XMLSchema-instance';

/** The answer of an operation: one `result`, several, or none; before it what the header tells of limits. */
export function answer(
  namespace: string,
  operation: string,
  result: XmlNode | readonly XmlNode[],
  header: XmlNode = undefined,
): Reply {
  const body = writeXml('soapenv:Body', { [`${operation}Response`]: { result } });
  return envelope(200, ` xmlns="${namespace}"`, writeXml('soapenv:Header', header) + body);
}

export interface Fault {
  code: string;
  message: string;
  /** The type that tells the fault's details, where the API has any: the Metadata API has none. */
  type?: 'LoginFault' | 'UnexpectedErrorFault' | 'ApiFault';
}

/** A refusal as Salesforce words it: the code, a sentence that begins with it, and the same again in the details. */
export function fault(namespace: string, { code, message, type }: Fault): Reply {
  const detail = type && {
    [`sf:${type}`]: {
      '@xsi:type': `sf:${type}`,
      'sf:exceptionCode': code,
      'sf:exceptionMessage': message,
    },
  };
  const body = writeXml('soapenv:Fault', {
    // Recorded answers to a wrong password have no prefix here, all others do.
    faultcode: type === 'LoginFault' ? code : `sf:${code}`,
    faultstring: `${code}: ${message}`,
    detail,
  });
  return envelope(500, ` xmlns:sf="${namespace}"`, `<soapenv:Body>${body}</soapenv:Body>`);
}

/** The fault for a session that is none, or none any more. */
export function sessionFault(sessionId: string | null): Fault {
  const known = /^00D\w{12}!/.test(sessionId ?? '');
  const why = known
    ? `. Session not found, missing session hash: ${hash(sessionId ?? '')}\nThis error usually occurs after a session expires or a user logs out. Decoder: DataInDbSessionKeyDecoder`
    : '';
  return {
    code: 'INVALID_SESSION_ID',
    message: `Invalid Session ID found in SessionHeader: Illegal Session${why}`,
  };
}

function envelope(status: number, namespace: string, content: string): Reply {
  const xsi = / xsi:/.test(content) || namespace.includes('urn:') ? ` xmlns:xsi="${instance}"` : '';
  return {
    status,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="${soap}"${namespace}${xsi}>${content}</soapenv:Envelope>`,
  };
}

const hash = (text: string): string => createHash('sha256').update(text).digest('base64');

import { z } from 'zod';
import type { Reply } from '../../http/message';
import { buildXml, parseXml, type XmlNode } from '../metadata/xml';

/** A SOAP request: who asks, for what, with which arguments. */
export interface SoapCall {
  sessionId: string | null;
  operation: string;
  arguments: Readonly<Record<string, unknown>>;
}

const envelopeSchema = z.object({
  Envelope: z.object({
    Header: z
      .object({ SessionHeader: z.object({ sessionId: z.coerce.string() }).optional() })
      .or(z.literal(''))
      .optional(),
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

/** The answer of an operation: one `result`, several, or none. */
export const answer = (
  namespace: string,
  operation: string,
  result: XmlNode | readonly XmlNode[] | undefined,
): Reply =>
  envelope(200, {
    [`${operation}Response`]: { '@xmlns': namespace, ...(result === undefined ? {} : { result }) },
  });

/** A refusal as Salesforce words it: `sf:INVALID_SESSION_ID` and a sentence that begins with the code. */
export function fault(prefix: string, namespace: string, code: string, message: string): Reply {
  return envelope(500, {
    'soapenv:Fault': {
      faultcode: `${prefix}:${code}`,
      faultstring: `${code}: ${message}`,
      detail: {
        [`${prefix}:UnexpectedErrorFault`]: {
          [`@xmlns:${prefix}`]: namespace,
          [`${prefix}:exceptionCode`]: code,
          [`${prefix}:exceptionMessage`]: message,
        },
      },
    },
  });
}

function envelope(status: number, body: XmlNode): Reply {
  const document: XmlNode = {
    'soapenv:Envelope': { '@xmlns:soapenv': soap, '@xmlns:xsi': instance, 'soapenv:Body': body },
  };
  return {
    status,
    headers: { 'content-type': 'text/xml;charset=UTF-8' },
    body: `<?xml version="1.0" encoding="UTF-8"?>${buildXml(document)}`,
  };
}

/** JSON-like values as XML; what is not there leaves no element behind. */
export function toXml(value: unknown): XmlNode {
  if (typeof value !== 'object' || value === null) return String(value ?? '');
  const node: Record<string, XmlNode | XmlNode[]> = {};
  for (const [name, entry] of Object.entries(value)) {
    if (entry === undefined || entry === null) continue;
    node[name] = Array.isArray(entry) ? entry.map(toXml) : toXml(entry);
  }
  return node;
}

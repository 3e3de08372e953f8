import { type AddressObject, simpleParser } from 'mailparser';
import { z } from 'zod';

/** A message as it arrived. */
export const receivedMailSchema = z.object({
  id: z.number(),
  receivedAt: z.string(),
  envelope: z.object({ from: z.string().nullable(), to: z.array(z.string()) }),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  /** The day and time that the sender wrote on it. */
  date: z.string().nullable(),
  text: z.string(),
  html: z.string().nullable(),
  /** As they came, in their order. */
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  attachments: z.array(z.object({ name: z.string(), type: z.string(), bytes: z.number() })),
  bytes: z.number(),
  /** Whether the connection was encrypted, and who had signed in. */
  encrypted: z.boolean(),
  user: z.string().nullable(),
});
export type ReceivedMail = z.infer<typeof receivedMailSchema>;

type Circumstances = Pick<ReceivedMail, 'receivedAt' | 'envelope' | 'encrypted' | 'user'>;

/** Reads a message; what cannot be read in it is left out, never the message. */
export async function readMail(raw: Buffer, circumstances: Circumstances): Promise<Omit<ReceivedMail, 'id'>> {
  const mail = await simpleParser(raw, { skipImageLinks: true });
  return {
    ...circumstances,
    from: mail.from?.text ?? '',
    to: addressText(mail.to),
    subject: mail.subject ?? '',
    date: mail.date === undefined || Number.isNaN(mail.date.getTime()) ? null : mail.date.toISOString(),
    text: mail.text ?? '',
    html: mail.html || null,
    headers: mail.headerLines.map(({ line }) => {
      const colon = line.indexOf(':');
      return { name: line.slice(0, colon), value: line.slice(colon + 1).trim() };
    }),
    attachments: mail.attachments.map((file) => ({
      name: file.filename ?? '',
      type: file.contentType,
      bytes: file.size,
    })),
    bytes: raw.length,
  };
}

function addressText(address: AddressObject | AddressObject[] | undefined): string {
  const list = address === undefined ? [] : Array.isArray(address) ? address : [address];
  return list.map((entry) => entry.text).join(', ');
}

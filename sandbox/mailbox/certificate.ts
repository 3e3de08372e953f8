import { generate } from 'selfsigned';

export interface Certificate {
  key: string;
  /** The server's own certificate, for 127.0.0.1 and localhost. */
  cert: string;
  /** Who signed it: a client that trusts this one trusts the mailbox. */
  ca: string;
}

/** A certificate for this computer under an authority of its own, both made anew. */
export async function makeCertificate(): Promise<Certificate> {
  const curve = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const;
  const authority = await generate([{ name: 'commonName', value: 'Puente Sandbox CA' }], {
    ...curve,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const own = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...curve,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { key: own.private, cert: own.cert, ca: authority.cert };
}

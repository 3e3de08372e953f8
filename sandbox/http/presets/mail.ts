import type { FaultInput } from '../fault';
import type { Preset } from './preset';

type Step = Extract<FaultInput, { target: 'mailbox' }>['at'];

const refusing = (at: Step, code: number, message: string, times: number | null = null): Preset => ({
  target: 'mailbox',
  times,
  rule: () => ({ target: 'mailbox', at, kind: 'refuse', code, message }),
});

/** What mail servers say no with: codes of RFC 5321 4.2.3, with the enhanced ones of RFC 3463. */
export const mailPresets: Readonly<Record<string, Preset>> = {
  'mail-refused': {
    target: 'mailbox',
    times: null,
    rule: () => ({ target: 'mailbox', at: 'connect', kind: 'drop' }),
  },
  'mail-421': refusing('connect', 421, '4.3.2 Service not available, closing transmission channel'),
  'mail-535': refusing('auth', 535, '5.7.8 Authentication credentials invalid'),
  'mail-550': refusing('recipient', 550, '5.1.1 The email account that you tried to reach does not exist'),
  'mail-greylist': refusing('recipient', 451, '4.7.1 Greylisting in action, please come back later', 1),
  'mail-452': refusing('recipient', 452, '4.2.2 Mailbox full'),
  'mail-552': refusing('data', 552, '5.3.4 Message size exceeds fixed limit'),
  'mail-drop': {
    target: 'mailbox',
    times: 1,
    rule: () => ({ target: 'mailbox', at: 'data', kind: 'drop' }),
  },
  'mail-lost': {
    target: 'mailbox',
    times: 1,
    rule: () => ({ target: 'mailbox', at: 'received', kind: 'drop' }),
  },
  'mail-slow': {
    target: 'mailbox',
    times: 1,
    ms: 60_000,
    rule: ({ ms }) => ({ target: 'mailbox', at: 'data', kind: 'delay', ms }),
  },
};

import type { TFunction } from 'i18next';
import { updateParts } from '../../contract/catalogRules';
import type { LogEntry } from '../../contract/status';

/** What an entry tells, as one sentence; `order` is what its order is called. */
export function logSentence(
  t: TFunction,
  { event, params }: Pick<LogEntry, 'event' | 'params'>,
  order: string,
): string {
  // Entries from before there was a choice have no part.
  const part = updateParts.find((one) => one === params['part']) ?? 'both';
  const sentence = t(`log.event.${event}`, { ...params, order, what: t(`catalog.what.${part}`) });
  const unreadable = Number(params['unreadable'] ?? 0);
  return unreadable === 0 ? sentence : `${sentence}; ${t('log.unreadable', { count: unreadable })}`;
}

import { useTranslation } from 'react-i18next';
import type { ExportStatus, HoldReason } from '../../contract/export';

type Waiting = Extract<ExportStatus, { state: 'held' | 'dismissed' }>;

/** Why an order is held or dismissed: a person's words, or the rule's sentence. */
export function useReasonText(): (status: Waiting) => string {
  const { t } = useTranslation();
  return (status) =>
    status.state === 'held' && status.rule !== null
      ? String(
          t(
            `${isAfterwards(status.rule) ? 'orders.hold' : 'rules.holdReason'}.${status.rule.code}`,
            status.rule.params,
          ),
        )
      : status.reason;
}

/** Held for what happened to the order, not for what it says. */
const isAfterwards = ({ code }: HoldReason): boolean => code === 'undone' || code === 'cancelledInStore';

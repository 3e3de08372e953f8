import { useTranslation } from 'react-i18next';
import { decimalSchema } from '../../contract/decimal';
import type { ExportStatus, HoldReason } from '../../contract/export';
import { useFormat } from '../ui/useFormat';

type Waiting = Extract<ExportStatus, { state: 'held' | 'dismissed' }>;

/** Why an order is held or dismissed: a person's words, or the rule's sentence. */
export function useReasonText(): (status: Waiting) => string {
  const { t } = useTranslation();
  const format = useFormat();

  /** Amounts as people read them. */
  function asRead(params: HoldReason['params']): HoldReason['params'] {
    const { currency } = params;
    if (typeof currency !== 'string') return params;
    return Object.fromEntries(
      Object.entries(params).map(([name, value]) => {
        const amount = decimalSchema.safeParse(value);
        return [name, amount.success ? format.amount(amount.data, currency) : value];
      }),
    );
  }

  return (status) =>
    status.state === 'held' && status.rule !== null
      ? String(
          t(
            `${isAfterwards(status.rule) ? 'orders.hold' : 'rules.holdReason'}.${status.rule.code}`,
            asRead(status.rule.params),
          ),
        )
      : status.reason;
}

/** Held for what happened to the order, not for what it says. */
const isAfterwards = ({ code }: HoldReason): boolean => code === 'undone' || code === 'cancelledInStore';

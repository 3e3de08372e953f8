import { ActionIcon, Button, CopyButton, Group, Tooltip } from '@mantine/core';
import { Check, Copy, ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { OrderDetail } from '../../contract/export';
import { call } from '../bridge/bridge';
import { useAnswer } from '../ui/useAnswer';
import { useAfterExport } from './useAfterExport';
import { useOrderActions } from './useOrderActions';

/** What can be done to this order now. */
export function OrderActionsBar({ detail }: { detail: OrderDetail }) {
  const { t } = useTranslation();
  const answer = useAnswer();
  const actions = useOrderActions();
  const { undo } = useAfterExport();
  const { id, status } = detail;
  return (
    <Group gap="xs">
      {detail.actions.map((action) => (
        <Button
          key={action}
          size="xs"
          variant={action === 'sendNow' ? 'filled' : 'default'}
          onClick={() => (action === 'undo' ? undo(detail) : void actions[action]([id]))}
        >
          {t(
            action === 'sendNow' && status.state === 'failed'
              ? 'orders.action.retry'
              : `orders.action.${action}`,
          )}
        </Button>
      ))}
      {status.state === 'exported' && (
        <Button
          size="xs"
          variant="default"
          rightSection={<ExternalLink size={14} aria-hidden />}
          onClick={() => void answer(call('orders.openInOrg', { id }))}
        >
          {t('orders.action.openInOrg')}
        </Button>
      )}
      {detail.exportKey !== null && (
        <CopyButton value={detail.exportKey}>
          {({ copied, copy }) => (
            <Tooltip
              label={copied ? t('common.copied') : t('orders.detail.copyKey', { key: detail.exportKey })}
            >
              <ActionIcon
                variant="default"
                size={30}
                onClick={copy}
                aria-label={t('orders.detail.copyKeyLabel')}
              >
                {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      )}
    </Group>
  );
}

import { Button, CloseButton, Group, Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useOrderActions } from './useOrderActions';

/** What can be done to the marked orders, all at once; what is not possible for one leaves it alone. */
export function BulkBar({ ids, onClear }: { ids: number[]; onClear: () => void }) {
  const { t } = useTranslation();
  const actions = useOrderActions();
  return (
    <Paper withBorder p="xs" radius="md" role="toolbar" aria-label={t('orders.bulk')}>
      <Group gap="xs">
        <CloseButton size="sm" aria-label={t('orders.clearSelection')} onClick={onClear} />
        <Text size="sm" fw={600} mr="sm">
          {t('orders.selected', { count: ids.length })}
        </Text>
        {(['sendNow', 'hold', 'release', 'dismiss', 'restore'] as const).map((action) => (
          <Button
            key={action}
            size="xs"
            variant={action === 'sendNow' ? 'filled' : 'default'}
            onClick={() => void actions[action](ids)}
          >
            {t(`orders.action.${action}`)}
          </Button>
        ))}
      </Group>
    </Paper>
  );
}

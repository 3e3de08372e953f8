import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ExportState } from '../../contract/export';
import { stateLooks } from './orderStates';

export function StateBadge({ state }: { state: ExportState }) {
  const { t } = useTranslation();
  const { icon: Icon, color } = stateLooks[state];
  return (
    <Badge
      variant="light"
      color={color}
      leftSection={<Icon size={13} aria-hidden />}
      tt="none"
      fw={600}
      size="md"
      maw="100%"
    >
      {t(`orders.state.${state}`)}
    </Badge>
  );
}

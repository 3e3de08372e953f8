import { Badge, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RunRow } from '../../contract/catalog';
import { useFormat } from '../ui/useFormat';

/** The prices of further lists before and after, told when they are pointed at; nothing where none changes. */
export function Lists({ lists, size }: { lists: RunRow['lists']; size: 'xs' | 'sm' }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (lists.length === 0) return null;
  const lines = lists.map((one) =>
    t('catalog.listChange', {
      list: one.list,
      old: one.old === null ? t('catalog.blank') : format.price(one.old),
      new: format.price(one.new),
    }),
  );
  return (
    <Tooltip label={lines.join('\n')} multiline style={{ whiteSpace: 'pre-line' }}>
      <Badge size={size} variant="default" tt="none">
        {t('catalog.lists', { count: lists.length })}
      </Badge>
    </Tooltip>
  );
}

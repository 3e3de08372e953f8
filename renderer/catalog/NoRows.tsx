import { Center, Loader } from '@mantine/core';
import { SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../contract/problem';
import { EmptyNote } from '../ui/EmptyNote';

export interface NoRowsProps {
  rows: { total: number | null; problem: Problem | null };
  /** What is being waited for. */
  label?: string;
}

/** What stands below the head of a list of products without rows; a problem is told above the list. */
export function NoRows({ rows, label }: NoRowsProps) {
  const { t } = useTranslation();
  if (rows.total === 0)
    return <EmptyNote icon={SearchX} title={t('catalog.rows.none')} text={t('catalog.rows.noneText')} />;
  if (rows.total !== null || rows.problem !== null) return null;
  return (
    <Center flex={1}>
      <Loader size="sm" aria-label={label} />
    </Center>
  );
}

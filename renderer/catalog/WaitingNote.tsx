import { Alert } from '@mantine/core';
import { CloudOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Waiting } from '../../contract/catalog';
import { useFormat } from '../ui/useFormat';
import { useNow } from '../ui/useNow';
import { useProblemText } from '../ui/useProblem';

/** Trouble that passes by itself, and when the next try is. */
export function WaitingNote({ waiting: { problem, nextTryAt } }: { waiting: Waiting }) {
  const { t } = useTranslation();
  const format = useFormat();
  const problemText = useProblemText();
  const now = useNow(1_000, true);
  return (
    <Alert color="orange" variant="light" icon={<CloudOff size={18} aria-hidden />} role="status">
      {problemText(problem).title}.{' '}
      {t('catalog.progress.nextTry', { when: format.relative(Math.max(now, nextTryAt), now) })}
    </Alert>
  );
}

import { Button, Group, Text } from '@mantine/core';
import { CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStatusState } from '../app/statusState';
import { EmptyNote } from '../ui/EmptyNote';
import type { ImportStep } from './useImport';

export interface DoneStepProps {
  step: Extract<ImportStep, { name: 'done' }>;
  onDone: () => void;
  onRestart: () => void;
}

/** What came of it, and where the orders are now. */
export function DoneStep({ step, onDone, onRestart }: DoneStepProps) {
  const { t } = useTranslation();
  const automatic = useStatusState((state) => state.status?.automatic);
  const { imported, leftOut, alreadyKnown } = step.result;
  return (
    <output style={{ flex: 1, minHeight: 0 }}>
      <EmptyNote
        icon={CircleCheck}
        title={t('import.done.imported', { count: imported })}
        text={t(automatic?.on === false ? 'import.done.waiting' : 'import.done.automatic')}
      >
        {alreadyKnown > 0 && (
          <Text size="sm" c="dimmed">
            {t('import.done.alreadyKnown', { count: alreadyKnown })}
          </Text>
        )}
        {leftOut > 0 && (
          <Text size="sm" c="dimmed">
            {t('import.done.leftOut', { count: leftOut })}
          </Text>
        )}
        <Group mt="sm" gap="xs">
          <Button onClick={onDone}>{t('import.done.showOrders')}</Button>
          <Button variant="default" onClick={onRestart}>
            {t('import.done.another')}
          </Button>
        </Group>
      </EmptyNote>
    </output>
  );
}

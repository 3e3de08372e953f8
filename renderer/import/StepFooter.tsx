import { Button, Group } from '@mantine/core';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportState } from './useImport';

/** At the bottom of a step: one step back, out of it, and on with it. */
export function StepFooter({ state, children }: { state: ImportState; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Group justify="space-between" wrap="nowrap">
      <Group gap="xs" wrap="nowrap">
        <Button
          variant="default"
          disabled={state.busy}
          leftSection={<ArrowLeft size={16} aria-hidden />}
          onClick={state.back}
        >
          {t(`import.back.${state.step.name === 'review' ? 'review' : 'mapping'}`)}
        </Button>
        {state.step.name === 'review' && (
          <Button variant="subtle" color="gray" disabled={state.busy} onClick={state.restart}>
            {t('common.cancel')}
          </Button>
        )}
      </Group>
      <Group gap="sm" wrap="nowrap">
        {children}
      </Group>
    </Group>
  );
}

import { Button, Text } from '@mantine/core';
import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../ui/ProblemNote';
import { StepFooter } from '../ui/StepFooter';
import { useFormat } from '../ui/useFormat';
import { DemoProducts } from './DemoProducts';
import classes from './Import.module.css';
import { PlannedOrders } from './PlannedOrders';
import { Summary } from './Summary';
import type { ImportState, ImportStep } from './useImport';

export interface ReviewStepProps {
  state: ImportState;
  step: Extract<ImportStep, { name: 'review' }>;
  mode: 'live' | 'demo';
}

/** What would be imported and what not, and why, before anything is. */
export function ReviewStep({ state, step, mode }: ReviewStepProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { summary } = step;
  return (
    <>
      {state.problem !== null && <ProblemNote problem={state.problem} />}
      <section className={classes['scroll']} aria-label={t('import.step.review')}>
        <div className={classes['review']}>
          <PlannedOrders summary={summary} />
          <div className={classes['side']}>
            <Summary summary={summary}>
              {mode === 'demo' && summary.toImport > 0 && <DemoProducts fileId={summary.fileId} />}
            </Summary>
          </div>
        </div>
      </section>
      <StepFooter
        back={t('import.back.review')}
        onBack={state.back}
        busy={state.busy}
        out={
          <Button variant="subtle" color="gray" disabled={state.busy} onClick={state.restart}>
            {t('common.cancel')}
          </Button>
        }
      >
        {summary.toImport === 0 && <Text size="sm">{t('import.review.nothing')}</Text>}
        <Button
          flex="none"
          leftSection={<Download size={16} aria-hidden />}
          disabled={summary.toImport === 0}
          loading={state.busy}
          onClick={() => void state.run()}
        >
          {t('import.review.run', { count: summary.toImport, orders: format.count(summary.toImport) })}
        </Button>
      </StepFooter>
    </>
  );
}

import { Stack, Stepper } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ScreenHeader } from '../ui/ScreenHeader';
import { ChooseStep } from './ChooseStep';
import { DoneStep } from './DoneStep';
import { MappingStep } from './MappingStep';
import { ReviewStep } from './ReviewStep';
import { type ImportState, useImport } from './useImport';

const steps = ['choose', 'mapping', 'review', 'done'] as const;

export interface ImportScreenProps {
  mode: 'live' | 'demo';
  /** The person wants to see the orders that have come in. */
  onDone: () => void;
}

/** From a spreadsheet to orders: choose the file, say what its columns hold, look, import. */
export function ImportScreen({ mode, onDone }: ImportScreenProps) {
  const { t } = useTranslation();
  const state = useImport();
  return (
    <Stack h="100%" gap="sm" p="lg">
      <ScreenHeader title={t('import.title')} help={t('import.help')} />
      <Stepper
        // Past the last step all of them are ticked off.
        active={state.step.name === 'done' ? steps.length : steps.indexOf(state.step.name)}
        size="xs"
        iconSize={26}
        allowNextStepsSelect={false}
        aria-label={t('import.steps')}
      >
        {steps.map((name) => (
          <Stepper.Step key={name} label={t(`import.step.${name}`)} allowStepSelect={false} />
        ))}
      </Stepper>
      <Step state={state} mode={mode} onDone={onDone} />
    </Stack>
  );
}

function Step({ state, mode, onDone }: ImportScreenProps & { state: ImportState }) {
  const { step } = state;
  switch (step.name) {
    case 'choose':
      return <ChooseStep state={state} />;
    case 'mapping':
      return <MappingStep state={state} step={step} />;
    case 'review':
      return <ReviewStep state={state} step={step} mode={mode} />;
    case 'done':
      return <DoneStep step={step} onDone={onDone} onRestart={state.restart} />;
  }
}

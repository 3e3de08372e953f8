import { Button, Group, List, Loader, Stack, Text, Title } from '@mantine/core';
import { CircleAlert, CircleCheck, CircleDashed, CircleMinus, TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VerifyReport, VerifyStep } from '../../contract/settings';
import { call } from '../bridge/bridge';
import { useEvent } from '../bridge/useEvent';
import { useAnswer } from '../ui/useAnswer';
import { useProblemText } from '../ui/useProblem';

export interface VerifyPanelProps {
  icon: ReactNode;
  /** Something typed has not been saved: it is, before it is verified. */
  unsaved: boolean;
  /** Saves what has been typed; false when it cannot be saved. */
  onBefore: () => Promise<boolean>;
}

/** The checklist of everything an export needs: each step with what to do when it fails. */
export function VerifyPanel({ icon, unsaved, onBefore }: VerifyPanelProps) {
  const { t } = useTranslation();
  const answer = useAnswer();
  const [report, setReport] = useState<VerifyReport | null>(null);
  const [running, setRunning] = useState(false);
  useEvent('verify.changed', (changed) => {
    if (running) setReport(changed);
  });

  async function verify(): Promise<void> {
    setRunning(true);
    setReport(null);
    if (await onBefore()) {
      const finished = await answer(call('settings.verify'));
      if (finished !== null) setReport(finished);
    }
    setRunning(false);
  }

  return (
    <Stack gap="sm">
      <Group justify="space-between" wrap="nowrap">
        <Stack gap={0}>
          <Title order={3} size="h5">
            {t('settings.verify.title')}
          </Title>
          <Text size="xs" c="dimmed">
            {t('settings.verify.help')}
          </Text>
        </Stack>
        <Button
          flex="none"
          variant="light"
          leftSection={icon}
          loading={running}
          onClick={() => void verify()}
        >
          {t(unsaved ? 'settings.verify.saveFirst' : 'settings.verify.button')}
        </Button>
      </Group>
      {report !== null && (
        <>
          <List spacing="xs" size="sm" listStyleType="none" aria-live="polite">
            {report.steps.map((step) => (
              <Step key={step.id} step={step} />
            ))}
          </List>
          {report.finished && (
            <Text size="sm" fw={600}>
              {t(`settings.verify.${verdict(report.steps)}`)}
            </Text>
          )}
        </>
      )}
    </Stack>
  );
}

function Step({ step }: { step: VerifyStep }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  // Steps that found something say it in a sentence of their own; general values have one too.
  const found = Object.keys(step.facts).length > 0 ? 'found' : 'general';
  const facts = String(t(`settings.verify.${found}.${step.id}`, { defaultValue: '', ...step.facts }));
  return (
    <List.Item icon={<StepIcon outcome={step.outcome} />}>
      <Text size="sm" component="span" c={step.outcome === 'skipped' ? 'dimmed' : 'inherit'}>
        {t(`settings.verify.step.${step.id}`)}
      </Text>
      <Text size="xs" c="dimmed" component="span">
        {' '}
        {step.outcome === 'skipped' ? t('settings.verify.skipped') : step.outcome === 'failed' ? '' : facts}
      </Text>
      {step.problems.map((problem) => {
        const { title, action } = problemText(problem);
        return (
          <Text size="sm" key={JSON.stringify(problem)} c={step.outcome === 'warned' ? 'inherit' : 'red'}>
            {title}.{' '}
            <Text span c="dimmed" inherit>
              {action}
            </Text>
          </Text>
        );
      })}
    </List.Item>
  );
}

function StepIcon({ outcome }: { outcome: VerifyStep['outcome'] }) {
  const { t } = useTranslation();
  const label = t(`settings.verify.outcome.${outcome}`);
  switch (outcome) {
    case 'running':
      return <Loader size={16} aria-label={label} />;
    case 'passed':
      return <CircleCheck size={18} color="var(--mantine-color-teal-7)" aria-label={label} />;
    case 'warned':
      return <TriangleAlert size={18} color="var(--mantine-color-yellow-7)" aria-label={label} />;
    case 'failed':
      return <CircleAlert size={18} color="var(--mantine-color-red-7)" aria-label={label} />;
    case 'skipped':
      return <CircleMinus size={18} color="var(--mantine-color-gray-6)" aria-label={label} />;
    case 'waiting':
      return <CircleDashed size={18} color="var(--mantine-color-gray-6)" aria-label={label} />;
  }
}

function verdict(steps: VerifyStep[]): 'allPassed' | 'someWarned' | 'someFailed' {
  if (steps.some((step) => step.outcome === 'failed')) return 'someFailed';
  return steps.some((step) => step.outcome === 'warned') ? 'someWarned' : 'allPassed';
}

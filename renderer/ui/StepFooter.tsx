import { Button, Group } from '@mantine/core';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';

export interface StepFooterProps {
  back: string;
  onBack: () => void;
  busy: boolean;
  /** Another way out, beside the way back. */
  out?: ReactNode;
  children: ReactNode;
}

/** At the bottom of a step: one step back, out of it, and on with it. */
export function StepFooter({ back, onBack, busy, out, children }: StepFooterProps) {
  return (
    <Group justify="space-between" wrap="nowrap">
      <Group gap="xs" wrap="nowrap" flex="none">
        <Button
          variant="default"
          disabled={busy}
          leftSection={<ArrowLeft size={16} aria-hidden />}
          onClick={onBack}
        >
          {back}
        </Button>
        {out}
      </Group>
      <Group gap="sm" wrap="nowrap" miw={0}>
        {children}
      </Group>
    </Group>
  );
}

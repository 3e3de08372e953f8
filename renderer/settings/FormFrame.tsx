import { Loader, Stack } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { type ReactNode, useEffect } from 'react';
import type { Problem } from '../../contract/problem';
import { ProblemNote } from '../ui/ProblemNote';
import { SaveBar } from './SaveBar';
import { useShowFirstError } from './useShowFirstError';

export interface FormFrameProps {
  form: {
    problem: Problem | null;
    dirty: boolean;
    /** How often saving has been refused. */
    refusals: number;
    discard: () => void;
  };
  /** The text of the button that saves. */
  label: string;
  saving: boolean;
  onSave: () => Promise<unknown>;
  onDirty: (dirty: boolean) => void;
  /** What a person should know before the fields. */
  note?: ReactNode;
  /** The fields; null until they have been read. */
  children: ReactNode;
}

/** A form of settings: it is saved from the bar below or with Ctrl+S, and shows its first wrong field when refused. */
export function FormFrame({ form, label, saving, onSave, onDirty, note, children }: FormFrameProps) {
  const { problem, dirty, refusals, discard } = form;
  const fields = useShowFirstError(refusals);
  useEffect(() => onDirty(dirty), [dirty, onDirty]);
  useHotkeys([['mod+S', () => void onSave()]], []);
  return (
    <Stack gap="md" ref={fields}>
      {note}
      {problem !== null && <ProblemNote problem={problem} />}
      {children === null && problem === null && <Loader size="sm" />}
      {children}
      {dirty && <SaveBar label={label} saving={saving} onSave={() => void onSave()} onDiscard={discard} />}
    </Stack>
  );
}

import { Button, Stack, Text } from '@mantine/core';
import { ArrowRight } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../contract/problem';
import { ProblemNote } from '../ProblemNote';
import { StepFooter } from '../StepFooter';
import { FileNote, type OpenedFile } from './FileNote';
import classes from './Mapping.module.css';

export interface MappingFrameProps {
  file: OpenedFile;
  /** Where the mapping on screen comes from. */
  note: string;
  problem: Problem | null;
  busy: boolean;
  /** By field, as main found them. */
  errors: Readonly<Record<string, string>>;
  next: string;
  onNext: () => void;
  onBack: () => void;
  children: ReactNode;
}

/** The form that says what a file holds: the file, its fields, the way back and on, and what is wrong. */
export function MappingFrame(props: MappingFrameProps) {
  const { t } = useTranslation();
  const { errors, busy } = props;
  const form = useRef<HTMLFormElement>(null);
  const submitted = useRef(false);
  const wrong = Object.keys(errors).length;

  useEffect(() => {
    // Only once for every check: whoever mends one field is not to be torn to the next.
    if (Object.keys(errors).length === 0 || !submitted.current) return;
    submitted.current = false;
    const first = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    first?.scrollIntoView({ block: 'center' });
    first?.focus();
  }, [errors]);

  return (
    <form
      ref={form}
      noValidate
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        submitted.current = true;
        props.onNext();
      }}
    >
      <section className={classes['scroll']} inert={busy} aria-label={t('import.step.mapping')}>
        <Stack gap="sm" pb="xs">
          {props.problem !== null && <ProblemNote problem={props.problem} />}
          <FileNote file={props.file} note={props.note} />
          {props.children}
        </Stack>
      </section>
      <StepFooter back={t('import.back.mapping')} onBack={props.onBack} busy={busy}>
        {wrong > 0 && (
          <Text size="sm" c="red" role="alert">
            {t('import.mapping.wrong', { count: wrong })}
          </Text>
        )}
        <Button type="submit" flex="none" loading={busy} rightSection={<ArrowRight size={16} aria-hidden />}>
          {props.next}
        </Button>
      </StepFooter>
    </form>
  );
}

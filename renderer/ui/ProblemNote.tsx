import { Alert, Code, Spoiler, Text } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../contract/problem';
import { useProblemText } from './useProblem';

interface ProblemNoteProps {
  problem: Problem;
  color?: string;
  /** What to do, where it is something else than the problem says by itself. */
  action?: string;
}

/** A problem in words: what happened, what to do, and on request what the other side said. */
export function ProblemNote({ problem, color = 'red', action }: ProblemNoteProps) {
  const { t } = useTranslation();
  const text = useProblemText()(problem);
  return (
    <Alert color={color} variant="light" icon={<CircleAlert size={18} aria-hidden />} title={text.title}>
      <Text size="sm">{action ?? text.action}</Text>
      {problem.detail !== undefined && problem.detail !== '' && (
        <Spoiler
          maxHeight={0}
          showLabel={t('problem.showDetail')}
          hideLabel={t('problem.hideDetail')}
          styles={{
            // On tinted ground a link's own colour is too pale.
            control: {
              fontSize: 'var(--mantine-font-size-sm)',
              color: 'inherit',
              textDecoration: 'underline',
            },
          }}
        >
          <Code block mt="xs" style={{ whiteSpace: 'pre-wrap' }}>
            {problem.detail}
          </Code>
        </Spoiler>
      )}
    </Alert>
  );
}

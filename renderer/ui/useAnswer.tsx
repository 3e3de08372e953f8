import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import type { Answer } from '../../contract/calls';
import { useProblemText } from './useProblem';

/** Awaits a call of main; a problem is shown to the person and the answer is null. */
export function useAnswer(): <T>(pending: Promise<Answer<T>>) => Promise<T | null> {
  const problemText = useProblemText();
  return useCallback(
    async (pending) => {
      const answer = await pending;
      if (answer.ok) return answer.value;
      const { title, action } = problemText(answer.problem);
      notifications.show({ color: 'red', title, message: action, autoClose: 10_000 });
      return null;
    },
    [problemText],
  );
}

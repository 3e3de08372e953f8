import { useTranslation } from 'react-i18next';
import type { Problem } from '../../contract/problem';

/** The sentences of a problem: what happened, and what to do about it. */
export function useProblemText(): (problem: Problem) => { title: string; action: string } {
  const { t } = useTranslation();
  return (problem) => {
    const title = String(t(`problem.${problem.code}.title`, problem.params));
    const place = problem.line === undefined ? '' : `${String(t('problem.line', { line: problem.line }))} `;
    return { title: place + title, action: String(t(`problem.${problem.code}.action`, problem.params)) };
  };
}

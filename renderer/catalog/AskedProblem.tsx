import { useTranslation } from 'react-i18next';
import type { Problem } from '../../contract/problem';
import { ProblemNote } from '../ui/ProblemNote';

/**
 * Why something that a person has asked for came to nothing. Orders are tried again by themselves where trouble passes;
 * this is not, and must not say so.
 */
export function AskedProblem({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  const passes = problem.class === 'transient' || problem.class === 'quota';
  // An update that was broken off by the end of the program says already that it has to be started again.
  return passes && problem.code !== 'catalog.interrupted' ? (
    <ProblemNote problem={problem} action={t('catalog.tryAgain')} />
  ) : (
    <ProblemNote problem={problem} />
  );
}

import { useEffect, useRef, useState } from 'react';
import type { UpdateChoice } from '../../../contract/catalog';
import type { CatalogFile, CatalogMappingDraft, FileCheck } from '../../../contract/catalogFile';
import type { Problem } from '../../../contract/problem';
import { call } from '../../bridge/bridge';
import { useAsk } from '../../ui/useAsk';

export type ReadyFile = Extract<FileCheck, { kind: 'ready' }>;

/** Where the person is on the way from the store's file to a plan. */
export type FileStep =
  | { name: 'choose' }
  | { name: 'mapping'; file: CatalogFile; draft: CatalogMappingDraft; errors: Record<string, string> }
  | { name: 'scope'; file: CatalogFile; draft: CatalogMappingDraft; ready: ReadyFile };

export interface CatalogFileState {
  /** Null until it is known whether a file is open. */
  step: FileStep | null;
  /** A call is under way: nothing else can be started meanwhile. */
  busy: boolean;
  problem: Problem | null;
  pick(): Promise<void>;
  /** Back to choosing a file; the one that is open is closed. */
  leave(): Promise<void>;
  setDraft(part: Partial<CatalogMappingDraft>): void;
  check(): Promise<void>;
  toMapping(): void;
  plan(choice: UpdateChoice): Promise<void>;
}

export interface MappingFormProps {
  state: CatalogFileState;
  step: Extract<FileStep, { name: 'mapping' }>;
}

/** The store's catalogue as a file: chosen, read under a mapping, planned against. It stays open in main. */
export function useCatalogFile(): CatalogFileState {
  const [step, setStep] = useState<FileStep | null>(null);
  const { busy, problem, setProblem, ask } = useAsk();
  const asked = useRef(false);

  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    void call('catalogFile.get').then((answer) => {
      const file = answer.ok ? answer.value : null;
      setStep(file === null ? { name: 'choose' } : mappingOf(file));
      if (!answer.ok) setProblem(answer.problem);
    });
  }, [setProblem]);

  async function pick(): Promise<void> {
    const file = await ask(() => call('catalogFile.pick'));
    if (file !== null) setStep(mappingOf(file));
  }

  async function leave(): Promise<void> {
    // The answer holds nothing: whether there was one is what tells.
    const left = await ask(async () => {
      const answer = await call('catalogFile.close');
      return answer.ok ? { ok: true, value: true } : answer;
    });
    if (left !== null) setStep({ name: 'choose' });
  }

  function setDraft(part: Partial<CatalogMappingDraft>): void {
    // What was found wrong is looked at again as a whole when the person goes on.
    setStep((before) =>
      before?.name === 'mapping' ? { ...before, draft: { ...before.draft, ...part }, errors: {} } : before,
    );
  }

  async function check(): Promise<void> {
    if (step?.name !== 'mapping') return;
    const { file, draft } = step;
    const answer = await ask(() => call('catalogFile.check', { fileId: file.fileId, mapping: draft }));
    if (answer === null) return;
    if (answer.kind === 'ready') setStep({ name: 'scope', file, draft, ready: answer });
    else setStep({ ...step, errors: answer.fields });
  }

  return {
    step,
    busy,
    problem,
    pick,
    leave,
    setDraft,
    check,
    toMapping() {
      setProblem(null);
      setStep((before) =>
        before?.name === 'scope'
          ? { name: 'mapping', file: before.file, draft: before.draft, errors: {} }
          : before,
      );
    },
    async plan(choice) {
      if (step?.name === 'scope')
        await ask(() => call('catalogFile.plan', { fileId: step.file.fileId, choice }));
    },
  };
}

const mappingOf = (file: CatalogFile): FileStep => ({
  name: 'mapping',
  file,
  draft: file.mapping,
  errors: {},
});

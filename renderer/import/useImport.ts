import { useCallback, useEffect, useRef, useState } from 'react';
import type { ImportFile, ImportMappingDraft, ImportResult, ImportSummary } from '../../contract/import';
import type { Problem } from '../../contract/problem';
import { call } from '../bridge/bridge';
import { useAsk } from '../ui/useAsk';

/** Where the person is on the way from a file to orders. */
export type ImportStep =
  | { name: 'choose' }
  | { name: 'mapping'; file: ImportFile; draft: ImportMappingDraft; errors: Record<string, string> }
  | { name: 'review'; file: ImportFile; draft: ImportMappingDraft; summary: ImportSummary }
  | { name: 'done'; file: ImportFile; result: ImportResult };

export interface ImportState {
  step: ImportStep;
  /** A call is under way: nothing else can be started meanwhile. */
  busy: boolean;
  problem: Problem | null;
  pickFile(): Promise<void>;
  setDraft(part: Partial<ImportMappingDraft>): void;
  review(): Promise<void>;
  /** From the review back to the mapping, from the mapping back to choosing a file. */
  back(): void;
  run(): Promise<void>;
  restart(): void;
}

/** The import of one file, step by step. The file is closed when it is left. */
export function useImport(): ImportState {
  const [step, setStep] = useState<ImportStep>({ name: 'choose' });
  const { busy, problem, setProblem, ask } = useAsk();
  const there = useRef(true);
  const fileId = step.name === 'choose' ? null : step.file.fileId;

  useEffect(() => {
    there.current = true;
    return () => {
      there.current = false;
    };
  }, []);

  useEffect(() => {
    if (fileId === null) return;
    return () => void call('import.close', { fileId });
  }, [fileId]);

  function go(next: ImportStep): void {
    setProblem(null);
    setStep(next);
  }

  async function pickFile(): Promise<void> {
    const file = await ask(() => call('import.pickFile'));
    if (file === null) return;
    // Left while the file was being read: nobody else would close it.
    if (there.current) go({ name: 'mapping', file, draft: file.mapping, errors: {} });
    else void call('import.close', { fileId: file.fileId });
  }

  const setDraft = useCallback((part: Partial<ImportMappingDraft>) => {
    setStep((before) => {
      if (before.name !== 'mapping') return before;
      const draft = { ...before.draft, ...part };
      return { ...before, draft, errors: standing(before.errors, before.draft, draft) };
    });
  }, []);

  async function review(): Promise<void> {
    if (step.name !== 'mapping') return;
    const { file, draft } = step;
    const preview = await ask(() => call('import.preview', { fileId: file.fileId, mapping: draft }));
    if (preview === null) return;
    switch (preview.kind) {
      case 'ready':
        go({ name: 'review', file, draft, summary: preview.summary });
        return;
      case 'mappingIncomplete':
        go({ name: 'mapping', file, draft, errors: preview.fields });
        return;
      case 'unreadable':
        setProblem(preview.problem);
    }
  }

  async function run(): Promise<void> {
    if (step.name !== 'review') return;
    const { file } = step;
    const result = await ask(() => call('import.run', { fileId: file.fileId }));
    if (result !== null) go({ name: 'done', file, result });
  }

  function back(): void {
    if (step.name === 'review') go({ name: 'mapping', file: step.file, draft: step.draft, errors: {} });
    else go({ name: 'choose' });
  }

  return {
    step,
    busy,
    problem,
    pickFile,
    setDraft,
    review,
    back,
    run,
    restart: () => go({ name: 'choose' }),
  };
}

/** The errors of fields that have not been touched since. */
function standing(
  errors: Record<string, string>,
  before: ImportMappingDraft,
  after: ImportMappingDraft,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).filter(([path]) => valueAt(before, path) === valueAt(after, path)),
  );
}

function valueAt(draft: ImportMappingDraft, path: string): unknown {
  const column = Object.entries(draft.columns).find(([field]) => path === `columns.${field}`);
  if (path.startsWith('columns.')) return column?.[1];
  return Object.entries(draft).find(([field]) => field === path)?.[1];
}

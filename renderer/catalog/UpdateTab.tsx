import { ScrollArea, Stack } from '@mantine/core';
import { useState } from 'react';
import type { CatalogView } from '../../contract/catalogView';
import { FilePanel } from './file/FilePanel';
import { hasRows } from './hasRows';
import { isAtWork, ProgressPanel } from './ProgressPanel';
import { ResultPanel } from './ResultPanel';
import { RowsTable } from './RowsTable';
import { ScheduleLine } from './ScheduleLine';
import { StartPanel } from './StartPanel';

/** The update at work; where there is none, what the next one is to take. */
export function UpdateTab({ view, onSettings }: { view: CatalogView; onSettings: () => void }) {
  const { run } = view;
  // A result stays in sight until somebody begins anew.
  const [dismissed, setDismissed] = useState<number | null>(null);
  const state = run?.status.state ?? 'done';
  const atWork = run !== null && isAtWork(run);
  const waiting = run !== null && (state === 'planned' || state === 'paused');
  const schedule = <ScheduleLine schedule={view.schedule} onSettings={onSettings} />;
  const shown = run !== null && (atWork || waiting || dismissed !== run.id) ? run : null;

  if (shown === null && view.way === 'file') return <FilePanel view={view} />;
  if (shown === null)
    return (
      <ScrollArea h="100%" type="auto" offsetScrollbars>
        <Stack gap="sm">
          {schedule}
          <StartPanel view={view} />
        </Stack>
      </ScrollArea>
    );
  return (
    <Stack h="100%" gap="sm" style={{ overflow: 'auto' }}>
      {view.way === 'api' && schedule}
      {atWork ? (
        <ProgressPanel run={shown} />
      ) : (
        <ResultPanel run={shown} onAgain={() => setDismissed(shown.id)} />
      )}
      {state !== 'reading' && state !== 'comparing' && hasRows(shown) && (
        <RowsTable key={shown.id} run={shown} />
      )}
    </Stack>
  );
}

import { Button, Center, List, Loader, ScrollArea, Stack } from '@mantine/core';
import { FileSpreadsheet, FolderOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CatalogView } from '../../../contract/catalogView';
import { useStatusState } from '../../app/statusState';
import { EmptyNote } from '../../ui/EmptyNote';
import { ProblemNote } from '../../ui/ProblemNote';
import { DemoCatalogFile } from './DemoCatalogFile';
import { MappingForm } from './MappingForm';
import { ScopeForm } from './ScopeForm';
import { type CatalogFileState, useCatalogFile } from './useCatalogFile';

/** From the store's own catalogue file to a plan: choose it, say what its columns hold, say what to take. */
export function FilePanel({ view }: { view: CatalogView }) {
  const state = useCatalogFile();
  const { step, problem } = state;
  const isDemo = useStatusState(({ status }) => status?.mode === 'demo');
  if (step === null)
    return (
      <Center h="100%">
        <Loader size="sm" />
      </Center>
    );
  if (step.name === 'mapping') return <MappingForm state={state} step={step} />;
  return (
    <ScrollArea h="100%" type="auto" offsetScrollbars>
      <Stack gap="sm">
        {problem !== null && <ProblemNote problem={problem} />}
        {step.name === 'choose' ? (
          <>
            <Choose state={state} />
            {isDemo && <DemoCatalogFile />}
          </>
        ) : (
          <ScopeForm state={state} step={step} view={view} />
        )}
      </Stack>
    </ScrollArea>
  );
}

const ways = ['export', 'plan', 'upload'] as const;

/** Which file, and what comes of it. */
function Choose({ state }: { state: CatalogFileState }) {
  const { t } = useTranslation();
  return (
    <EmptyNote
      icon={FileSpreadsheet}
      title={t('catalogFile.choose.title')}
      text={t('catalogFile.choose.text')}
    >
      <List type="ordered" size="sm" spacing={4}>
        {ways.map((way) => (
          <List.Item key={way}>{t(`catalogFile.choose.${way}`)}</List.Item>
        ))}
      </List>
      <Button
        mt="sm"
        leftSection={<FolderOpen size={16} aria-hidden />}
        loading={state.busy}
        onClick={() => void state.pick()}
      >
        {t('import.choose.button')}
      </Button>
    </EmptyNote>
  );
}

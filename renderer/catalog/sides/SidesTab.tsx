import { Alert, Button, Center, Loader, Paper, ScrollArea, Stack, Text, Title } from '@mantine/core';
import { Info, Scale } from 'lucide-react';
import type { MutableRefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run } from '../../../contract/catalog';
import type { ProductScope } from '../../../contract/catalogProduct';
import type { SidesView } from '../../../contract/catalogSides';
import type { CatalogView } from '../../../contract/catalogView';
import { ProblemNote } from '../../ui/ProblemNote';
import { AskedProblem } from '../AskedProblem';
import { CompareForm } from './CompareForm';
import { CompareProgress } from './CompareProgress';
import { SidesHeader } from './SidesHeader';
import { SidesReport } from './SidesReport';
import type { SidesPlace } from './sidesPlace';
import { useSides } from './useSides';

export interface SidesTabProps {
  catalog: CatalogView;
  place: MutableRefObject<SidesPlace>;
  onOpen: (sku: string, scope: ProductScope) => void;
}

/** Store and Salesforce next to each other: every SKU of both, and what differs now. */
export function SidesTab({ catalog, place, onOpen }: SidesTabProps) {
  const { view, problem } = useSides();
  if (problem !== null) return <ProblemNote problem={problem} />;
  if (view === null)
    return (
      <Center h={120}>
        <Loader />
      </Center>
    );
  const { compared } = view;
  return (
    <Stack h="100%" gap="sm" style={{ overflow: 'auto' }}>
      {view.work !== null && <CompareProgress work={view.work} />}
      {view.work === null && view.problem !== null && <AskedProblem problem={view.problem} />}
      {view.work === null && compared === null && <FirstComparison catalog={catalog} />}
      {compared !== null && (
        <>
          {view.work === null && <SidesHeader compared={compared} isBusy={isAtWork(catalog.run)} />}
          {view.work === null && <Staleness view={view} isBusy={isAtWork(catalog.run)} />}
          <SidesReport
            compared={compared}
            version={view.version}
            place={place}
            onOpen={(sku) => onOpen(sku, compared.scope)}
          />
        </>
      )}
    </Stack>
  );
}

const isAtWork = (run: Run | null): boolean =>
  run !== null && ['reading', 'comparing', 'applying'].includes(run.status.state);

function Staleness({ view, isBusy }: { view: SidesView; isBusy: boolean }) {
  const { t } = useTranslation();
  if (!isBusy && !view.outdated) return null;
  return (
    <Alert color={isBusy ? 'blue' : 'orange'} variant="light" p="xs" icon={<Info size={18} aria-hidden />}>
      {t(isBusy ? 'catalogSides.updating' : 'catalogSides.outdated')}
    </Alert>
  );
}

/** Nothing has been read yet, or the latest comparison was broken off. */
function FirstComparison({ catalog }: { catalog: CatalogView }) {
  const { t } = useTranslation();
  if (isAtWork(catalog.run)) return <Alert color="blue">{t('catalogSides.updating')}</Alert>;
  return (
    <ScrollArea h="100%" type="auto" offsetScrollbars>
      <Paper withBorder radius="md" p="lg" maw={720}>
        <Stack gap="md">
          <Stack gap={2}>
            <Title order={3} size="h4">
              {t('catalogSides.first.title')}
            </Title>
            <Text size="sm" c="dimmed">
              {t('catalogSides.first.text')}
            </Text>
          </Stack>
          <CompareForm scope={{ warehouse: catalog.warehouse, companies: catalog.companies }}>
            {(compare, isStarting) => (
              <Button
                w="fit-content"
                leftSection={<Scale size={16} aria-hidden />}
                loading={isStarting}
                onClick={compare}
              >
                {t('catalogSides.compare')}
              </Button>
            )}
          </CompareForm>
        </Stack>
      </Paper>
    </ScrollArea>
  );
}

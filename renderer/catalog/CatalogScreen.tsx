import { Center, Loader, SegmentedControl, Stack, Tabs } from '@mantine/core';
import { History, PackageSearch, PackageX, RefreshCw, Scale } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductScope } from '../../contract/catalogProduct';
import { type CatalogWay, catalogWays } from '../../contract/catalogView';
import { call } from '../bridge/bridge';
import { EmptyNote } from '../ui/EmptyNote';
import { ProblemNote } from '../ui/ProblemNote';
import { ScreenHeader } from '../ui/ScreenHeader';
import { ProductTab } from './product/ProductTab';
import { RunsTab } from './RunsTab';
import { SidesTab } from './sides/SidesTab';
import { firstPlace } from './sides/sidesPlace';
import { UpdateTab } from './UpdateTab';
import { useCatalog } from './useCatalog';

const tabs = [
  { name: 'update', icon: RefreshCw },
  { name: 'sides', icon: Scale },
  { name: 'product', icon: PackageSearch },
  { name: 'runs', icon: History },
] as const;
type TabName = (typeof tabs)[number]['name'];
/** Those that need nothing of the store but its file. */
const tabsByFile: readonly TabName[] = ['update', 'runs'];

/** Stock and prices on their way from the org into the store: the update at work, and those before it. */
export function CatalogScreen({ onSettings }: { onSettings: () => void }) {
  const { t } = useTranslation();
  const { view, problem } = useCatalog();
  const [tab, setTab] = useState<TabName>('update');
  // A product that was opened from the comparison, and the place to come back to.
  const [opened, setOpened] = useState<{ sku: string; scope: ProductScope } | null>(null);
  const place = useRef(structuredClone(firstPlace));
  const shown = view?.way === 'file' ? tabs.filter(({ name }) => tabsByFile.includes(name)) : tabs;

  return (
    <Stack h="100%" gap="sm" p="lg">
      <ScreenHeader title={t('catalog.title')} help={t('catalog.help')}>
        {view?.available && view.hasApi && <WaySwitch way={view.way} />}
      </ScreenHeader>
      {problem !== null && <ProblemNote problem={problem} />}
      {view === null && problem === null && (
        <Center flex={1}>
          <Loader />
        </Center>
      )}
      {view !== null && !view.available && (
        <EmptyNote icon={PackageX} title={t('catalog.noStore.title')} text={t('catalog.noStore.text')} />
      )}
      {view?.available && (
        <Tabs
          key={view.way}
          value={shown.some(({ name }) => name === tab) ? tab : 'update'}
          onChange={(value) => {
            setOpened(null);
            setTab(tabs.find((one) => one.name === value)?.name ?? 'update');
          }}
          keepMounted={false}
          flex={1}
          mih={0}
          styles={{ root: { display: 'flex', flexDirection: 'column' } }}
        >
          <Tabs.List aria-label={t('catalog.title')}>
            {shown.map(({ name, icon: Icon }) => (
              <Tabs.Tab key={name} value={name} leftSection={<Icon size={16} aria-hidden />}>
                {t(`catalog.tab.${name}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="update" flex={1} mih={0} pt="md">
            <UpdateTab view={view} onSettings={onSettings} />
          </Tabs.Panel>
          <Tabs.Panel value="sides" flex={1} mih={0} pt="md">
            <SidesTab
              catalog={view}
              place={place}
              onOpen={(sku, scope) => {
                setOpened({ sku, scope });
                setTab('product');
              }}
            />
          </Tabs.Panel>
          <Tabs.Panel value="product" flex={1} mih={0} pt="md">
            <ProductTab catalog={view} opened={opened} onBack={() => setTab('sides')} />
          </Tabs.Panel>
          <Tabs.Panel value="runs" flex={1} mih={0} pt="md">
            <RunsTab latest={view.run} onBegun={() => setTab('update')} />
          </Tabs.Panel>
        </Tabs>
      )}
    </Stack>
  );
}

/** Whether changes go into the store by its API, or through files. */
function WaySwitch({ way }: { way: CatalogWay }) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('catalogFile.way.label')}
      value={way}
      onChange={(value) => {
        const chosen = catalogWays.find((one) => one === value);
        if (chosen !== undefined) void call('catalog.setWay', chosen);
      }}
      data={catalogWays.map((value) => ({ value, label: t(`catalogFile.way.${value}`) }))}
    />
  );
}

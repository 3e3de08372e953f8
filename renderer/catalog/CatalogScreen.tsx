import { Center, Loader, Stack, Tabs } from '@mantine/core';
import { History, PackageSearch, PackageX, RefreshCw, Scale } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductScope } from '../../contract/catalogProduct';
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

/** Stock and prices on their way from the org into the store: the update at work, and those before it. */
export function CatalogScreen({ onSettings }: { onSettings: () => void }) {
  const { t } = useTranslation();
  const { view, problem } = useCatalog();
  const [tab, setTab] = useState<TabName>('update');
  // A product that was opened from the comparison, and the place to come back to.
  const [opened, setOpened] = useState<{ sku: string; scope: ProductScope } | null>(null);
  const place = useRef(structuredClone(firstPlace));

  return (
    <Stack h="100%" gap="sm" p="lg">
      <ScreenHeader title={t('catalog.title')} help={t('catalog.help')} />
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
          value={tab}
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
            {tabs.map(({ name, icon: Icon }) => (
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
            <RunsTab />
          </Tabs.Panel>
        </Tabs>
      )}
    </Stack>
  );
}

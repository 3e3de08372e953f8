import { Alert, Indicator, Paper, ScrollArea, Stack, Tabs, VisuallyHidden } from '@mantine/core';
import { Bell, Boxes, Cable, FlaskConical, ListChecks, SlidersHorizontal } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ScreenHeader } from '../ui/ScreenHeader';
import { toggled } from '../ui/toggled';
import { AlertsTab } from './alerts/AlertsTab';
import { DesktopPanel } from './alerts/DesktopPanel';
import { ConnectionTab } from './ConnectionTab';
import { CatalogRulesPanel } from './catalog/CatalogRulesPanel';
import { LanguageChoice } from './LanguageChoice';
import { RulesPanel } from './rules/RulesPanel';

export const settingsTabs = ['connection', 'orders', 'catalog', 'alerts', 'general'] as const;
export type SettingsTab = (typeof settingsTabs)[number];

const icons = {
  connection: Cable,
  orders: ListChecks,
  catalog: Boxes,
  alerts: Bell,
  general: SlidersHorizontal,
} as const;

export interface SettingsScreenProps {
  mode: 'live' | 'demo';
  tab: SettingsTab;
  onTab: (tab: SettingsTab) => void;
  onDirty: (dirty: boolean) => void;
}

/** All that people decide: how to reach the store and the org, how orders go, and who is told of trouble. */
export function SettingsScreen({ mode, tab, onTab, onDirty }: SettingsScreenProps) {
  const { t } = useTranslation();
  const [dirtyTabs, setDirtyTabs] = useState<ReadonlySet<SettingsTab>>(new Set());
  useEffect(() => onDirty(dirtyTabs.size > 0), [dirtyTabs, onDirty]);
  useEffect(() => () => onDirty(false), [onDirty]);

  const mark = useCallback((name: SettingsTab, dirty: boolean) => {
    setDirtyTabs((before) => (before.has(name) === dirty ? before : toggled(before, name)));
  }, []);
  // A tab is read when it is first opened, and keeps what has been typed in it from then on.
  const [opened, setOpened] = useState<ReadonlySet<SettingsTab>>(new Set([tab]));
  useEffect(() => setOpened((before) => (before.has(tab) ? before : new Set(before).add(tab))), [tab]);

  const markConnection = useCallback((dirty: boolean) => mark('connection', dirty), [mark]);
  const markOrders = useCallback((dirty: boolean) => mark('orders', dirty), [mark]);
  const markCatalog = useCallback((dirty: boolean) => mark('catalog', dirty), [mark]);
  const markAlerts = useCallback((dirty: boolean) => mark('alerts', dirty), [mark]);

  const contents: Record<SettingsTab, ReactNode> = {
    connection: <ConnectionTab onDirty={markConnection} />,
    orders: <RulesPanel onDirty={markOrders} />,
    catalog: <CatalogRulesPanel onDirty={markCatalog} />,
    alerts: <AlertsTab onDirty={markAlerts} />,
    general: <GeneralTab />,
  };

  return (
    <Stack h="100%" gap="sm" p="lg" pb={0}>
      <ScreenHeader title={t('settings.title')} help={t(`settings.tabHelp.${tab}`)} />
      <Tabs
        value={tab}
        onChange={(value) => onTab(settingsTabs.find((one) => one === value) ?? 'connection')}
        flex={1}
        mih={0}
        styles={{ root: { display: 'flex', flexDirection: 'column' } }}
      >
        <Tabs.List aria-label={t('settings.tabs')}>
          {settingsTabs.map((name) => {
            const Icon = icons[name];
            return (
              <Tabs.Tab key={name} value={name} leftSection={<Icon size={16} aria-hidden />}>
                <Indicator disabled={!dirtyTabs.has(name)} size={7} offset={-4} component="span">
                  {t(`settings.tab.${name}`)}
                </Indicator>
                {dirtyTabs.has(name) && <VisuallyHidden> {t('settings.unsaved')}</VisuallyHidden>}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        {settingsTabs.map((name) => (
          <Tabs.Panel key={name} value={name} flex={1} mih={0}>
            <ScrollArea h="100%" type="auto" offsetScrollbars>
              <Stack gap="md" py="md">
                {mode === 'demo' && name === 'connection' && (
                  <Alert color="orange" variant="light" icon={<FlaskConical size={18} aria-hidden />}>
                    {t('settings.demo')}
                  </Alert>
                )}
                {opened.has(name) && contents[name]}
              </Stack>
            </ScrollArea>
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
}

function GeneralTab() {
  return (
    <>
      <Paper withBorder p="md" radius="md" maw={640}>
        <LanguageChoice />
      </Paper>
      <Paper withBorder p="md" radius="md" maw={640}>
        <DesktopPanel />
      </Paper>
    </>
  );
}

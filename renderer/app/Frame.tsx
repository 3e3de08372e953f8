import { AppShell, Badge, Group, NavLink, Stack, Text, ThemeIcon } from '@mantine/core';
import { Boxes, Building2, FileSpreadsheet, History, Settings, ShoppingCart } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Status } from '../../contract/status';
import { useFormat } from '../ui/useFormat';
import { DemoMenu } from './DemoMenu';
import { LinkPanel } from './LinkPanel';
import type { Screen } from './Screens';

const entries = [
  { name: 'orders', icon: ShoppingCart },
  { name: 'catalog', icon: Boxes },
  { name: 'import', icon: FileSpreadsheet },
  { name: 'log', icon: History },
  { name: 'settings', icon: Settings },
] as const;

/** What each entry opens. */
const firstOf: Record<Screen['name'], Screen> = {
  orders: { name: 'orders', orderId: null },
  catalog: { name: 'catalog' },
  import: { name: 'import' },
  log: { name: 'log' },
  settings: { name: 'settings', tab: 'connection' },
};

export interface FrameProps {
  status: Status;
  screen: Screen;
  onGo: (screen: Screen) => void;
  children: ReactNode;
}

/** Around every screen: where one can go, what needs attention, and how both sides of the bridge are. */
export function Frame({ status, screen, onGo, children }: FrameProps) {
  const { t } = useTranslation();
  const badges: Partial<Record<Screen['name'], ReactNode>> = {
    orders: <OrdersBadges status={status} />,
    catalog: <ScheduleBadge schedule={status.schedule} />,
  };

  return (
    <AppShell navbar={{ width: 248, breakpoint: 0 }} padding={0} h="100%">
      <AppShell.Navbar p="sm">
        <Group gap="xs" px="xs" py="sm" wrap="nowrap">
          <ThemeIcon size={32} radius="md" aria-hidden>
            <Building2 size={18} />
          </ThemeIcon>
          <Text fw={700} size="lg">
            Puente
          </Text>
        </Group>
        <Stack gap={2} mt="xs" component="nav" aria-label={t('common.nav.label')}>
          {entries.map(({ name, icon: Icon }) => (
            <NavLink
              key={name}
              component="button"
              styles={{ label: { color: 'var(--mantine-color-text)' } }}
              active={screen.name === name}
              aria-current={screen.name === name ? 'page' : undefined}
              label={t(`common.nav.${name}`)}
              leftSection={<Icon size={18} aria-hidden />}
              rightSection={badges[name]}
              onClick={() => onGo(firstOf[name])}
              style={{ borderRadius: 'var(--mantine-radius-md)' }}
            />
          ))}
        </Stack>
        <Stack gap="sm" mt="auto">
          {status.mode === 'demo' && <DemoMenu />}
          <LinkPanel status={status} />
        </Stack>
      </AppShell.Navbar>
      <AppShell.Main h="100%">{children}</AppShell.Main>
    </AppShell>
  );
}

/** An update by schedule needs somebody. */
function ScheduleBadge({ schedule }: { schedule: Status['schedule'] }) {
  const { t } = useTranslation();
  if (schedule === 'well') return null;
  const isTrouble = schedule === 'trouble';
  return (
    <Badge
      size="sm"
      circle
      color={isTrouble ? 'red' : 'orange'}
      {...(isTrouble ? {} : { c: 'dark.9' })}
      title={t(`common.nav.schedule.${schedule}`)}
    >
      !
    </Badge>
  );
}

/** How many orders wait, and how many need a person. */
function OrdersBadges({ status }: { status: Status }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { failed, pending, sending, retrying, unknown } = status.counts;
  const waiting = pending + sending + retrying + unknown;
  return (
    <Group gap={4} wrap="nowrap">
      {waiting > 0 && (
        <Badge size="sm" variant="light" color="gray" title={t('common.nav.waiting', { count: waiting })}>
          {format.count(waiting)}
        </Badge>
      )}
      {status.changed > 0 && (
        <Badge size="sm" color="orange" c="dark.9" title={t('common.nav.changed', { count: status.changed })}>
          {format.count(status.changed)}
        </Badge>
      )}
      {failed > 0 && (
        <Badge size="sm" color="red" title={t('common.nav.failed', { count: failed })}>
          {format.count(failed)}
        </Badge>
      )}
    </Group>
  );
}

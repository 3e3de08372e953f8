import { Button, Menu, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { CloudLightning, FlaskConical, LogOut, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { call } from '../bridge/bridge';
import { useAnswer } from '../ui/useAnswer';

const amounts = [1, 10, 100] as const;

/** Says that this is sample data, and offers what only sample data can do. */
export function DemoMenu() {
  const { t } = useTranslation();
  const answer = useAnswer();

  function leave(): void {
    modals.openConfirmModal({
      title: t('common.demo.leaveTitle'),
      children: <Text size="sm">{t('common.demo.leaveText')}</Text>,
      labels: { confirm: t('common.demo.leave'), cancel: t('common.cancel') },
      onConfirm: () => void answer(call('app.setMode', 'unset')),
    });
  }

  return (
    <Menu position="right-end" withinPortal width={260}>
      <Menu.Target>
        <Button
          variant="light"
          color="orange"
          fullWidth
          justify="flex-start"
          leftSection={<FlaskConical size={16} aria-hidden />}
        >
          {t('common.demo.badge')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('common.demo.store')}</Menu.Label>
        {amounts.map((count) => (
          <Menu.Item
            key={count}
            leftSection={<Plus size={16} aria-hidden />}
            onClick={() => void answer(call('demo.confirmOrders', { count }))}
          >
            {t('common.demo.confirm', { count })}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<CloudLightning size={16} aria-hidden />}
          onClick={() => void answer(call('demo.openSimulator', {}))}
        >
          {t('common.demo.simulator')}
        </Menu.Item>
        <Menu.Item leftSection={<LogOut size={16} aria-hidden />} onClick={leave}>
          {t('common.demo.leave')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

import { Center, Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Destination } from '../../contract/mail';
import { useEvent } from '../bridge/useEvent';
import { FirstStart } from '../firststart/FirstStart';
import { switchLanguage } from '../i18n';
import { Frame } from './Frame';
import { type Screen, Screens } from './Screens';
import { useStatusState } from './statusState';
import { useLeave } from './useLeave';

/** The window: first start, or the frame with the screen that is open. */
export function App() {
  const status = useStatusState((state) => state.status);
  const [screen, setScreen] = useState<Screen>({ name: 'orders', orderId: null });
  const [dirty, setDirty] = useState(false);
  const locale = status?.locale;
  const mode = status?.mode;

  useEffect(() => {
    if (locale !== undefined) void switchLanguage(locale);
  }, [locale]);

  // A fresh connection has nothing to show but its settings. Decided once, when the mode is chosen: saving
  // the settings must not throw anyone out of them.
  useEffect(() => {
    const { org } = useStatusState.getState().status ?? {};
    const unconfigured = mode === 'live' && org?.state === 'off';
    setScreen(unconfigured ? { name: 'settings', tab: 'connection' } : { name: 'orders', orderId: null });
  }, [mode]);

  const leave = useLeave(screen, dirty, setScreen);
  useEvent('app.navigate', (to) => leave(screenOf(to)));

  if (status === null)
    return (
      <Center h="100%">
        <Loader />
      </Center>
    );
  if (status.mode === 'unset') return <FirstStart locale={status.locale} />;
  return (
    <Frame status={status} screen={screen} onGo={leave}>
      <Screens screen={screen} mode={status.mode} onScreen={setScreen} onDirty={setDirty} key={status.mode} />
    </Frame>
  );
}

/** Where the tray or a notification leads to. */
function screenOf(to: Destination): Screen {
  switch (to.screen) {
    case 'order':
      return { name: 'orders', orderId: to.id };
    case 'failedOrders':
      return { name: 'orders', orderId: null, filter: 'failed' };
    case 'changedOrders':
      return { name: 'orders', orderId: null, filter: 'changed' };
    case 'catalog':
      return { name: 'catalog' };
    case 'settings':
      return { name: 'settings', tab: 'connection' };
  }
}

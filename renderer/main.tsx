import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/frame.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { Modals } from './app/Modals';
import { SavingToasts } from './app/SavingToasts';
import { useStatusState } from './app/statusState';
import { Toasts } from './app/Toasts';
import { call, listen } from './bridge/bridge';
import { setUpTexts } from './i18n';
import { readableColors, theme } from './theme';

async function start(): Promise<void> {
  const element = document.getElementById('root');
  if (element === null) throw new Error('no root element');
  const status = await call('status.get');
  await setUpTexts(status.ok ? status.value.locale : 'es-AR');
  if (status.ok) useStatusState.getState().set(status.value);
  listen('status.changed', (changed) => useStatusState.getState().set(changed));
  createRoot(element).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={readableColors} defaultColorScheme="auto">
        <Modals>
          <Toasts />
          <SavingToasts />
          <App />
        </Modals>
      </MantineProvider>
    </StrictMode>,
  );
}

void start();

import { createTheme, MantineThemeProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Short messages in the corner. Their close buttons have a name, which Mantine leaves to the program. */
export function Toasts() {
  const { t } = useTranslation();
  const close = t('common.close');
  const theme = useMemo(
    () =>
      createTheme({
        components: { Notification: { defaultProps: { closeButtonProps: { 'aria-label': close } } } },
      }),
    [close],
  );
  return (
    <MantineThemeProvider theme={theme}>
      <Notifications position="bottom-right" limit={4} />
    </MantineThemeProvider>
  );
}

import { Loader, Stack, Switch, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../ui/ProblemNote';
import { useDesktop } from './useMail';

const switches = ['notifications', 'stayInTray', 'startWithSystem'] as const;

/** How the program behaves on this computer: each switch counts at once. */
export function DesktopPanel() {
  const { t } = useTranslation();
  const { choices, problem, set } = useDesktop();
  return (
    <Stack gap="sm">
      <Title order={3} size="h5">
        {t('alerts.settings.desktop.title')}
      </Title>
      {problem !== null && <ProblemNote problem={problem} />}
      {choices === null && problem === null && <Loader size="sm" />}
      {choices !== null &&
        switches.map((name) => (
          <Switch
            key={name}
            label={t(`alerts.settings.desktop.${name}.label`)}
            description={t(`alerts.settings.desktop.${name}.help`)}
            checked={choices[name]}
            onChange={(event) => void set({ [name]: event.currentTarget.checked })}
          />
        ))}
    </Stack>
  );
}

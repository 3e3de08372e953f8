import { Button, Code, Group, List, Loader, Stack, Text } from '@mantine/core';
import { CircleCheck, ExternalLink } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsView } from '../../contract/settings';
import { type BrowserSignIn as BrowserSignInState, loopbackAddresses } from '../../contract/signIn';
import { call } from '../bridge/bridge';
import { useEvent } from '../bridge/useEvent';
import { ProblemNote } from '../ui/ProblemNote';
import { useAnswer } from '../ui/useAnswer';
import { useFormat } from '../ui/useFormat';
import type { SettingsForm } from './useSettings';

/** Signing in on the org's own page: the button, and how far it has come. */
export function BrowserSignIn({ form, view }: { form: SettingsForm; view: SettingsView }) {
  const { t } = useTranslation();
  const answer = useAnswer();
  const format = useFormat();
  const [state, setState] = useState<BrowserSignInState>({ state: 'idle' });
  const [starting, setStarting] = useState(false);
  const { refresh } = form;
  useEffect(() => {
    void call('signIn.get').then((now) => now.ok && setState(now.value));
  }, []);
  useEvent('signIn.changed', (changed) => {
    setState(changed);
    if (changed.state === 'signedIn') void refresh();
  });

  async function start(): Promise<void> {
    setStarting(true);
    // The org is asked by what has been saved, so that what is typed is saved first.
    if (!form.dirty || (await form.save())) {
      const now = await answer(call('signIn.start'));
      if (now !== null) setState(now);
    }
    setStarting(false);
  }

  const waiting = state.state === 'waiting';
  const label = view.signedInAs === null ? 'start' : 'again';
  return (
    <Stack gap="xs">
      <div role="status">
        {waiting ? (
          <Group gap="xs" wrap="nowrap">
            <Loader size="xs" aria-hidden />
            <Text size="sm">{t('settings.signIn.waiting', { time: format.hour(state.until) })}</Text>
          </Group>
        ) : (
          <SignedIn as={view.signedInAs} />
        )}
      </div>
      {state.state === 'failed' && <ProblemNote problem={state.problem} />}
      {!view.readOnly && (
        <Group gap="xs">
          <Button
            variant={waiting ? 'default' : 'light'}
            leftSection={<ExternalLink size={16} aria-hidden />}
            loading={starting}
            onClick={() => void start()}
          >
            {t(`settings.signIn.${waiting ? 'reopen' : form.dirty ? 'saveFirst' : label}`)}
          </Button>
          {waiting && (
            <Button variant="default" onClick={() => void call('signIn.cancel')}>
              {t('common.cancel')}
            </Button>
          )}
        </Group>
      )}
      {view.signedInAs === null && (
        <div>
          <Text size="xs" c="dimmed">
            {t('settings.signIn.callbacks')}
          </Text>
          <List size="xs" listStyleType="none">
            {loopbackAddresses.map((address) => (
              <List.Item key={address}>
                <Code>{address}</Code>
              </List.Item>
            ))}
          </List>
        </div>
      )}
    </Stack>
  );
}

function SignedIn({ as }: { as: string | null }) {
  const { t } = useTranslation();
  if (as === null)
    return (
      <Text size="sm" c="dimmed">
        {t('settings.signIn.notYet')}
      </Text>
    );
  return (
    <Group gap="xs" wrap="nowrap">
      <CircleCheck size={18} color="var(--mantine-color-teal-7)" aria-hidden />
      <Text size="sm">
        {as === '' ? t('settings.signIn.signedIn') : t('settings.signIn.signedInAs', { username: as })}
      </Text>
    </Group>
  );
}

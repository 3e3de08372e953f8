import { Divider, Group, HoverCard, Loader, Paper, Stack, Text, UnstyledButton } from '@mantine/core';
import { CircleCheck, CircleMinus, CircleX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Link, Status } from '../../contract/status';
import { useFormat } from '../ui/useFormat';
import { useNow } from '../ui/useNow';
import { useProblemText } from '../ui/useProblem';
import { AutomaticControl } from './AutomaticControl';

/** Both sides of the bridge and the switch for automatic export, always in sight. */
export function LinkPanel({ status }: { status: Status }) {
  const { t } = useTranslation();
  return (
    <Paper withBorder p="sm" radius="md">
      <Stack gap="xs">
        <LinkLine name={t('common.link.store')} host={null} link={status.store} />
        <LinkLine name={t('common.link.org')} host={status.orgHost} link={status.org} />
        <Divider />
        <AutomaticControl automatic={status.automatic} />
      </Stack>
    </Paper>
  );
}

function LinkLine({ name, host, link }: { name: string; host: string | null; link: Link }) {
  const { t } = useTranslation();
  const format = useFormat();
  const problemText = useProblemText();
  const now = useNow(1000, link.state === 'down');
  const word = t(`common.link.${link.state}`);
  const line = (
    <Group gap="xs" wrap="nowrap">
      <LinkIcon link={link} />
      <Text size="sm" truncate flex={1} title={host ?? name}>
        {name}
      </Text>
      <Text size="xs" c={link.state === 'down' ? 'red' : 'dimmed'} fw={link.state === 'down' ? 600 : 400}>
        {word}
      </Text>
    </Group>
  );
  if (link.state !== 'down') return <output aria-label={`${name}: ${word}`}>{line}</output>;
  const { title, action } = problemText(link.problem);
  return (
    <HoverCard width={320} position="right-end" withArrow shadow="md">
      <HoverCard.Target>
        <UnstyledButton aria-label={`${name}: ${word}. ${title}`}>
          {line}
          <Text size="xs" c="dimmed" lineClamp={2} mt={2}>
            {title}
          </Text>
        </UnstyledButton>
      </HoverCard.Target>
      <HoverCard.Dropdown>
        <Stack gap={4}>
          <Text size="sm" fw={600}>
            {title}
          </Text>
          <Text size="sm">{action}</Text>
          <Text size="xs" c="dimmed">
            {t('common.link.since', { when: format.relative(link.since, now) })}
            {link.nextTryAt !== null &&
              ` · ${t('common.link.nextTry', { when: format.relative(Math.max(link.nextTryAt, now), now) })}`}
          </Text>
        </Stack>
      </HoverCard.Dropdown>
    </HoverCard>
  );
}

function LinkIcon({ link }: { link: Link }) {
  switch (link.state) {
    case 'up':
      return <CircleCheck size={16} color="var(--mantine-color-teal-7)" aria-hidden />;
    case 'down':
      return <CircleX size={16} color="var(--mantine-color-red-7)" aria-hidden />;
    case 'connecting':
      return <Loader size={14} aria-hidden />;
    case 'off':
      return <CircleMinus size={16} color="var(--mantine-color-gray-6)" aria-hidden />;
  }
}

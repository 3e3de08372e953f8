import {
  Button,
  Card,
  Center,
  List,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  ThemeIcon,
  Title,
} from '@mantine/core';
import { Cable, FlaskConical, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Locale, localeSchema } from '../../contract/settings';
import { call } from '../bridge/bridge';
import { useAnswer } from '../ui/useAnswer';

const ways = [
  { mode: 'live', icon: Cable, color: 'indigo', variant: 'filled' },
  { mode: 'demo', icon: FlaskConical, color: 'orange', variant: 'light' },
] as const;

/** The first window of a new installation: connect for real, or look around with sample data. */
export function FirstStart({ locale }: { locale: Locale }) {
  const { t } = useTranslation();
  const answer = useAnswer();
  const [starting, setStarting] = useState<'live' | 'demo' | null>(null);

  async function choose(mode: 'live' | 'demo'): Promise<void> {
    setStarting(mode);
    const done = await answer(call('app.setMode', mode));
    if (done === null) setStarting(null);
  }

  return (
    <Center h="100%" p="xl" component="main">
      <Stack gap="xl" maw={820} w="100%">
        <Stack gap={4} align="center">
          <Title order={1} size="h2">
            {t('common.first.title')}
          </Title>
          <Text c="dimmed" ta="center">
            {t('common.first.text')}
          </Text>
        </Stack>
        <SimpleGrid cols={2} spacing="lg">
          {ways.map((way) => (
            <Way
              key={way.mode}
              {...way}
              busy={starting === way.mode}
              disabled={starting !== null}
              onChoose={() => void choose(way.mode)}
            />
          ))}
        </SimpleGrid>
        <Center>
          <SegmentedControl
            size="xs"
            aria-label={t('common.language')}
            value={locale}
            onChange={(value) => void answer(call('app.setLocale', localeSchema.parse(value)))}
            data={[
              { value: 'es-AR', label: 'Español' },
              { value: 'en', label: 'English' },
            ]}
          />
        </Center>
      </Stack>
    </Center>
  );
}

function Way(props: {
  mode: 'live' | 'demo';
  icon: LucideIcon;
  color: string;
  variant: string;
  busy: boolean;
  disabled: boolean;
  onChoose: () => void;
}) {
  const { t } = useTranslation();
  const Icon = props.icon;
  const points = t(`common.first.${props.mode}.points`, { returnObjects: true });
  return (
    <Card withBorder padding="lg" radius="lg">
      <Stack gap="md" h="100%">
        <ThemeIcon size={44} radius="md" variant="light" color={props.color} aria-hidden>
          <Icon size={24} />
        </ThemeIcon>
        <Title order={2} size="h4">
          {t(`common.first.${props.mode}.title`)}
        </Title>
        <List size="sm" spacing={6} c="dimmed">
          {(Array.isArray(points) ? points : []).map((point) => (
            <List.Item key={String(point)}>{String(point)}</List.Item>
          ))}
        </List>
        <Button
          mt="auto"
          color={props.color}
          variant={props.variant}
          loading={props.busy}
          disabled={props.disabled && !props.busy}
          onClick={props.onChoose}
        >
          {t(`common.first.${props.mode}.button`)}
        </Button>
      </Stack>
    </Card>
  );
}

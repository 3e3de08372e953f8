import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** The top of a screen: its name, one sentence of help, and its actions. */
export function ScreenHeader(props: { title: string; help?: string; children?: ReactNode }) {
  return (
    <Group justify="space-between" align="flex-start" gap="md">
      {/* Actions that would squeeze the help into a column of a few words go below it. */}
      <Stack gap={2} flex="1 1 240px">
        <Title order={2} size="h3">
          {props.title}
        </Title>
        {props.help !== undefined && (
          <Text size="sm" c="dimmed">
            {props.help}
          </Text>
        )}
      </Stack>
      <Group gap="xs" wrap="nowrap">
        {props.children}
      </Group>
    </Group>
  );
}

import { Center, Stack, Text, ThemeIcon } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** What stands where a list has nothing to show: why, and what to do next. */
export function EmptyNote(props: { icon: LucideIcon; title: string; text: string; children?: ReactNode }) {
  const Icon = props.icon;
  return (
    <Center h="100%" p="xl">
      <Stack align="center" gap="xs" maw={440}>
        <ThemeIcon size={56} radius="xl" variant="light" color="gray">
          <Icon size={28} aria-hidden />
        </ThemeIcon>
        <Text fw={600} ta="center">
          {props.title}
        </Text>
        <Text size="sm" c="dimmed" ta="center">
          {props.text}
        </Text>
        {props.children}
      </Stack>
    </Center>
  );
}

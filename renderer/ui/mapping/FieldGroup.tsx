import { Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Mapping.module.css';

/** Fields of a mapping that belong together, side by side as far as there is room. */
export function FieldGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {title}
      </Title>
      <div className={classes['fields']}>{children}</div>
    </Stack>
  );
}

/** The help stands below, so that fields side by side are on one line. */
export const wrapperOrder: ('label' | 'input' | 'description' | 'error')[] = [
  'label',
  'input',
  'description',
  'error',
];

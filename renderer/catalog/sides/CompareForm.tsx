import { Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ProductScope } from '../../../contract/catalogProduct';
import { call } from '../../bridge/bridge';
import { useAnswer } from '../../ui/useAnswer';
import { FullField } from '../FullField';
import { ScopeFields } from '../ScopeFields';

export interface CompareFormProps {
  scope: ProductScope;
  /** The button that begins. */
  children: (compare: () => void, isStarting: boolean) => ReactNode;
}

/** What the next comparison is to take: warehouse, companies, and whether everything is read again. */
export function CompareForm({ scope: first, children }: CompareFormProps) {
  const answered = useAnswer();
  const [scope, setScope] = useState(first);
  const [full, setFull] = useState(false);
  const [isStarting, setStarting] = useState(false);

  async function compare(): Promise<void> {
    setStarting(true);
    await answered(call('catalogSides.compare', { ...scope, reading: full ? 'full' : 'auto' }));
    setStarting(false);
  }

  return (
    <Stack gap="sm">
      <ScopeFields value={scope} onChange={setScope} sideBySide />
      <FullField value={full} onChange={setFull} />
      {children(() => void compare(), isStarting)}
    </Stack>
  );
}

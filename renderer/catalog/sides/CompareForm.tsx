import { Checkbox, Group, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductScope } from '../../../contract/catalogProduct';
import { call } from '../../bridge/bridge';
import { useAnswer } from '../../ui/useAnswer';
import { AskedProblem } from '../AskedProblem';
import { CompaniesField, WarehouseField } from '../ScopeFields';
import { useChoices } from '../useCatalog';

export interface CompareFormProps {
  scope: ProductScope;
  /** The button that begins. */
  children: (compare: () => void, isStarting: boolean) => ReactNode;
}

/** What the next comparison is to take: warehouse, companies, and whether everything is read again. */
export function CompareForm({ scope: first, children }: CompareFormProps) {
  const { t } = useTranslation();
  const answered = useAnswer();
  const { choices, problem } = useChoices(true);
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
      {problem !== null && <AskedProblem problem={problem} />}
      <Group gap="md" grow align="flex-start">
        <WarehouseField
          choices={choices}
          value={scope.warehouse}
          onChange={(warehouse) => setScope({ ...scope, warehouse })}
          loading={problem === null}
        />
        <CompaniesField
          choices={choices}
          value={scope.companies}
          onChange={(companies) => setScope({ ...scope, companies })}
        />
      </Group>
      <Checkbox
        label={t('catalog.start.full')}
        description={t('catalog.start.fullHelp')}
        checked={full}
        onChange={(event) => setFull(event.currentTarget.checked)}
      />
      {children(() => void compare(), isStarting)}
    </Stack>
  );
}

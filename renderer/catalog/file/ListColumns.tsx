import { ActionIcon, Autocomplete, Button, Group, Paper, Select, Stack, Text, Title } from '@mantine/core';
import { Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { mostListColumns } from '../../../contract/catalogFile';
import { onceEach } from '../../ui/onceEach';
import { useChoices } from '../useCatalog';
import type { MappingFormProps } from './useCatalogFile';
import { useMappingFault } from './useMappingFault';

/** Columns with the prices of further lists, each with the price book of the org that feeds it. */
export function ListColumns({ state, step }: MappingFormProps) {
  const { t } = useTranslation();
  const { file, draft, errors } = step;
  const fault = useMappingFault(errors);
  const { choices } = useChoices(true);
  const priceBooks = onceEach(choices?.priceBooks ?? [], ({ name }) => name).map(({ name }) => name);
  const { lists } = draft;
  const change = (at: number, part: Partial<(typeof lists)[number]>) =>
    state.setDraft({ lists: lists.map((list, index) => (index === at ? { ...list, ...part } : list)) });

  return (
    <Paper withBorder p="md" radius="md">
      <Stack gap="xs">
        <Stack gap={2}>
          <Title order={3} size="h5">
            {t('catalogFile.lists.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('catalogFile.lists.help')}
          </Text>
        </Stack>
        {lists.map((list, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name until it is filled in; one that moves up shows its own values, which its fields get from here
          <Group key={index} gap="xs" wrap="nowrap" align="flex-start">
            <Select
              flex={1}
              label={t('catalogFile.lists.column')}
              placeholder={t('import.choosePlaceholder')}
              searchable={file.columns.length > 12}
              nothingFoundMessage={t('import.noColumn')}
              data={file.columns}
              value={list.column === '' ? null : list.column}
              error={fault(`lists.${index}.column`)}
              onChange={(column) => change(index, { column: column ?? '' })}
            />
            <Autocomplete
              flex={1}
              label={t('catalogFile.lists.priceBook')}
              maxLength={255}
              data={priceBooks}
              value={list.priceBook}
              error={fault(`lists.${index}.priceBook`)}
              onChange={(priceBook) => change(index, { priceBook })}
            />
            <ActionIcon
              mt={26}
              size="lg"
              variant="subtle"
              color="gray"
              aria-label={t('catalogFile.lists.remove')}
              onClick={() => state.setDraft({ lists: lists.filter((_, at) => at !== index) })}
            >
              <Trash2 size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="default"
          size="xs"
          w="fit-content"
          disabled={lists.length >= mostListColumns}
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => state.setDraft({ lists: [...lists, { column: '', priceBook: '' }] })}
        >
          {t('catalogFile.lists.add')}
        </Button>
      </Stack>
    </Paper>
  );
}

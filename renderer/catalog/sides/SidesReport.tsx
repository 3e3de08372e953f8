import { Group, Select, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type MutableRefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { catalogNotes } from '../../../contract/catalog';
import type { Compared, SidesSummary } from '../../../contract/catalogSides';
import { call } from '../../bridge/bridge';
import { ProblemNote } from '../../ui/ProblemNote';
import { SearchBox } from '../../ui/SearchBox';
import { useFormat } from '../../ui/useFormat';
import { ExportMenu } from '../ExportMenu';
import { UnreadableNote } from '../UnreadableNote';
import { SidesFigures } from './SidesFigures';
import { SidesTable } from './SidesTable';
import type { SidesPlace } from './sidesPlace';
import { type SidesQuery, useSideRows } from './useSides';

export interface SidesReportProps {
  compared: Compared;
  version: number;
  place: MutableRefObject<SidesPlace>;
  onOpen: (sku: string) => void;
}

const everything = { filter: 'all', note: null, search: '' } as const;

/** The counts of both sides, which are the filters of the list below them. */
export function SidesReport({ version, place, onOpen }: SidesReportProps) {
  const { t } = useTranslation();
  const [query, setQuery] = useState<SidesQuery>(place.current.query);
  const [typed, setTyped] = useState(query.search);
  const [search] = useDebouncedValue(typed, 250);
  const wanted = { ...query, search };
  const rows = useSideRows(wanted, version);
  useEffect(() => {
    place.current.query = { ...query, search };
  }, [place, query, search]);

  /** Another list begins at its top. */
  function change(changes: Partial<SidesQuery>): void {
    Object.assign(place.current, { top: 0, active: 0 });
    setQuery({ ...query, ...changes });
  }

  return (
    <Stack gap="xs" flex={1} mih={220}>
      {rows.summary !== null && <UnreadableNote unreadable={rows.summary.nameless} nameless />}
      <SidesFigures summary={rows.summary} value={query.filter} onChange={(filter) => change({ filter })} />
      <Group gap="sm" wrap="nowrap">
        <NoteFilter summary={rows.summary} value={query.note} onChange={(note) => change({ note })} />
        {rows.summary !== null && (
          <Text size="xs" c="dimmed" truncate flex={1} miw={0} visibleFrom="lg">
            {t('catalogSides.inStore', { count: rows.summary.inStore })} ·{' '}
            {t('catalogSides.inOrg', { count: rows.summary.inOrg })}
          </Text>
        )}
        <Group gap="xs" wrap="nowrap" ml="auto" flex="none">
          <SearchBox
            label={t('catalog.rows.search')}
            value={typed}
            onChange={(text) => {
              Object.assign(place.current, { top: 0, active: 0 });
              setTyped(text);
            }}
          />
          <ExportMenu
            narrowed={query.filter !== 'all' || query.note !== null || search.trim() !== ''}
            empty={rows.total === 0}
            save={(which, format) => {
              const { filter, note } = query;
              const shown = which === 'all' ? everything : { filter, note, search };
              return call('catalogSides.export', { ...shown, format });
            }}
          />
        </Group>
      </Group>
      {rows.problem !== null && <ProblemNote problem={rows.problem} />}
      <SidesTable
        rows={rows}
        query={wanted}
        place={place}
        onSort={(sort, descending) => change({ sort, descending })}
        onOpen={onOpen}
      />
    </Stack>
  );
}

function NoteFilter(props: {
  summary: SidesSummary | null;
  value: SidesQuery['note'];
  onChange: (note: SidesQuery['note']) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { summary, value } = props;
  const shown = catalogNotes.filter((note) => note === value || (summary?.notes[note] ?? 0) > 0);
  return (
    <Select
      size="xs"
      w={260}
      clearable
      placeholder={t('catalogSides.anyNote')}
      aria-label={t('catalogSides.noteLabel')}
      disabled={shown.length === 0}
      maxDropdownHeight={320}
      data={shown.map((note) => ({
        value: note,
        label: `${t(`catalogSides.note.${note}`)} · ${format.count(summary?.notes[note] ?? 0)}`,
      }))}
      value={value}
      onChange={(note) => props.onChange(catalogNotes.find((one) => one === note) ?? null)}
    />
  );
}

import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { ChevronDown, Download, FileSpreadsheet, FileText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangeFilter } from '../../contract/catalog';
import { type TableFormat, tableFormats } from '../../contract/catalogFile';
import { call } from '../bridge/bridge';
import { useAnswer } from '../ui/useAnswer';

const icons = { xlsx: FileSpreadsheet, csv: FileText } as const satisfies Record<TableFormat, unknown>;

interface ExportMenuProps {
  id: number;
  filter: ChangeFilter;
  search: string;
  /** Nothing is shown. */
  empty: boolean;
}

/** Saves the rows of a run as a table: those that are shown, or all of them. */
export function ExportMenu({ id, filter, search, empty }: ExportMenuProps) {
  const { t } = useTranslation();
  const answered = useAnswer();
  const [busy, setBusy] = useState(false);
  const narrowed = filter !== 'all' || search.trim() !== '';

  async function save(rows: { filter: ChangeFilter; search: string }, format: TableFormat): Promise<void> {
    setBusy(true);
    const saved = await answered(call('catalogFile.exportRows', { id, ...rows, format }));
    setBusy(false);
    if (saved === null) return;
    const { name, rows: count } = saved;
    notifications.show({ color: 'teal', message: t('catalogFile.export.saved', { name, count }) });
  }

  const items = (rows: { filter: ChangeFilter; search: string }, disabled: boolean) =>
    tableFormats.map((format) => {
      const Icon = icons[format];
      return (
        <Menu.Item
          key={format}
          disabled={disabled}
          leftSection={<Icon size={14} aria-hidden />}
          onClick={() => void save(rows, format)}
        >
          {t(`catalogFile.export.${format}`)}
        </Menu.Item>
      );
    });

  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          loading={busy}
          leftSection={<Download size={14} aria-hidden />}
          rightSection={<ChevronDown size={14} aria-hidden />}
        >
          {t('catalogFile.export.button')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {narrowed && (
          <>
            <Menu.Label>{t('catalogFile.export.shown')}</Menu.Label>
            {items({ filter, search }, empty)}
          </>
        )}
        <Menu.Label>{t('catalogFile.export.all')}</Menu.Label>
        {items({ filter: 'all', search: '' }, !narrowed && empty)}
      </Menu.Dropdown>
    </Menu>
  );
}

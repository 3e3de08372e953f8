import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { ChevronDown, Download, FileSpreadsheet, FileText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../contract/calls';
import { type SavedFile, type TableFormat, tableFormats } from '../../contract/catalogFile';
import { useAnswer } from '../ui/useAnswer';

const icons = { xlsx: FileSpreadsheet, csv: FileText } as const satisfies Record<TableFormat, unknown>;

interface ExportMenuProps {
  /** Less than everything is shown. */
  narrowed: boolean;
  /** Nothing is shown. */
  empty: boolean;
  save: (rows: ExportedRows, format: TableFormat) => Promise<Answer<SavedFile | null>>;
}

type ExportedRows = 'shown' | 'all';

/** Saves a list as a table: the rows that are shown, or all of them. */
export function ExportMenu({ narrowed, empty, save }: ExportMenuProps) {
  const { t } = useTranslation();
  const answered = useAnswer();
  const [busy, setBusy] = useState(false);

  async function saveRows(rows: ExportedRows, format: TableFormat): Promise<void> {
    setBusy(true);
    const saved = await answered(save(rows, format));
    setBusy(false);
    if (saved === null) return;
    const { name, rows: count } = saved;
    notifications.show({ color: 'teal', message: t('catalogFile.export.saved', { name, count }) });
  }

  const items = (rows: ExportedRows, disabled: boolean) =>
    tableFormats.map((format) => {
      const Icon = icons[format];
      return (
        <Menu.Item
          key={format}
          disabled={disabled}
          leftSection={<Icon size={14} aria-hidden />}
          onClick={() => void saveRows(rows, format)}
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
          flex="none"
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
            {items('shown', empty)}
          </>
        )}
        <Menu.Label>{t('catalogFile.export.all')}</Menu.Label>
        {items('all', !narrowed && empty)}
      </Menu.Dropdown>
    </Menu>
  );
}

import { Alert, Button, Group, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Check, ChevronDown, CloudUpload, FileSpreadsheet, FileText, Save, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run } from '../../../contract/catalog';
import { type TableFormat, tableFormats, type UploadRows, uploadRows } from '../../../contract/catalogFile';
import { call } from '../../bridge/bridge';
import { warningColor } from '../../theme';
import { useAnswer } from '../../ui/useAnswer';

const icons = { xlsx: FileSpreadsheet, csv: FileText } as const satisfies Record<TableFormat, unknown>;

/** A plan that goes out as a file: given up, or saved. */
export function FileActions({ run }: { run: Run }) {
  const { t } = useTranslation();
  const answered = useAnswer();
  const { id, status } = run;
  if (status.state === 'saved') return <SaveMenu run={run} />;
  if (status.state !== 'planned') return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<X size={16} aria-hidden />}
        onClick={() => void answered(call('catalog.cancel', { id }))}
      >
        {t('catalog.result.discard')}
      </Button>
      <SaveMenu run={run} />
    </>
  );
}

/** The changes are in a file: what to do with it, and what became of it. */
export function SavedNote({ id, file }: { id: number; file: string }) {
  const { t } = useTranslation();
  const answered = useAnswer();
  return (
    <Alert color="blue" variant="light" icon={<CloudUpload size={18} aria-hidden />}>
      <Group justify="space-between" wrap="nowrap" gap="md">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {t('catalogFile.savedNote', { file })}
        </Text>
        <Group gap="xs" wrap="nowrap" flex="none">
          <Button size="xs" variant="default" onClick={() => void answered(call('catalog.cancel', { id }))}>
            {t('catalogFile.notUploaded')}
          </Button>
          <Button
            size="xs"
            leftSection={<Check size={14} aria-hidden />}
            onClick={() => void answered(call('catalogFile.uploaded', { id }))}
          >
            {t('catalogFile.uploaded')}
          </Button>
        </Group>
      </Group>
    </Alert>
  );
}

/** The changed products or all of them, in the format of the file that was opened first. */
function SaveMenu({ run }: { run: Run }) {
  const { t } = useTranslation();
  const answered = useAnswer();
  const [busy, setBusy] = useState(false);
  const saved = run.status.state === 'saved';
  const looksWrong = run.status.state === 'planned' && run.status.stops.length > 0;
  const isText = !run.file?.toLowerCase().endsWith('.xlsx');
  const formats = isText ? [...tableFormats].reverse() : tableFormats;

  async function save(rows: UploadRows, format: TableFormat): Promise<void> {
    setBusy(true);
    const file = await answered(call('catalogFile.save', { id: run.id, rows, format }));
    setBusy(false);
    if (file === null) return;
    const { name, rows: count } = file;
    notifications.show({ color: 'teal', message: t('catalogFile.export.saved', { name, count }) });
  }

  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          loading={busy}
          {...(saved ? { variant: 'default' } : {})}
          {...(looksWrong ? { color: warningColor } : {})}
          leftSection={<Save size={16} aria-hidden />}
          rightSection={<ChevronDown size={14} aria-hidden />}
        >
          {t(saved ? 'catalogFile.saveAgain' : looksWrong ? 'catalogFile.saveAnyway' : 'catalogFile.save')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {uploadRows.map((rows) => [
          <Menu.Label key={rows}>{t(`catalogFile.rows.${rows}`)}</Menu.Label>,
          ...formats.map((format) => {
            const Icon = icons[format];
            return (
              <Menu.Item
                key={`${rows} ${format}`}
                leftSection={<Icon size={14} aria-hidden />}
                onClick={() => void save(rows, format)}
              >
                {t(`catalogFile.export.${format}`)}
              </Menu.Item>
            );
          }),
        ])}
      </Menu.Dropdown>
    </Menu>
  );
}

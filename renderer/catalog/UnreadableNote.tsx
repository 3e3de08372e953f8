import { Alert, List, Spoiler, Text } from '@mantine/core';
import { FileWarning } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Unreadables } from '../../contract/catalog';
import { visibleSku } from './visibleSku';

interface UnreadableNoteProps {
  unreadable: Unreadables;
  /** Those without a SKU alone: the others are told elsewhere. */
  nameless?: boolean;
}

/** Products of the store that cannot be read: how many, and the first of them with why. Nothing where there are none. */
export function UnreadableNote({ unreadable: { count, first }, nameless = false }: UnreadableNoteProps) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<FileWarning size={18} aria-hidden />}
      title={t(nameless ? 'catalog.unreadable.nameless' : 'catalog.unreadable.title', { count })}
    >
      <Text size="sm">
        {nameless ? t('catalog.unreadable.namelessHelp', { count }) : t('catalog.unreadable.help')}
      </Text>
      <Spoiler
        maxHeight={0}
        showLabel={t('catalog.unreadable.show')}
        hideLabel={t('catalog.unreadable.hide')}
        styles={{
          // On tinted ground a link's own colour is too pale.
          control: {
            fontSize: 'var(--mantine-font-size-sm)',
            color: 'inherit',
            textDecoration: 'underline',
          },
        }}
      >
        <List size="sm" mt="xs" spacing={2} listStyleType="none">
          {first.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list, in which those without a SKU may be alike
            <Entry key={index} entry={one} />
          ))}
        </List>
        {count > first.length && (
          <Text size="sm">{t('catalog.unreadable.more', { count: count - first.length })}</Text>
        )}
      </Spoiler>
    </Alert>
  );
}

function Entry({ entry: { sku, told, notes } }: { entry: Unreadables['first'][number] }) {
  const { t } = useTranslation();
  return (
    <List.Item style={{ overflowWrap: 'anywhere' }}>
      <Text span size="sm" fw={600} data-selectable>
        {sku === null ? t('catalog.unreadable.noSku') : visibleSku(sku)}
      </Text>
      {told !== '' && (
        <Text span size="sm" c="dimmed" data-selectable>
          {' '}
          {told}
        </Text>
      )}
      : {notes.map((note) => t(`catalogSides.note.${note}`)).join(', ')}
    </List.Item>
  );
}

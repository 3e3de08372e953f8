import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Whether both sides are read from the beginning instead of what has changed. */
export function FullField(props: { value: boolean; onChange: (full: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Checkbox
      label={t('catalog.start.full')}
      description={t('catalog.start.fullHelp')}
      checked={props.value}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  );
}

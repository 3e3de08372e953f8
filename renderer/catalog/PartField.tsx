import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type UpdatePart, updateParts } from '../../contract/catalogRules';

/** Whether an update takes stock, prices or both. */
export function PartField(props: { value: UpdatePart; onChange: (part: UpdatePart) => void }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <Stack gap={4}>
      <Text size="sm" fw={500} id={id}>
        {t('catalog.start.part')}
      </Text>
      <SegmentedControl
        w="fit-content"
        aria-labelledby={id}
        value={props.value}
        onChange={(value) => props.onChange(updateParts.find((one) => one === value) ?? 'both')}
        data={updateParts.map((value) => ({ value, label: t(`catalog.part.${value}`) }))}
      />
    </Stack>
  );
}

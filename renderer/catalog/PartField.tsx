import { Input, SegmentedControl, Stack } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type UpdatePart, updateParts } from '../../contract/catalogRules';

interface PartFieldProps {
  value: UpdatePart;
  onChange: (part: UpdatePart) => void;
  /** What follows from the choice. */
  help?: string | undefined;
}

/** Whether an update takes stock, prices or both. */
export function PartField({ value: part, onChange, help }: PartFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const helpId = useId();
  return (
    <Stack gap={4}>
      <Input.Label labelElement="div" id={id}>
        {t('catalog.start.part')}
      </Input.Label>
      <SegmentedControl
        w="fit-content"
        aria-labelledby={id}
        aria-describedby={help === undefined ? undefined : helpId}
        value={part}
        onChange={(value) => onChange(updateParts.find((one) => one === value) ?? 'both')}
        data={updateParts.map((value) => ({ value, label: t(`catalog.part.${value}`) }))}
      />
      {help !== undefined && <Input.Description id={helpId}>{help}</Input.Description>}
    </Stack>
  );
}

import { Button, Collapse, Group, Paper, Stack, Text } from '@mantine/core';
import { Scale, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Compared } from '../../../contract/catalogSides';
import { call } from '../../bridge/bridge';
import { useAnswer } from '../../ui/useAnswer';
import { useFormat } from '../../ui/useFormat';
import { useNow } from '../../ui/useNow';
import { CompareForm } from './CompareForm';

/** A reading this old is told as such: much may have been sold since. */
const oldAfterMs = 12 * 3_600_000;

/** When both sides were read and what of them was compared; compares anew, with the same choice or another. */
export function SidesHeader({ compared, isBusy }: { compared: Compared; isBusy: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const answered = useAnswer();
  const now = useNow(15_000, true);
  const [isChoosing, setChoosing] = useState(false);
  const [isStarting, setStarting] = useState(false);
  const { scope, warehouse, priceBook, readAt } = compared;
  const isOld = now - readAt > oldAfterMs;
  const what = [
    warehouse ?? t('catalog.scope.general'),
    t('catalog.scope.prices', { name: priceBook }),
    ...(scope.companies.length === 0 ? [] : [scope.companies.join(', ')]),
  ].join(' · ');
  const when = format.relative(Math.min(readAt, now), now);

  async function compareAgain(): Promise<void> {
    setStarting(true);
    await answered(call('catalogSides.compare', { ...scope, reading: 'auto' }));
    setStarting(false);
  }

  return (
    <Paper withBorder radius="md" px="md" py="xs">
      <Group justify="space-between" wrap="nowrap">
        <Stack gap={0} miw={0}>
          <Text size="sm" fw={600} truncate title={what}>
            {what}
          </Text>
          <Text size="xs" c={isOld ? 'orange' : 'dimmed'}>
            {t(isOld ? 'catalogSides.readLongAgo' : 'catalogSides.readAt', {
              when,
              time: format.dateTime(readAt),
            })}
          </Text>
        </Stack>
        <Group gap="xs" wrap="nowrap" flex="none">
          <Button
            variant="subtle"
            size="xs"
            aria-expanded={isChoosing}
            leftSection={<SlidersHorizontal size={14} aria-hidden />}
            onClick={() => setChoosing(!isChoosing)}
          >
            {t('catalogProduct.chooseScope')}
          </Button>
          {!isChoosing && (
            <Button
              size="xs"
              leftSection={<Scale size={14} aria-hidden />}
              loading={isStarting}
              disabled={isBusy}
              onClick={() => void compareAgain()}
            >
              {t('catalogSides.compare')}
            </Button>
          )}
        </Group>
      </Group>
      <Collapse expanded={isChoosing}>
        {isChoosing && (
          <Stack pt="sm">
            <CompareForm scope={scope}>
              {(compare, isBeginning) => (
                <Button
                  w="fit-content"
                  leftSection={<Scale size={16} aria-hidden />}
                  loading={isBeginning}
                  disabled={isBusy}
                  onClick={compare}
                >
                  {t('catalogSides.compare')}
                </Button>
              )}
            </CompareForm>
          </Stack>
        )}
      </Collapse>
    </Paper>
  );
}

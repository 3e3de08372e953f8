import {
  ActionIcon,
  Alert,
  Anchor,
  Badge,
  Button,
  Group,
  Paper,
  Stack,
  Text,
  Title,
  Tooltip,
} from '@mantine/core';
import { Check, Info, PackageCheck, RotateCw, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ProductView } from '../../../contract/catalogProduct';
import type { UpdatePart } from '../../../contract/catalogRules';
import { ProblemNote } from '../../ui/ProblemNote';
import { useFormat } from '../../ui/useFormat';
import { visibleSku } from '../visibleSku';
import { ItemRuleForm } from './ItemRuleForm';
import { ProductHistory } from './ProductHistory';
import { SidesTable } from './SidesTable';
import type { OpenProduct } from './useProduct';

interface PageProps {
  view: ProductView;
  product: OpenProduct;
  onOpen: (sku: string) => void;
}

/** A product's page: both sides as they are now, what an update would do, its own rule, and its history. */
export function ProductPage({ view, product, onOpen }: PageProps) {
  return (
    <Stack gap="md">
      <Paper withBorder radius="md" p="lg">
        <Stack gap="sm">
          <Head view={view} product={product} />
          <Outcome product={product} />
          {view.lacks.map((lack) => (
            <ProblemNote key={lack.code} problem={lack} color="orange" />
          ))}
          <Notes view={view} onOpen={onOpen} />
          <SidesTable view={view} />
          <Actions view={view} product={product} />
        </Stack>
      </Paper>
      <ItemRuleForm key={JSON.stringify(view.rule)} rule={view.rule} onSave={product.saveRule} />
      <ProductHistory history={view.history} />
    </Stack>
  );
}

function Head({ view, product }: Pick<PageProps, 'view' | 'product'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start">
      <Stack gap={2}>
        <Title order={3} size="h4" data-selectable>
          {view.name === '' ? visibleSku(view.sku) : view.name}
        </Title>
        <Text size="sm" c="dimmed" data-selectable>
          {[
            t('catalogProduct.sku', { sku: visibleSku(view.sku) }),
            view.warehouse ?? t('catalog.scope.general'),
            ...(view.priceBook === null ? [] : [t('catalog.scope.prices', { name: view.priceBook })]),
          ].join(' · ')}
        </Text>
      </Stack>
      <Group gap="xs" wrap="nowrap">
        <Text size="xs" c="dimmed">
          {t('catalogProduct.readAt', { time: format.time(view.readAt) })}
        </Text>
        <Tooltip label={t('catalogProduct.again')}>
          <ActionIcon
            variant="default"
            aria-label={t('catalogProduct.again')}
            loading={product.busy === 'looking'}
            onClick={() => void product.look(view.sku, view.scope)}
          >
            <RotateCw size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Group>
    </Group>
  );
}

function Outcome({ product: { outcome, refusal } }: Pick<PageProps, 'product'>) {
  const { t } = useTranslation();
  if (refusal !== null)
    return (
      <Alert color="red" variant="light" icon={<TriangleAlert size={18} aria-hidden />} role="status">
        {t(`catalog.refusal.${refusal.code}`)}.
        {refusal.message !== '' && ` ${t('catalog.storeSays', { message: refusal.message })}`}
      </Alert>
    );
  if (outcome === 'written')
    return (
      <Alert color="teal" variant="light" icon={<Check size={18} aria-hidden />} role="status">
        {t('catalogProduct.written')}
      </Alert>
    );
  if (outcome === 'changed')
    return (
      <Alert color="orange" variant="light" icon={<Info size={18} aria-hidden />} role="status">
        {t('catalogProduct.changed')}
      </Alert>
    );
  return null;
}

function Notes({ view, onOpen }: Pick<PageProps, 'view' | 'onOpen'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const { notes, similar, openUnits, org } = view;
  if (notes.length === 0 && openUnits === null && org.length < 2) return null;
  return (
    <Alert color="orange" variant="light" icon={<Info size={18} aria-hidden />}>
      <Stack gap={4}>
        {notes.map((note) => (
          <Text key={note} size="sm">
            {t(`catalogProduct.note.${note}`)}
          </Text>
        ))}
        {similar !== null && (
          <Text size="sm">
            {t('catalogProduct.similar')}{' '}
            <Anchor component="button" type="button" size="sm" onClick={() => onOpen(similar)}>
              {visibleSku(similar)}
            </Anchor>
          </Text>
        )}
        {openUnits !== null && (
          <Text size="sm">{t('catalogProduct.openUnits', { units: format.decimal(openUnits) })}</Text>
        )}
      </Stack>
    </Alert>
  );
}

const buttons = [
  { part: 'both', needs: (change: Change) => change.stock !== null && hasPrice(change) },
  { part: 'stock', needs: (change: Change) => change.stock !== null },
  { part: 'prices', needs: hasPrice },
] as const satisfies readonly { part: UpdatePart; needs: (change: Change) => boolean }[];

type Change = NonNullable<ProductView['change']>;

function hasPrice(change: Change): boolean {
  return change.price !== null || change.lists.length > 0;
}

function Actions({ view, product }: Pick<PageProps, 'view' | 'product'>) {
  const { t } = useTranslation();
  const { change } = view;
  if (change === null)
    return (
      <Badge
        size="lg"
        variant="light"
        color="gray"
        tt="none"
        leftSection={<PackageCheck size={14} aria-hidden />}
      >
        {t(view.store === null ? 'catalogProduct.notInStore' : 'catalogProduct.nothing')}
      </Badge>
    );
  const offered = buttons.filter(({ needs }) => needs(change));
  return (
    <Group gap="sm">
      {offered.map(({ part }, index) => (
        <Button
          key={part}
          variant={index === 0 ? 'filled' : 'default'}
          loading={product.busy === part}
          disabled={product.busy !== null && product.busy !== part}
          onClick={() => void product.update(part)}
        >
          {t(`catalogProduct.update.${part}`)}
        </Button>
      ))}
    </Group>
  );
}

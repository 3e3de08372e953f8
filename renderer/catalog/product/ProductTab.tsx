import {
  Autocomplete,
  Button,
  Center,
  Collapse,
  Group,
  Loader,
  Paper,
  ScrollArea,
  Stack,
  Text,
} from '@mantine/core';
import { ArrowLeft, PackageSearch, Search, SlidersHorizontal } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductScope } from '../../../contract/catalogProduct';
import type { CatalogView } from '../../../contract/catalogView';
import { EmptyNote } from '../../ui/EmptyNote';
import { AskedProblem } from '../AskedProblem';
import { ScopeFields } from '../ScopeFields';
import { ProductPage } from './ProductPage';
import { useProduct } from './useProduct';
import { useProductSearch } from './useProductSearch';

export interface ProductTabProps {
  catalog: CatalogView;
  /** The product to begin with. */
  opened: { sku: string; scope: ProductScope } | null;
  /** Back to the list it was opened from. */
  onBack: () => void;
}

/** One product by its SKU or name: looked at on both sides, and updated by itself. */
export function ProductTab({ catalog, opened, onBack }: ProductTabProps) {
  const { t } = useTranslation();
  const product = useProduct();
  const [typed, setTyped] = useState(opened?.sku ?? '');
  const [scope, setScope] = useState<ProductScope>(
    opened?.scope ?? { warehouse: catalog.warehouse, companies: catalog.companies },
  );
  const { view, problem, busy, look } = product;
  useEffect(() => {
    if (opened !== null) void look(opened.sku, opened.scope);
  }, [opened, look]);

  function open(sku: string): void {
    setTyped(sku);
    void product.look(sku, scope);
  }

  function choose(next: ProductScope): void {
    setScope(next);
    if (view !== null) void product.look(view.sku, next);
  }

  return (
    <ScrollArea h="100%" type="auto" offsetScrollbars>
      <Stack gap="md" maw={980}>
        {opened !== null && (
          <Button
            variant="subtle"
            size="xs"
            w="fit-content"
            leftSection={<ArrowLeft size={14} aria-hidden />}
            onClick={onBack}
          >
            {t('catalogSides.back')}
          </Button>
        )}
        <Finder
          isFirst={opened === null}
          typed={typed}
          onType={setTyped}
          onOpen={open}
          scope={scope}
          onScope={choose}
        />
        {problem !== null && <AskedProblem problem={problem} />}
        {view === null && busy === 'looking' && (
          <Center h={120}>
            <Loader />
          </Center>
        )}
        {view === null && busy === null && problem === null && <Nothing />}
        {view !== null && <ProductPage key={view.sku} view={view} product={product} onOpen={open} />}
      </Stack>
    </ScrollArea>
  );
}

function Nothing() {
  const { t } = useTranslation();
  return (
    <EmptyNote icon={PackageSearch} title={t('catalogProduct.empty')} text={t('catalogProduct.emptyText')} />
  );
}

function Finder(props: {
  /** The search is what a person comes for, unless they come with a product. */
  isFirst: boolean;
  typed: string;
  onType: (text: string) => void;
  onOpen: (sku: string) => void;
  scope: ProductScope;
  onScope: (scope: ProductScope) => void;
}) {
  const { t } = useTranslation();
  const { typed, scope } = props;
  const [choosing, setChoosing] = useState(false);
  // What has been opened needs no suggestions over the product.
  const [settled, setSettled] = useState('');
  const { found, problem, searching } = useProductSearch(typed);
  const names = new Map(found.map(({ sku, name }) => [sku, name]));
  const where = [scope.warehouse === '' ? t('catalog.scope.general') : scope.warehouse, ...scope.companies];

  function open(sku: string): void {
    setSettled(sku);
    props.onOpen(sku);
  }

  return (
    <Paper withBorder radius="md" p="md">
      <Stack gap="sm">
        <Group gap="sm" align="flex-end" wrap="nowrap">
          <Autocomplete
            flex={1}
            autoFocus={props.isFirst}
            label={t('catalogProduct.search')}
            description={t('catalogProduct.searchHelp')}
            placeholder={t('catalogProduct.placeholder')}
            maxLength={100}
            leftSection={<Search size={16} aria-hidden />}
            rightSection={searching ? <Loader size="xs" /> : undefined}
            data={typed.trim() === settled ? [] : found.map(({ sku }) => sku)}
            filter={({ options }) => options}
            renderOption={({ option }) => (
              <Stack gap={0}>
                <Text size="sm" fw={500}>
                  {option.value}
                </Text>
                <Text size="xs" c="dimmed">
                  {names.get(option.value) ?? ''}
                </Text>
              </Stack>
            )}
            comboboxProps={{ shadow: 'md' }}
            maxDropdownHeight={320}
            value={typed}
            onChange={props.onType}
            onOptionSubmit={open}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && typed.trim() !== '') open(typed.trim());
            }}
          />
          <Button disabled={typed.trim() === ''} onClick={() => open(typed.trim())}>
            {t('catalogProduct.open')}
          </Button>
        </Group>
        {problem !== null && (
          <Text size="xs" c="orange">
            {t('catalogProduct.orgAway')}
          </Text>
        )}
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {where.join(' · ')}
          </Text>
          <Button
            size="compact-xs"
            variant="subtle"
            aria-expanded={choosing}
            leftSection={<SlidersHorizontal size={12} aria-hidden />}
            onClick={() => setChoosing(!choosing)}
          >
            {t('catalogProduct.chooseScope')}
          </Button>
        </Group>
        <Collapse expanded={choosing}>
          <ScopeFields value={scope} onChange={props.onScope} wanted={choosing} sideBySide />
        </Collapse>
      </Stack>
    </Paper>
  );
}

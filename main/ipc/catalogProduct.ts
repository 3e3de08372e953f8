import type { CallOutput } from '../../contract/calls';
import type { ProductOutcome as OutcomeView, ProductScope, ProductView } from '../../contract/catalogProduct';
import { itemRuleSchema } from '../../contract/catalogRules';
import { failed, ok, problem, type Result } from '../../contract/problem';
import type { OneProduct, ProductOutcome } from '../engine/catalog/oneProduct';
import type { NamedOrgProduct } from '../engine/catalog/ports';
import type { ProductSides } from '../engine/catalog/productSides';
import { sumOf } from '../engine/catalog/stock';
import type { Handlers } from './handlers';
import { fieldErrors } from './settings';

export interface CatalogProductDeps {
  /** Null where there is no store to write into, or before a mode has been chosen. */
  catalog: () => { oneProduct: OneProduct } | null;
}

type Names = Extract<keyof Handlers, `catalogProduct.${string}`>;

const never = (): AbortSignal => new AbortController().signal;

/** One product: found, shown and updated, with a rule of its own. */
export function catalogProductHandlers({ catalog }: CatalogProductDeps): Pick<Handlers, Names> {
  async function onProducts<T>(work: (products: OneProduct) => Promise<Result<T>>): Promise<Result<T>> {
    const desk = catalog();
    return desk === null ? failed(problem('settings.incomplete')) : work(desk.oneProduct);
  }

  return {
    'catalogProduct.search': ({ text }) =>
      onProducts(async (products) => ok(await products.search(text, never()))),

    'catalogProduct.get': ({ sku, scope }) =>
      onProducts(async (products) => {
        const sides = await products.look(sku, scope, never());
        return sides.ok ? ok(viewOf(sides.value, scope)) : sides;
      }),

    'catalogProduct.update': (wanted) =>
      onProducts(async (products) => {
        const outcome = await products.update(wanted, never());
        return outcome.ok ? ok(outcomeOf(outcome.value, wanted.scope)) : outcome;
      }),

    'catalogProduct.setRule': ({ sku, rule }) =>
      onProducts<CallOutput<'catalogProduct.setRule'>>(async (products) => {
        const parsed = itemRuleSchema.nullable().safeParse(rule);
        if (!parsed.success) return ok({ kind: 'invalid', fields: fieldErrors(parsed.error) });
        await products.setRule(sku, parsed.data);
        return ok({ kind: 'saved' });
      }),
  };
}

function outcomeOf({ sides, ...outcome }: ProductOutcome, scope: ProductScope): OutcomeView {
  return { ...outcome, view: viewOf(sides, scope) };
}

function viewOf(sides: ProductSides, wish: ProductScope): ProductView {
  const { sku, scope, store, org, target, comparison, similar, openUnits, rule, history, readAt } = sides;
  return {
    sku,
    name: store?.name ?? org[0]?.name ?? '',
    scope: wish,
    warehouse: scope.warehouse?.name ?? null,
    priceBook: scope.prices?.priceBook.name ?? null,
    lacks: [...scope.lacks],
    store: store && { stock: store.stock, price: store.price, lists: listsOf(store.lists) },
    org: org.map(orgView),
    // Of what cannot be read, nothing is said that it would become.
    wanted:
      comparison.status === 'unreadable'
        ? null
        : target && { stock: target.stock, price: target.price, lists: listsOf(target.lists) },
    change: comparison.change,
    notes: comparison.notes,
    similar,
    openUnits,
    rule,
    history: [...history],
    readAt,
  };
}

function orgView({
  name,
  active,
  company,
  price,
  lists,
  stock,
}: NamedOrgProduct): ProductView['org'][number] {
  return {
    name,
    active,
    company,
    price: price?.price ?? null,
    priceActive: price?.active ?? false,
    lists: Object.entries(lists).map(([list, entry]) => ({ list, price: entry?.price ?? null })),
    stock: sumOf(stock),
    stockRows: stock.length,
  };
}

const listsOf = <Price>(lists: Readonly<Record<string, Price>>): { list: string; price: Price }[] =>
  Object.entries(lists).map(([list, price]) => ({ list, price }));

import { CatalogScreen } from '../catalog/CatalogScreen';
import { ImportScreen } from '../import/ImportScreen';
import { LogScreen } from '../log/LogScreen';
import { OrdersScreen } from '../orders/OrdersScreen';
import { SettingsScreen, type SettingsTab } from '../settings/SettingsScreen';

export type Screen =
  | { name: 'orders'; orderId: number | null; filter?: 'failed' | 'changed' }
  | { name: 'catalog' }
  | { name: 'import' }
  | { name: 'log' }
  | { name: 'settings'; tab: SettingsTab };

export interface ScreensProps {
  screen: Screen;
  mode: 'live' | 'demo';
  onScreen: (screen: Screen) => void;
  onDirty: (dirty: boolean) => void;
}

/** Draws the screen that is open. */
export function Screens({ screen, mode, onScreen, onDirty }: ScreensProps) {
  switch (screen.name) {
    case 'orders':
      return (
        <OrdersScreen
          openId={screen.orderId}
          startFilter={screen.filter ?? null}
          onOpen={(orderId) => onScreen({ name: 'orders', orderId })}
        />
      );
    case 'catalog':
      return <CatalogScreen onSettings={() => onScreen({ name: 'settings', tab: 'catalog' })} />;
    case 'import':
      return <ImportScreen mode={mode} onDone={() => onScreen({ name: 'orders', orderId: null })} />;
    case 'log':
      return <LogScreen onOpenOrder={(orderId) => onScreen({ name: 'orders', orderId })} />;
    case 'settings':
      return (
        <SettingsScreen
          mode={mode}
          tab={screen.tab}
          onTab={(tab) => onScreen({ name: 'settings', tab })}
          onDirty={onDirty}
        />
      );
  }
}

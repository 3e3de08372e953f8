import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleHelp,
  Clock,
  Hand,
  type LucideIcon,
  RotateCw,
  Send,
} from 'lucide-react';
import type { ExportState } from '../../contract/export';

/** How each state looks: an icon and a colour beside its word, never the colour alone. */
export const stateLooks: Record<ExportState, { icon: LucideIcon; color: string }> = {
  pending: { icon: Clock, color: 'gray' },
  sending: { icon: Send, color: 'blue' },
  retrying: { icon: RotateCw, color: 'yellow' },
  unknown: { icon: CircleHelp, color: 'yellow' },
  exported: { icon: CircleCheck, color: 'teal' },
  failed: { icon: CircleAlert, color: 'red' },
  held: { icon: Hand, color: 'violet' },
  dismissed: { icon: Ban, color: 'gray' },
};

/** The chips above the list, in the order in which people look for trouble. */
export const stateFilters: { name: string; states: ExportState[]; always: boolean }[] = [
  { name: 'all', states: [], always: true },
  { name: 'waiting', states: ['pending', 'sending', 'retrying', 'unknown'], always: true },
  { name: 'failed', states: ['failed'], always: true },
  { name: 'held', states: ['held'], always: false },
  { name: 'exported', states: ['exported'], always: true },
  { name: 'dismissed', states: ['dismissed'], always: false },
];

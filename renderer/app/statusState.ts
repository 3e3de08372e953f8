import { create } from 'zustand';
import type { Status } from '../../contract/status';

interface StatusState {
  /** Null until main has answered for the first time. */
  status: Status | null;
  set(status: Status): void;
}

/** What main says of itself: mode, links, switches, counts. Main owns it; this is a copy. */
export const useStatusState = create<StatusState>((set) => ({
  status: null,
  set: (status) => set({ status }),
}));

import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import type { Answer, Bridge } from '../contract/calls';
import { callNames, eventNames } from '../contract/names';

const calls: ReadonlySet<string> = new Set(callNames);
const events: ReadonlySet<string> = new Set(eventNames);

/** The narrow bridge: named calls and events, nothing of Electron itself. Main checks whatever passes. */
const bridge: Bridge = {
  call(name, input) {
    if (!calls.has(name)) return Promise.reject(new Error('unknown call'));
    return ipcRenderer.invoke('puente:call', name, input) as Promise<Answer<never>>;
  },
  on(name, listener) {
    if (!events.has(name)) throw new Error('unknown event');
    const channel = `puente:event:${name}`;
    const forward = (_event: IpcRendererEvent, payload: Parameters<typeof listener>[0]) => listener(payload);
    ipcRenderer.on(channel, forward);
    return () => ipcRenderer.removeListener(channel, forward);
  },
};

contextBridge.exposeInMainWorld('puente', bridge);

import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { failed, problem } from '../../contract/problem';
import { answer } from './answer';
import type { Handlers } from './handlers';

/**
 * Puts the handlers behind the one channel that preload calls. A call from anything but the main frame of
 * our own window, at our own origin, is refused.
 */
export function registerHandlers(options: {
  ipcMain: IpcMain;
  handlers: Handlers;
  isTrusted: (event: IpcMainInvokeEvent) => boolean;
  report: (error: unknown, call: string) => void;
}): void {
  options.ipcMain.handle('puente:call', (event, name: unknown, input: unknown) => {
    if (!options.isTrusted(event)) {
      options.report(new Error('call from a sender that is not ours'), String(name));
      return failed(problem('app.invalidCall'));
    }
    return answer(options.handlers, options.report, name, input);
  });
}

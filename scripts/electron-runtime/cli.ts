import { runAsCommand } from '../runAsCommand';
import { electronRuntime } from './index';

/** Prints the folder of an Electron to run, for ELECTRON_OVERRIDE_DIST_PATH and electron-builder. */
runAsCommand(async () => {
  const { distPath } = await electronRuntime();
  console.log(distPath);
  return 0;
});

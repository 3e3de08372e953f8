import { electronRuntime } from './index';

/** Prints the folder of an Electron to run, for ELECTRON_OVERRIDE_DIST_PATH and electron-builder. */
electronRuntime().then(
  ({ distPath }) => console.log(distPath),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);

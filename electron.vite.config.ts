import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

/** Packages that are ESM only: CommonJS cannot require them in every Electron we run on, so they go in. */
const bundledIn = ['electron-store'];

/** The pages of the sandbox load these from beside the code, wherever it runs. */
const sandboxPages: Plugin = {
  name: 'sandbox-pages',
  generateBundle() {
    const folder = resolve('sandbox/control/pages/web');
    for (const name of readdirSync(folder)) {
      this.emitFile({ type: 'asset', fileName: `web/${name}`, source: readFileSync(join(folder, name)) });
    }
  },
};

export default defineConfig({
  main: {
    plugins: [sandboxPages],
    build: {
      outDir: 'out/main',
      target: 'node18',
      externalizeDeps: { exclude: bundledIn },
      rollupOptions: {
        input: resolve('main/index.ts'),
        output: { format: 'cjs', entryFileNames: 'index.cjs', chunkFileNames: '[name].cjs' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node18',
      // A sandboxed preload can require nothing but electron.
      externalizeDeps: false,
      rollupOptions: {
        input: resolve('preload/index.ts'),
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      target: 'chrome114',
      minify: true,
      // Read from the disk, not from a network: one large file opens faster than many small ones.
      chunkSizeWarningLimit: 4_000,
      rollupOptions: { input: resolve('renderer/index.html') },
    },
  },
});

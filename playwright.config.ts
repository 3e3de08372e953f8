import { defineConfig } from '@playwright/test';

/** The real program, one at a time: each test starts its own on a fresh folder. */
export default defineConfig({
  testDir: 'test/e2e',
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ? [['list'], ['json']] : 'list',
  outputDir: 'test-results',
});

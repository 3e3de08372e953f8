/**
 * What Electron's own default app does, and no more: start the folder named on the command line, with its
 * name, version and path.
 */
export const defaultApp = {
  'package.json': JSON.stringify({ name: 'electron', main: 'main.js' }),
  'main.js': `
const { app } = require('electron');
const { readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const folder = resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.');
const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
app.setName(about.productName ?? about.name);
app.setVersion(about.version);
app.setAppPath(folder);
// Not import(): the program has to set itself up before Electron is ready.
require(join(folder, about.main));
`,
};

/**
 * What Electron's own default app does for `electron <folder>`, and no more: takes name, version and desktop
 * file name from the folder's package.json and starts its main.
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
app.setVersion(about.version ?? '0.0.0');
app.setDesktopName(about.desktopName ?? app.getName() + '.desktop');
app.setAppPath(folder);
// Not import(): the program has to set itself up before Electron is ready.
require(join(folder, about.main ?? 'index.js'));
`,
};

/** What every window of the program is held to: no Node, no other contents inside it, and nothing sent out for spelling. */
export const enclosed = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
  disableBlinkFeatures: 'Auxclick',
} as const;

export const scopes = ['all', 'api', 'reads', 'writes', 'signIn', 'bulk', 'metadata'] as const;
export type Scope = (typeof scopes)[number];

/** The org's addresses by what they are for. */
export const scopePatterns: Readonly<Record<Scope, { method?: string[]; path: string }>> = {
  all: { path: '^/' },
  api: { path: '^/services/data/v' },
  reads: { path: '^/services/data/v[^/]+/(query|queryAll|sobjects|limits)(/|$)', method: ['GET'] },
  writes: {
    path: '^/services/data/v[^/]+/(sobjects|composite)(/|$)',
    method: ['POST', 'PATCH', 'PUT', 'DELETE'],
  },
  signIn: { path: '^/services/oauth2/|^/services/Soap/[cu]/' },
  bulk: { path: '^/services/(data/v[^/]+/jobs|async)/' },
  metadata: { path: '^/services/(Soap/m/|data/v[^/]+/(metadata|tooling)(/|$))' },
};

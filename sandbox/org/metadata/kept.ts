import type { OrgCore } from '../core';
import type { ObjectDef } from '../schema/types';
import { type Applied, done } from './deployments';
import type { Source } from './store';

/** The object as it is for everybody, whatever the current user may see. */
export const objectOf = (org: OrgCore, name: string): ObjectDef | undefined => org.fullSchema().object(name);

/** Remembers the source and says whether it is another one than before. */
export function kept(org: OrgCore, type: string, name: string, source: Source, created: boolean): Applied {
  const before = org.metadata.find(type, name);
  const changed = JSON.stringify(before?.source ?? null) !== JSON.stringify(source);
  const { id } = created || changed ? org.metadata.put(type, name, source) : org.metadata.known(type, name);
  return done({ created, changed: created || changed, id });
}

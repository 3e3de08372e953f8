import type { Reply, Request } from '../../http/message';
import type { OrgCore } from '../core';
import { metadataApi } from '../metadata/soap';
import { partnerApi } from './partner';

/** The SOAP doors: `/services/Soap/m/…` for metadata, `u` and `c` for signing in. `null` for other addresses. */
export function soap(org: OrgCore, request: Request): Reply | null {
  const match = /^\/services\/Soap\/([muc])\/(\d+(?:\.\d)?)(?:\/|$)/.exec(request.path);
  if (!match) return null;
  const version = Number(match[2]);
  return match[1] === 'm' ? metadataApi(org, request.body, version) : partnerApi(org, request, version);
}

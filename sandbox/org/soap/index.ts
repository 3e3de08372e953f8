import type { Reply, Request } from '../../http/message';
import type { OrgCore } from '../core';
import { metadataApi } from '../metadata/soap';
import { metadataNamespace } from '../metadata/xml';
import { versionState } from '../versions';
import { type Fault, fault } from './envelope';
import { partnerApi, partnerFaults } from './partner';

/** The SOAP doors: `/services/Soap/m/…` for metadata, `u` and `c` for signing in. `null` for other addresses. */
export function soap(org: OrgCore, request: Request): Reply | null {
  const match = /^\/services\/Soap\/([muc])\/([^/]+)(?:\/|$)/.exec(request.path);
  if (!match) return null;
  const [, door, number = ''] = match;
  const version = Number(number);
  const api = door === 'u' ? 'partner' : 'enterprise';
  if (versionState(version.toFixed(1)) !== 'spoken') {
    const namespace = door === 'm' ? metadataNamespace : partnerFaults(api);
    const refusal: Fault = {
      code: 'UNSUPPORTED_API_VERSION',
      message: 'Invalid Api version specified on URL',
    };
    return fault(namespace, door === 'm' ? refusal : { ...refusal, type: 'UnexpectedErrorFault' });
  }
  return door === 'm' ? metadataApi(org, request.body, version) : partnerApi(org, request.body, api, version);
}

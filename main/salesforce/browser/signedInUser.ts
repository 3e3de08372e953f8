import { z } from 'zod';
import { exchange } from '../../net/exchange';
import { parseJson } from '../../net/json';
import type { Grant, TokenLimits } from '../session/tokenCall';

const userSchema = z.object({ preferred_username: z.string().max(200) });

/**
 * Username of whoever signed in; empty where the org does not tell (the app lacks the scope for it)
 * (https://help.salesforce.com/s/articleView?id=sf.remoteaccess_using_userinfo_endpoint.htm).
 */
export async function readSignedInUser(grant: Grant, limits: TokenLimits): Promise<string> {
  const outcome = await exchange(
    {
      method: 'GET',
      url: `${grant.instanceUrl}/services/oauth2/userinfo`,
      headers: { accept: 'application/json', authorization: `Bearer ${grant.accessToken}` },
    },
    { ...limits, signal: new AbortController().signal },
  );
  if (!outcome.ok || outcome.answer.status !== 200) return '';
  const user = parseJson(outcome.answer.body, userSchema);
  return user.ok ? user.value.preferred_username : '';
}

import { z } from 'zod';
import type { CheckContext } from './checks';
import { passed, type StepResult } from './steps';

const userSchema = z.object({ name: z.string().max(200), preferred_username: z.string().max(200) });

/**
 * Who the org takes this program for (https://help.salesforce.com/s/articleView?id=sf.remoteaccess_using_userinfo_endpoint.htm).
 * An app that may not ask is no trouble: orders need no name.
 */
export async function checkUser({ session, signal }: CheckContext): Promise<StepResult> {
  const user = await session.call({
    call: 'read',
    method: 'GET',
    path: '/services/oauth2/userinfo',
    answer: userSchema,
    signal,
  });
  return user.ok ? passed({ name: user.value.name, value: user.value.preferred_username }) : passed();
}

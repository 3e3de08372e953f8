import { z } from 'zod';
import { orgSettingsSchema } from '../../contract/settings';

/** The org in the settings file. Older files are from before there were several ways to sign in. */
export const orgOnFileSchema = z.preprocess(
  (org) =>
    typeof org === 'object' && org !== null && !('signIn' in org) ? { signIn: 'password', ...org } : org,
  orgSettingsSchema.nullable(),
);

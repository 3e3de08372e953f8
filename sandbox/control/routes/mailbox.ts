import { z } from 'zod';
import { json } from '../../http/message';
import { mailboxSwitchesSchema } from '../../mailbox/switches';
import { done, problem, type Routes } from '../route';
import { given } from './given';

const switchesSchema = mailboxSwitchesSchema.partial();
const downSchema = z.strictObject({ down: z.boolean() });

export const mailboxRoutes: Routes = {
  'GET /mailbox/messages': ({ sandbox }) => json(200, { messages: sandbox.mailbox.messages() }),
  'DELETE /mailbox/messages': ({ sandbox }) => {
    sandbox.mailbox.clear();
    return done;
  },
  'GET /mailbox/messages/:id/raw': ({ sandbox, params }) => {
    const raw = sandbox.mailbox.raw(Number(params['id']));
    if (raw === null) return problem(404, 'unknown_message', `There is no message ${params['id']}.`);
    return {
      status: 200,
      headers: {
        'content-type': 'message/rfc822',
        'content-disposition': 'attachment; filename="message.eml"',
      },
      body: raw,
    };
  },
  'GET /mailbox/ca': ({ sandbox }) => ({
    status: 200,
    headers: { 'content-type': 'application/x-pem-file' },
    body: sandbox.mailbox.ca,
  }),
  'POST /mailbox/switches': ({ sandbox, body }) => {
    sandbox.mailbox.setSwitches(given(switchesSchema.parse(body)));
    return done;
  },
  'POST /mailbox/down': ({ sandbox, body }) => {
    sandbox.mailbox.setSwitches(downSchema.parse(body));
    return done;
  },
};

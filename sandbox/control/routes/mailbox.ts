import { json } from '../../http/message';
import { done, type Routes } from '../route';

export const mailboxRoutes: Routes = {
  'GET /mailbox/messages': ({ sandbox }) => json(200, { messages: sandbox.mailbox.messages() }),
  'DELETE /mailbox/messages': ({ sandbox }) => {
    sandbox.mailbox.clear();
    return done;
  },
};

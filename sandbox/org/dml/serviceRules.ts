import type { Row } from '../database';
import { orgDatetime } from '../values';
import type { ObjectRules, RuleContext } from './context';
import { integrity, live } from './orderFacts';

/** What follows from the fields of cases, contracts, assets and campaign members (object reference). */

export const caseRules: ObjectRules = {
  complete(record, context) {
    record['AccountId'] ??= live(context, 'Contact', record['ContactId'])?.['AccountId'] ?? null;
  },
  beforeInsert(record, context) {
    Object.assign(record, ofCase(record, context));
    record['IsClosedOnCreate'] = record['IsClosed'] ?? 0;
    return [];
  },
  beforeUpdate(before, update, context) {
    Object.assign(update, ofCase({ ...before, ...update }, context));
    return [];
  },
};

function ofCase(record: Row, context: RuleContext): Row {
  const closed = record['Status'] === 'Closed';
  const contact = live(context, 'Contact', record['ContactId']);
  return {
    IsClosed: closed ? 1 : 0,
    ClosedDate: closed ? (record['ClosedDate'] ?? orgDatetime(context.now())) : null,
    ContactPhone: contact?.['Phone'] ?? null,
    ContactMobile: contact?.['MobilePhone'] ?? null,
    ContactEmail: contact?.['Email'] ?? null,
    ContactFax: contact?.['Fax'] ?? null,
  };
}

export const contractRules: ObjectRules = {
  beforeInsert(record) {
    if (codeOf(record['Status']) === 'Activated') {
      return [
        {
          errorCode: 'FAILED_ACTIVATION',
          message: 'Choose a valid contract status and save your changes. Ask your admin for details.',
          fields: ['Status'],
        },
      ];
    }
    Object.assign(record, { StatusCode: codeOf(record['Status']), EndDate: endOf(record) });
    return [];
  },
  beforeUpdate(before, update, context) {
    const next = { ...before, ...update };
    const code = codeOf(next['Status']);
    Object.assign(update, { StatusCode: code, EndDate: endOf(next) });
    if (code === 'Activated' && before['StatusCode'] !== 'Activated') {
      Object.assign(update, { ActivatedDate: orgDatetime(context.now()), ActivatedById: context.userId() });
    }
    return [];
  },
};

function codeOf(status: unknown): string {
  if (status === 'Activated') return 'Activated';
  return status === 'In Approval Process' ? 'InApproval' : 'Draft';
}

/** A contract ends the day before its last month is full. */
function endOf({ StartDate: start, ContractTerm: months }: Row): string | null {
  if (typeof start !== 'string' || typeof months !== 'number') return null;
  const [year = 0, month = 1, day = 1] = start.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  const end = new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay)) - 86_400_000);
  return end.toISOString().slice(0, 10);
}

export const assetRules: ObjectRules = {
  beforeInsert(record, context) {
    if (!record['AccountId'] && !record['ContactId']) {
      return [integrity('Every asset needs an account, a contact, or both.', 'AccountId', 'ContactId')];
    }
    Object.assign(record, ofAsset(record, context));
    return [];
  },
  afterInsert(record, context) {
    context.db.run(
      'UPDATE "Asset" SET "RootAssetId" = coalesce("RootAssetId", "Id") WHERE "Id" = ?',
      record['Id'] ?? null,
    );
  },
  beforeUpdate(before, update, context) {
    Object.assign(update, ofAsset({ ...before, ...update }, context));
    return [];
  },
};

function ofAsset(record: Row, context: RuleContext): Row {
  const parent = live(context, 'Asset', record['ParentId']);
  const product = live(context, 'Product2', record['Product2Id']);
  const level = parent?.['AssetLevel'];
  return {
    RootAssetId: parent?.['RootAssetId'] ?? record['Id'] ?? null,
    AssetLevel: typeof level === 'number' ? level + 1 : 1,
    ProductCode: product?.['ProductCode'] ?? null,
    StockKeepingUnit: product?.['StockKeepingUnit'] ?? null,
  };
}

export const campaignMemberRules: ObjectRules = {
  beforeInsert(record, context) {
    const isLead = Boolean(record['LeadId']);
    const person = isLead
      ? live(context, 'Lead', record['LeadId'])
      : live(context, 'Contact', record['ContactId']);
    if (!person) {
      return [
        {
          errorCode: 'REQUIRED_FIELD_MISSING',
          message: 'Required fields are missing: [LeadId]',
          fields: ['LeadId'],
        },
      ];
    }
    for (const name of ['Name', 'FirstName', 'LastName', 'Title', 'Email', 'Phone', 'MobilePhone']) {
      record[name] = person[name] ?? null;
    }
    Object.assign(record, ofMember(record, context), {
      Type: isLead ? 'Lead' : 'Contact',
      LeadOrContactId: person['Id'] ?? null,
      LeadOrContactOwnerId: person['OwnerId'] ?? null,
      CompanyOrAccount: person['Company'] ?? live(context, 'Account', person['AccountId'])?.['Name'] ?? null,
    });
    return [];
  },
  beforeUpdate(before, update, context) {
    Object.assign(update, ofMember({ ...before, ...update }, context));
    return [];
  },
};

function ofMember(member: Row, context: RuleContext): Row {
  const responded = member['Status'] === 'Responded';
  return {
    HasResponded: responded ? 1 : 0,
    FirstRespondedDate: responded
      ? (member['FirstRespondedDate'] ?? orgDatetime(context.now()).slice(0, 10))
      : null,
  };
}

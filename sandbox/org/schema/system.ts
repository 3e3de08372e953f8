import {
  address,
  checkbox,
  datetime,
  email,
  int,
  longText,
  object,
  phone,
  picklist,
  readOnly,
  reference,
  required,
  text,
  url,
  viewed,
} from './field';
import type { FieldDef } from './types';

/** The same fields, for objects that are only read. */
const closed = (fields: readonly FieldDef[]): FieldDef[] =>
  fields.map((field) => ({ ...field, ...readOnly }));

/** Who sees the records of others, where nothing else says so. */
const defaultAccess = (object: string, label: string): FieldDef =>
  picklist(`Default${object}Access`, `Default ${label} Access`, ['None', 'Read', 'Edit', 'All'], {
    ...readOnly,
    length: 40,
  });

/** The org itself, its users and what they are allowed: to be read, mostly not to be written. */

export const organization = object({
  name: 'Organization',
  label: 'Organization',
  labelPlural: 'Organizations',
  keyPrefix: '00D',
  writable: false,
  fields: [
    text('Name', 'Name', 80, { ...required, ...readOnly, nameField: true }),
    text('Division', 'Division', 80, readOnly),
    ...closed(address('', '')),
    phone('Phone', 'Phone', readOnly),
    phone('Fax', 'Fax', readOnly),
    checkbox('ReceivesInfoEmails', 'Info Emails', readOnly),
    checkbox('ReceivesAdminInfoEmails', 'Info Emails Admin', readOnly),
    int('FiscalYearStartMonth', 'Fiscal Year Starts In', { ...readOnly, precision: 9 }),
    checkbox('UsesStartDateAsFiscalYearName', 'Fiscal Year Name by Start', readOnly),
    ...[
      defaultAccess('Account', 'Account'),
      defaultAccess('Contact', 'Contact'),
      defaultAccess('Opportunity', 'Opportunity'),
      defaultAccess('Lead', 'Lead'),
      defaultAccess('Case', 'Case'),
      defaultAccess('Calendar', 'Calendar'),
      defaultAccess('Pricebook', 'Price Book'),
      defaultAccess('Campaign', 'Campaign'),
    ],
    text('SignupCountryIsoCode', 'Signup Country', 2, readOnly),
    checkbox('IsReadOnly', 'Is Read Only', readOnly),
    text('InstanceName', 'Instance Name', 5, readOnly),
    checkbox('IsSandbox', 'Is Sandbox', readOnly),
    text('LanguageLocaleKey', 'Language', 40, readOnly),
    text('DefaultLocaleSidKey', 'Locale', 40, readOnly),
    text('TimeZoneSidKey', 'Time Zone', 40, readOnly),
    text('OrganizationType', 'Edition', 40, readOnly),
    text('NamespacePrefix', 'Namespace Prefix', 15, readOnly),
    datetime('TrialExpirationDate', 'Trial Expiration Date', readOnly),
    text('PrimaryContact', 'Primary Contact', 80, readOnly),
  ],
});

export const user = object({
  name: 'User',
  label: 'User',
  labelPlural: 'Users',
  keyPrefix: '005',
  writable: false,
  fields: [
    text('Username', 'Username', 80, { ...required, ...readOnly, unique: true, idLookup: true }),
    text('LastName', 'Last Name', 80, { ...required, ...readOnly }),
    text('FirstName', 'First Name', 40, readOnly),
    text('Name', 'Full Name', 121, { ...readOnly, ...required, nameField: true }),
    text('CompanyName', 'Company Name', 80, readOnly),
    email('Email', 'Email', { ...required, ...readOnly }),
    text('Division', 'Division', 80, readOnly),
    text('Department', 'Department', 80, readOnly),
    ...closed(address('', '')),
    email('SenderEmail', 'Email Sender Address', readOnly),
    text('SenderName', 'Email Sender Name', 80, readOnly),
    longText('Signature', 'Email Signature', 1333, readOnly),
    phone('Phone', 'Phone', readOnly),
    phone('Fax', 'Fax', readOnly),
    phone('MobilePhone', 'Mobile', readOnly),
    text('Title', 'Title', 80, readOnly),
    text('CommunityNickname', 'Nickname', 40, { ...required, ...readOnly }),
    text('Alias', 'Alias', 8, { ...required, ...readOnly }),
    checkbox('IsActive', 'Active', readOnly),
    text('TimeZoneSidKey', 'Time Zone', 40, readOnly),
    text('LanguageLocaleKey', 'Language', 40, readOnly),
    text('LocaleSidKey', 'Locale', 40, readOnly),
    checkbox('ReceivesInfoEmails', 'Info Emails', readOnly),
    checkbox('ReceivesAdminInfoEmails', 'Admin Info Emails', readOnly),
    picklist('EmailEncodingKey', 'Email Encoding', ['UTF-8', 'ISO-8859-1'], {
      ...required,
      ...readOnly,
      length: 40,
      defaultValue: 'UTF-8',
    }),
    text('EmployeeNumber', 'Employee Number', 20, readOnly),
    reference('DelegatedApproverId', 'Delegated Approver ID', 'User', 'DelegatedApprover', null, {
      ...readOnly,
      referenceTo: ['Group', 'User'],
    }),
    datetime('LastLoginDate', 'Last Login', readOnly),
    datetime('LastPasswordChangeDate', 'Last Password Change or Reset', readOnly),
    checkbox('UserPermissionsMarketingUser', 'Marketing User', readOnly),
    checkbox('UserPermissionsSFContentUser', 'Salesforce CRM Content User', readOnly),
    checkbox('UserPermissionsKnowledgeUser', 'Knowledge User', readOnly),
    checkbox('UserPermissionsInteractionUser', 'Flow User', readOnly),
    checkbox('UserPermissionsSupportUser', 'Service Cloud User', readOnly),
    checkbox('ForecastEnabled', 'Allow Forecasting', readOnly),
    reference('ContactId', 'Contact ID', 'Contact', 'Contact', 'Users', readOnly),
    reference('AccountId', 'Account ID', 'Account', 'Account', 'Users', readOnly),
    text('Extension', 'Extension', 40, readOnly),
    text('FederationIdentifier', 'SAML Federation ID', 512, readOnly),
    longText('AboutMe', 'About Me', 1000, readOnly),
    url('FullPhotoUrl', 'Url for full-sized Photo', { ...readOnly, length: 1024 }),
    url('SmallPhotoUrl', 'Photo', { ...readOnly, length: 1024 }),
    url('MediumPhotoUrl', 'Url for medium profile photo', { ...readOnly, length: 1024 }),
    ...viewed(),
    checkbox('IsProfilePhotoActive', 'Has Profile Photo', readOnly),
    picklist('UserType', 'User Type', ['Standard', 'Guest', 'AutomatedProcess'], readOnly),
    reference('ProfileId', 'Profile ID', 'Profile', 'Profile', 'Users', readOnly),
    reference('UserRoleId', 'Role ID', 'UserRole', 'UserRole', 'Users', readOnly),
    reference('ManagerId', 'Manager ID', 'User', 'Manager', null, readOnly),
  ],
});

/** A few of the several hundred that a real org lists; nobody is kept from anything by these. */
function permissions(): FieldDef[] {
  const names: readonly (readonly [name: string, label: string])[] = [
    ['ApiEnabled', 'API Enabled'],
    ['AuthorApex', 'Author Apex'],
    ['BulkApiHardDelete', 'Bulk API Hard Delete'],
    ['CustomizeApplication', 'Customize Application'],
    ['ActivateOrder', 'Activate Orders'],
    ['EditActivatedOrders', 'Edit Activated Orders'],
    ['ManageUsers', 'Manage Users'],
    ['ModifyAllData', 'Modify All Data'],
    ['ModifyMetadata', 'Modify Metadata Through Metadata API Functions'],
    ['ViewAllData', 'View All Data'],
    ['ViewSetup', 'View Setup and Configuration'],
  ];
  return names.map(([name, label]) => checkbox(`Permissions${name}`, label, readOnly));
}

const access = ['None', 'Read', 'Edit'];

export const profile = object({
  name: 'Profile',
  label: 'Profile',
  labelPlural: 'Profiles',
  keyPrefix: '00e',
  writable: false,
  fields: [
    text('Name', 'Name', 255, { ...required, ...readOnly, nameField: true }),
    text('Description', 'Description', 255, readOnly),
    picklist('UserType', 'User Type', ['Standard'], readOnly),
    ...permissions(),
    ...viewed(),
  ],
});

export const userRole = object({
  name: 'UserRole',
  label: 'Role',
  labelPlural: 'Roles',
  keyPrefix: '00E',
  writable: false,
  fields: [
    text('Name', 'Name', 80, { ...required, ...readOnly, nameField: true }),
    text('DeveloperName', 'Developer Name', 80, readOnly),
    text('RollupDescription', 'Description', 80, readOnly),
    picklist('OpportunityAccessForAccountOwner', 'Opportunity Access Level for Account Owner', access, {
      ...readOnly,
      ...required,
      length: 40,
      defaultValue: 'Edit',
    }),
    picklist('CaseAccessForAccountOwner', 'Case Access Level for Account Owner', access, {
      ...readOnly,
      length: 40,
    }),
    picklist('ContactAccessForAccountOwner', 'Contact Access Level for Account Owner', access, {
      ...readOnly,
      length: 40,
    }),
    reference('ParentRoleId', 'Parent Role ID', 'UserRole', 'ParentRole', null, readOnly),
  ],
});

export const group = object({
  name: 'Group',
  label: 'Group',
  labelPlural: 'Groups',
  keyPrefix: '00G',
  writable: false,
  fields: [
    text('Name', 'Name', 40, { ...required, ...readOnly, nameField: true }),
    text('DeveloperName', 'Developer Name', 80, readOnly),
    picklist('Type', 'Type', ['Regular', 'Queue', 'Organization'], readOnly),
    reference('RelatedId', 'Related ID', 'UserRole', 'Related', null, {
      ...readOnly,
      referenceTo: ['User', 'UserRole'],
    }),
    email('Email', 'Email', readOnly),
    reference('OwnerId', 'Owner ID', 'User', 'Owner', null, { ...required, ...readOnly }),
    checkbox('DoesSendEmailToMembers', 'Send Email to Members', readOnly),
    checkbox('DoesIncludeBosses', 'Include Bosses', readOnly),
  ],
});

export const groupMember = object({
  name: 'GroupMember',
  label: 'Group Member',
  labelPlural: 'Group Members',
  keyPrefix: '011',
  writable: false,
  fields: [
    reference('GroupId', 'Group ID', 'Group', 'Group', 'GroupMembers', { ...required, ...readOnly }),
    reference('UserOrGroupId', 'User/Group ID', 'User', 'UserOrGroup', null, {
      ...required,
      ...readOnly,
      referenceTo: ['Group', 'User'],
    }),
  ],
});

/** Comes into being when one is deployed. */
export const permissionSet = object({
  name: 'PermissionSet',
  label: 'Permission Set',
  labelPlural: 'Permission Sets',
  keyPrefix: '0PS',
  writable: false,
  fields: [
    text('Name', 'Permission Set Name', 80, { ...required, ...readOnly, nameField: true }),
    text('Label', 'Permission Set Label', 80, readOnly),
    text('Description', 'Description', 255, readOnly),
    text('NamespacePrefix', 'Namespace Prefix', 15, readOnly),
    checkbox('IsOwnedByProfile', 'Is Owned By Profile', readOnly),
    reference('ProfileId', 'Profile ID', 'Profile', 'Profile', 'PermissionSets', readOnly),
    checkbox('IsCustom', 'Custom', readOnly),
    checkbox('HasActivationRequired', 'Session Activation Required', readOnly),
    ...permissions(),
  ],
});

export const permissionSetAssignment = object({
  name: 'PermissionSetAssignment',
  label: 'Permission Set Assignment',
  labelPlural: 'Permission Set Assignments',
  keyPrefix: '0Pa',
  fields: [
    reference('PermissionSetId', 'Permission Set ID', 'PermissionSet', 'PermissionSet', 'Assignments', {
      ...required,
      updateable: false,
    }),
    reference('AssigneeId', 'Assignee ID', 'User', 'Assignee', 'PermissionSetAssignments', {
      ...required,
      updateable: false,
    }),
  ],
});

export const recordType = object({
  name: 'RecordType',
  label: 'Record Type',
  labelPlural: 'Record Types',
  keyPrefix: '012',
  writable: false,
  fields: [
    text('Name', 'Name', 80, { ...required, ...readOnly, nameField: true }),
    text('DeveloperName', 'Developer Name', 80, readOnly),
    text('NamespacePrefix', 'Namespace Prefix', 15, readOnly),
    text('Description', 'Description', 255, readOnly),
    text('SobjectType', 'SObject Type Name', 40, readOnly),
    checkbox('IsActive', 'Active', readOnly),
  ],
});

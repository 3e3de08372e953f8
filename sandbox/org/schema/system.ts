import { checkbox, datetime, email, object, picklist, readOnly, reference, required, text } from './field';

/** The org itself, its users and what they are allowed: to be read, mostly not to be written. */

export const organization = object({
  name: 'Organization',
  label: 'Organization',
  labelPlural: 'Organizations',
  keyPrefix: '00D',
  writable: false,
  fields: [
    text('Name', 'Name', 80, { ...required, ...readOnly, nameField: true }),
    text('Country', 'Country', 80, readOnly),
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
    text('Phone', 'Phone', 40, readOnly),
    text('Title', 'Title', 80, readOnly),
    text('Alias', 'Alias', 8, { ...required, ...readOnly }),
    checkbox('IsActive', 'Active', readOnly),
    text('TimeZoneSidKey', 'Time Zone', 40, readOnly),
    text('LanguageLocaleKey', 'Language', 40, readOnly),
    text('LocaleSidKey', 'Locale', 40, readOnly),
    picklist('UserType', 'User Type', ['Standard', 'Guest', 'AutomatedProcess'], readOnly),
    reference('ProfileId', 'Profile ID', 'Profile', 'Profile', 'Users', readOnly),
    reference('UserRoleId', 'Role ID', 'UserRole', 'UserRole', 'Users', readOnly),
    reference('ManagerId', 'Manager ID', 'User', 'Manager', null, readOnly),
  ],
});

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
    text('SobjectType', 'SObject Type Name', 40, readOnly),
    checkbox('IsActive', 'Active', readOnly),
  ],
});

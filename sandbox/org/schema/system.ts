import { checkbox, email, object, readOnly, reference, required, text } from './field';

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
    email('Email', 'Email', { ...required, ...readOnly }),
    text('Alias', 'Alias', 8, { ...required, ...readOnly }),
    checkbox('IsActive', 'Active', readOnly),
    text('TimeZoneSidKey', 'Time Zone', 40, readOnly),
    text('LanguageLocaleKey', 'Language', 40, readOnly),
    text('LocaleSidKey', 'Locale', 40, readOnly),
    reference('ManagerId', 'Manager ID', 'User', 'Manager', null, readOnly),
  ],
});

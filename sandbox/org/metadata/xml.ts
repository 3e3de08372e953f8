import { XMLParser } from 'fast-xml-parser';

/** A piece of XML: a text, nothing at all, or elements by name; `@name` is an attribute, a list repeats one. */
export type XmlNode =
  | string
  | number
  | boolean
  | null
  | undefined
  | { readonly [name: string]: XmlNode | readonly XmlNode[] };

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/** A document as plain objects, namespaces left off. Throws for what is no XML. */
export function parseXml(text: string): unknown {
  const document: unknown = parser.parse(text, true);
  return document;
}

/**
 * An element as Salesforce writes it: an empty text is a pair of tags, `null` is marked as nil, and what is
 * undefined leaves no element behind.
 */
export function writeXml(name: string, node: XmlNode | readonly XmlNode[]): string {
  if (isList(node)) return node.map((entry) => writeXml(name, entry)).join('');
  if (node === undefined) return '';
  if (node === null) return `<${name} xsi:nil="true"/>`;
  if (typeof node !== 'object') return `<${name}>${escaped(String(node))}</${name}>`;
  const parts = Object.entries(node);
  const attributes = parts
    .filter(([key]) => key.startsWith('@'))
    .map(([key, value]) => ` ${key.slice(1)}="${escaped(String(value))}"`)
    .join('');
  const content = parts
    .filter(([key]) => !key.startsWith('@'))
    .map(([key, value]) => writeXml(key, value))
    .join('');
  return content === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${content}</${name}>`;
}

/** A metadata file as the retrieve call packs it, indented as orgs do. */
export const buildFile = (root: string, node: XmlNode): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${metadataNamespace}">\n${indented(node, '    ')}</${root}>\n`;

function indented(node: XmlNode, indent: string): string {
  if (typeof node !== 'object' || node === null) return '';
  return Object.entries(node)
    .flatMap(([name, value]) => (isList(value) ? value : [value]).map((entry) => [name, entry] as const))
    .map(([name, entry]) =>
      typeof entry === 'object' && entry !== null
        ? `${indent}<${name}>\n${indented(entry, `${indent}    `)}${indent}</${name}>\n`
        : `${indent}${writeXml(name, entry)}\n`,
    )
    .join('');
}

export const metadataNamespace = 'http://soap.sforce.com/2006/04/metadata';

/** What is there once, several times or not at all, as a list. */
export const asList = (value: unknown): unknown[] =>
  value === undefined || value === null || value === '' ? [] : Array.isArray(value) ? value : [value];

function isList(node: XmlNode | readonly XmlNode[]): node is readonly XmlNode[] {
  return Array.isArray(node);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char] ?? char);

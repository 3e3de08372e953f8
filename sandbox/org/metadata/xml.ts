import { XMLBuilder, XMLParser } from 'fast-xml-parser';

/** A piece of XML as the metadata API knows it: texts and further pieces, in any number. */
export type XmlNode = string | { readonly [name: string]: XmlNode | readonly XmlNode[] | undefined };

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

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', format: false });
const fileBuilder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  format: true,
  indentBy: '    ',
});

/** A document as plain objects, namespaces left off. Throws for what is no XML. */
export function parseXml(text: string): unknown {
  const document: unknown = parser.parse(text, true);
  return document;
}

export const buildXml = (node: XmlNode): string => String(builder.build(node));

/** A metadata file as the retrieve call packs it. */
export const buildFile = (root: string, node: Exclude<XmlNode, string>): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${fileBuilder.build({ [root]: { '@xmlns': metadataNamespace, ...node } })}`;

export const metadataNamespace = 'http://soap.sforce.com/2006/04/metadata';

/** What is there once, several times or not at all, as a list. */
export const asList = (value: unknown): unknown[] =>
  value === undefined || value === null || value === '' ? [] : Array.isArray(value) ? value : [value];

import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { badDocument } from './read-whole';

/** Deepest nesting of an exchange document; what is deeper can only be meant to exhaust the reader. */
const DEEPEST = 32;

/**
 * An XML document as objects: an element without children is its text, one with children an object, elements of one
 * name a list, attributes members with `@` before their name. All values stay texts: a case number is no number.
 *
 * Safe to read from a stranger: a document type is refused, so that no entity of the document's own is ever expanded
 * and nothing outside it is fetched.
 * @throws BadInputError when the text is not well-formed, nested too deeply, or declares a document type.
 */
export function parseXml(text: string, file: string): unknown {
  if (/<!DOCTYPE/i.test(text)) {
    const hint = 'remove it; entities of a document are never expanded here';
    throw badDocument(file, 'XML without a document type', 'a DOCTYPE declaration', hint);
  }
  const validity = XMLValidator.validate(text);
  if (validity !== true) {
    const { msg, line, col } = validity.err;
    throw badDocument(file, 'well-formed XML', `${msg} At line ${line}, column ${col}`);
  }
  try {
    return PARSER.parse(text) as unknown;
  } catch (error) {
    throw badDocument(file, 'well-formed XML', error instanceof Error ? error.message : String(error));
  }
}

const PARSER = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  ignoreDeclaration: true,
  ignorePiTags: true,
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  // Also reads numbered characters (&#20013;), which exports of old databases are full of.
  htmlEntities: true,
  maxNestedTags: DEEPEST,
});

/** A document as it is written: what is left out is left out. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}
export type Path = readonly string[];

/** What stands at a place of a document; undefined where it is left out. */
export function valueAt(document: Json | undefined, path: Path): Json | undefined {
  return path.reduce<Json | undefined>(
    (at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined),
    document,
  );
}

/** A copy in which `value` stands at a place; undefined leaves it out. The document that was given stays as it is. */
export function withValue(document: JsonObject, path: Path, value: Json | undefined): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined) return document;
  const { [key]: old, ...others } = document;
  if (rest.length > 0) {
    const inner = withValue(isObject(old) ? old : {}, rest, value);
    return { ...document, [key]: inner };
  }
  return value === undefined ? others : { ...document, [key]: value };
}

/** A clock's rule is a limit, or a limit with lights of its own: the place of the limit itself. */
export function placeOfLimit(document: JsonObject, path: Path): Path {
  return isObject(valueAt(document, path)) ? [...path, 'limit'] : path;
}

/** The entries of an object in the document; none where it is left out. */
export function entriesAt(document: JsonObject, path: Path): [string, Json][] {
  const value = valueAt(document, path);
  return isObject(value) ? Object.entries(value) : [];
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a problem stands at a place, or within it. */
export const isWithin = (at: Path, place: Path): boolean => place.every((key, index) => at[index] === key);

import type { SignInDocument } from '@mingjian/contracts';
import { standingProblem, type Standing } from '../account';
import { DEPARTMENT_ROLES, type Role } from '../principal';

/** What a provider says of somebody. */
export type Claims = Readonly<Record<string, unknown>>;

/** Why claims give nobody a place here. */
export type NoStanding = 'no-role' | 'roles-conflict' | 'no-department' | 'no-district';

export type StandingOfClaims =
  { ok: true; standing: Standing; displayName: string } | { ok: false; reason: NoStanding; detail: string };

/**
 * Who somebody is here for what the provider says of them. Values that the document does not list give nothing; who gets no
 * role of it, or roles that no person may have together, is nobody.
 * Where the document has districts, somebody above departments needs one: what is missing never means everything.
 * @param departments codes that the ruleset in force knows: people of any other would see nothing.
 */
export function standingOfClaims(
  rules: SignInDocument,
  claims: Claims,
  departments: ReadonlySet<string>,
): StandingOfClaims {
  const given = textsOf(valueAt(claims, rules.roles.claim));
  const roles: Role[] = [...new Set(given.flatMap((value) => own(rules.roles.map, value) ?? []))];
  if (roles.length === 0)
    return refused('no-role', `none of the ${given.length} values of ${nameOf(rules.roles.claim)} is listed`);
  const isOfDepartment = roles.some((role) => DEPARTMENT_ROLES.includes(role));
  const department = isOfDepartment ? placeOf(rules.department, claims) : null;
  if (isOfDepartment && (department === null || !departments.has(department)))
    return refused('no-department', 'the claims name no department that the ruleset in force knows');
  const district = isOfDepartment ? null : districtOf(rules.district, claims);
  if (district === undefined) return refused('no-district', 'the claims name no district that is listed');
  const standing: Standing = { roles, department, district };
  if (standingProblem(standing) !== null) return refused('roles-conflict', roles.join(', '));
  return { ok: true, standing, displayName: textsOf(valueAt(claims, rules.displayName))[0] ?? '' };
}

/** Whether the provider proved a second factor, as the document has it. */
export function provesSecondFactor({ secondFactor }: SignInDocument, claims: Claims): boolean {
  if (secondFactor === undefined) return false;
  const isOneOf = (values: readonly string[], claim: string): boolean =>
    textsOf(claims[claim]).some((value) => values.includes(value));
  return isOneOf(secondFactor.acr, 'acr') || isOneOf(secondFactor.amr, 'amr');
}

function refused(reason: NoStanding, detail: string): StandingOfClaims {
  return { ok: false, reason, detail };
}

function placeOf(place: SignInDocument['department'], claims: Claims): string | null {
  if (place === undefined) return null;
  const [value] = textsOf(valueAt(claims, place.claim));
  if (value === undefined) return null;
  return place.map === undefined ? value.slice(0, 64) : (own(place.map, value) ?? null);
}

/** Null: the whole site; undefined: the claims do not say. */
function districtOf(district: SignInDocument['district'], claims: Claims): string | null | undefined {
  if (district === undefined) return null;
  const isEverywhere = textsOf(valueAt(claims, district.claim)).some((value) =>
    district.wholeSite.includes(value),
  );
  return isEverywhere ? null : (placeOf(district, claims) ?? undefined);
}

/** Claims come from elsewhere: `constructor` is no value that a document lists. */
function own<T>(map: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function valueAt(claims: Claims, way: string | readonly string[]): unknown {
  return [way].flat().reduce<unknown>((value, name) => {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
    return (value as Record<string, unknown>)[name];
  }, claims);
}

function textsOf(value: unknown): string[] {
  return [value].flat().filter((one): one is string => typeof one === 'string' && one !== '');
}

function nameOf(way: string | readonly string[]): string {
  return [way].flat().join('.');
}

import { parseYamlDocument, SignInDocument } from '@mingjian/contracts';
import { provesSecondFactor, standingOfClaims, type Claims } from './standing-of-claims';

const DEPARTMENTS = new Set(['housing', 'market']);
const rulesOf = (more = ''): SignInDocument =>
  parseYamlDocument(
    `
signIn: county
roles:
  claim: [realm_access, roles]
  map: { supervisors: inspector, heads: department-head, auditors: auditor, it: administrator }
${more}`,
    'sign-in.yaml',
    SignInDocument,
  );
const claimsOf = (roles: unknown, more: Claims = {}): Claims => ({
  name: '张伟',
  realm_access: { roles },
  ...more,
});

describe('what claims give', () => {
  it('is the roles that are listed, and nothing for those that are not', () => {
    expect(standingOfClaims(rulesOf(), claimsOf(['supervisors', 'choir']), DEPARTMENTS)).toEqual({
      ok: true,
      displayName: '张伟',
      standing: { roles: ['inspector'], department: null, district: null },
    });
    expect(standingOfClaims(rulesOf(), claimsOf('supervisors'), DEPARTMENTS)).toMatchObject({ ok: true });
  });

  it.each([
    ['an empty list', []],
    ['no such claim', undefined],
    ['values that nobody listed', ['constructor', '__proto__', 'toString']],
    ['something that is no text', [{ supervisors: true }, 7, null]],
  ])('is no role for %s', (_, roles) => {
    expect(standingOfClaims(rulesOf(), claimsOf(roles), DEPARTMENTS)).toMatchObject({
      ok: false,
      reason: 'no-role',
    });
  });

  it('is nothing where no person may have these roles together', () => {
    expect(standingOfClaims(rulesOf(), claimsOf(['it', 'auditors']), DEPARTMENTS)).toMatchObject({
      ok: false,
      reason: 'roles-conflict',
    });
  });

  it('is a department by the code of the provider or, without a list, by its own', () => {
    const listed = rulesOf('department: { claim: org, map: { "11420684": housing } }');
    const head = (org?: string) => claimsOf(['heads'], org === undefined ? {} : { org });
    expect(standingOfClaims(listed, head('11420684'), DEPARTMENTS)).toMatchObject({
      standing: { department: 'housing' },
    });
    for (const org of ['housing', 'constructor', undefined])
      expect(standingOfClaims(listed, head(org), DEPARTMENTS)).toMatchObject({ reason: 'no-department' });
    const same = rulesOf('department: { claim: org }');
    expect(standingOfClaims(same, head('market'), DEPARTMENTS)).toMatchObject({
      standing: { department: 'market' },
    });
    expect(standingOfClaims(same, head('elsewhere'), DEPARTMENTS)).toMatchObject({ reason: 'no-department' });
  });

  it('never means the whole site because a district is missing', () => {
    const rules = rulesOf('district: { claim: area, map: { "420684": east }, wholeSite: ["420600"] }');
    const of = (area?: string) => standingOfClaims(rules, claimsOf(['supervisors'], { area }), DEPARTMENTS);
    expect(of('420684')).toMatchObject({ standing: { district: 'east' } });
    expect(of('420600')).toMatchObject({ standing: { district: null } });
    expect(of('420699')).toMatchObject({ reason: 'no-district' });
    expect(of()).toMatchObject({ reason: 'no-district' });
  });

  it('proves a second factor by the values that the document names alone', () => {
    const rules = rulesOf('secondFactor: { acr: [two], amr: [mfa, hwk] }');
    expect(provesSecondFactor(rules, { acr: 'two' })).toBe(true);
    expect(provesSecondFactor(rules, { amr: ['pwd', 'hwk'] })).toBe(true);
    expect(provesSecondFactor(rules, { acr: 'one', amr: ['pwd'] })).toBe(false);
    expect(provesSecondFactor(rulesOf(), { acr: 'two', amr: ['mfa'] })).toBe(false);
  });
});

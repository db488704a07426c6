import type { Principal, Role } from './principal';
import { scopeOf } from './scope-of';

/* 诸暨市 with two towns; one of them has two villages, one of which keeps a service point of its own. */
const PLACES = {
  departments: {
    'city-hall': { district: 'city' },
    'north-town': { district: 'north' },
    'north-village': { district: 'north-1' },
    'far-village': { district: 'north-2' },
    'south-town': { district: 'south' },
    nowhere: {},
    elsewhere: { district: 'unlisted' },
  },
  districts: {
    city: { name: '市', level: 'city' },
    north: { name: '北镇', level: 'town', parent: 'city' },
    south: { name: '南镇', level: 'town', parent: 'city' },
    'north-1': { name: '一村', level: 'village', parent: 'north' },
    'north-2': { name: '二村', level: 'village', parent: 'north' },
  },
} as const;

const who = (district: string | null, roles: Role[] = ['inspector'], department: string | null = null) =>
  ({ kind: 'user', id: 'x', name: 'x', roles, department, district }) satisfies Principal;
const seen = (person: Principal) => scopeOf(person, PLACES).departments;

describe('which rows somebody of a district may read', () => {
  it('of a town: its own and those of its villages, not those of its city and of other towns', () => {
    expect(seen(who('north'))).toEqual(['far-village', 'north-town', 'north-village']);
    expect(seen(who('south'))).toEqual(['south-town']);
  });

  it('of a village: its own; of the city: all below it, and none that is nowhere', () => {
    expect(seen(who('north-1'))).toEqual(['north-village']);
    expect(seen(who('city'))).toEqual([
      'city-hall',
      'far-village',
      'north-town',
      'north-village',
      'south-town',
    ]);
  });

  it('of a district that is not listed: its own alone; of none: everything', () => {
    expect(seen(who('unlisted'))).toEqual(['elsewhere']);
    expect(seen(who('no-such'))).toEqual([]);
    expect(scopeOf(who(null), PLACES).isEverything).toBe(true);
  });

  it('of a department: its own, wherever it works', () => {
    expect(seen(who(null, ['department-head'], 'city-hall'))).toEqual(['city-hall']);
    expect(seen(who(null, ['post']))).toEqual([]);
  });
});

import type { Principal } from '../identity/principal';

function person(id: string, name: string, roles: Principal['roles'], department: string | null): Principal {
  return { kind: 'user', id, name, roles, department, district: null };
}

/** People of a site, one of each kind that acts about lights. */
export const INSPECTOR = person('inspector-1', '李监察', ['inspector'], null);
export const OTHER_INSPECTOR = person('inspector-2', '赵监察', ['inspector'], null);
export const HOUSING_HEAD = person('head-housing', '王局长', ['department-head'], 'housing');
export const MARKET_HEAD = person('head-market', '孙局长', ['department-head'], 'market');

import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { OPEN } from '@mingjian/runtime';
import type { RowScope } from '@mingjian/store';

/** What people are to Mingjian. Somebody may have several. */
export const ROLES = [
  'inspector',
  'department-head',
  'post',
  'administrator',
  'auditor',
  'operator',
] as const;
export type Role = (typeof ROLES)[number];

/** The roles as the console calls them. */
export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  inspector: '监察员',
  'department-head': '部门负责人',
  post: '岗位人员',
  administrator: '管理员',
  auditor: '审计员',
  operator: '运维人员',
};

/** Roles that see the rows of their own department only, whatever they ask for. */
export const DEPARTMENT_ROLES: readonly Role[] = ['department-head', 'post'];

/** Who asks. */
export interface Principal {
  /** `demo`: whoever opens the demonstration; `system`: the daemon itself, never a request. */
  kind: 'user' | 'demo' | 'system';
  /** Stable and never given to another: what records of acts name. */
  id: string;
  /** As people read it. */
  name: string;
  roles: readonly Role[];
  /** Code of the department that the account belongs to; null for offices above departments. */
  department: string | null;
  /** Code of the district that a supervisor is limited to; null: the whole site. */
  district: string | null;
}

/** The daemon acting by itself: escalations, sweeps, imports. */
export const SYSTEM: Principal = {
  kind: 'system',
  id: 'system',
  name: '系统',
  roles: [],
  department: null,
  district: null,
};

/** Whoever opens the demonstration: sees everything, and may try everything. */
export const DEMO: Principal = {
  kind: 'demo',
  id: 'demo',
  name: '演示用户',
  roles: ['inspector', 'administrator'],
  department: null,
  district: null,
};

/** Whether somebody has one of these roles. */
export function hasRole(who: Principal, ...roles: readonly Role[]): boolean {
  return who.roles.some((role) => roles.includes(role));
}

/** What a request carries once the guard has let it through. */
export interface RequestWithPrincipal {
  principal?: Principal;
  scope?: RowScope;
}

/** A parameter of an endpoint: who asks. Given by the guard; an endpoint that is `@Open` has none. */
export const Who = createParamDecorator(
  (_: unknown, context: ExecutionContext): Principal => asked(context).principal,
);

/** A parameter of an endpoint: which rows they may read. What an endpoint lists or shows goes through it. */
export const Within = createParamDecorator(
  (_: unknown, context: ExecutionContext): RowScope => asked(context).scope,
);

function asked(context: ExecutionContext): Required<RequestWithPrincipal> {
  const { principal, scope } = context.switchToHttp().getRequest<RequestWithPrincipal>();
  if (principal === undefined || scope === undefined)
    throw new Error('the endpoint wants to know who asks, and is open to everybody');
  return { principal, scope };
}

/** Metadata that the guard reads: the roles that may. */
export const ALLOWED = 'mingjian:allowed-roles';
/** Metadata: open to who has yet to change the password. */
export const LIMITED = 'mingjian:allowed-limited';

/** Who may use an endpoint (or every endpoint of a controller): whoever has one of these roles. */
export const Allow = (...roles: readonly Role[]): MethodDecorator & ClassDecorator =>
  SetMetadata(ALLOWED, roles);

/** Everybody who has signed in, whatever their roles. */
export const AllowEverybody = (): MethodDecorator & ClassDecorator => Allow(...ROLES);

/** Also for who has a one-time password still, or no second factor although one is demanded: the way out of that. */
export const AllowLimited = (): MethodDecorator & ClassDecorator => SetMetadata(LIMITED, true);

/** An endpoint that asks nobody who they are, and why that is right. */
export const Open = (because: string): MethodDecorator & ClassDecorator => SetMetadata(OPEN, because);

import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { OPEN } from '@mingjian/runtime';
import { Monitor } from '../monitor';
import { principalOf } from './account';
import { Identity } from './identity';
import { ALLOWED, DEMO, hasRole, LIMITED, type Principal, type Role } from './principal';
import { refusal } from './refusals';
import { isForged, isToThisMachine, tokenOf, type IdentifiedRequest } from './request-identity';
import { scopeOf } from './scope-of';
import type { SignedIn } from './sessions';
import { TO_DO_FIRST, toDoFirst } from './to-do-first';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Asks, before every endpoint, who that is and whether they may. An endpoint says whom it lets in with `@Allow`, or with
 * `@Open` why it asks nobody; one that says neither lets nobody in, and the application does not start.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Identity) private readonly identity: Identity,
    @Inject(Monitor) private readonly monitor: Monitor,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<string>(OPEN, places) !== undefined) return true;
    const allowed = this.reflector.getAllAndOverride<readonly Role[] | undefined>(ALLOWED, places) ?? [];
    const request = context.switchToHttp().getRequest<IdentifiedRequest>();
    const { settings } = this.identity.ports;
    const signedIn = await this.signedIn(request);
    const who = signedIn === null ? this.demonstrator(request) : principalOf(signedIn.account);
    if (who === null) throw refusal(401, 'sign-in-required', '请先登录');
    if (!SAFE_METHODS.includes(request.method) && isForged(request, settings, signedIn !== null))
      throw refusal(403, 'forged', '请求来源不明，已拒绝');
    if (!hasRole(who, ...allowed)) {
      const { method, routeOptions } = request;
      this.identity.ports.logger.warn(
        { account: who.id, method, route: routeOptions.url },
        'Somebody asked for what their roles do not let them have.',
      );
      throw refusal(403, 'not-allowed', '您的角色无权使用此功能');
    }
    const first = signedIn === null ? null : toDoFirst(signedIn.account, settings.secondFactor);
    if (first !== null && this.reflector.getAllAndOverride<boolean>(LIMITED, places) !== true)
      throw refusal(403, `${first}-required`, TO_DO_FIRST[first]);
    request.principal = who;
    request.scope = scopeOf(who, this.monitor.rules.current.book.newest.ruleset.document);
    if (signedIn !== null) request.signedIn = signedIn;
    return true;
  }

  private async signedIn(request: IdentifiedRequest): Promise<SignedIn | null> {
    const token = tokenOf(request, this.identity.ports.settings);
    return token === null ? null : this.identity.sessions.find(token);
  }

  /** Who opens the demonstration, from this machine alone. */
  private demonstrator(request: IdentifiedRequest): Principal | null {
    return this.identity.ports.settings.auth === 'demo' && isToThisMachine(request) ? DEMO : null;
  }
}

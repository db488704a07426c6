import { Inject, Injectable, RequestMethod, type OnModuleInit, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { OPEN } from '@mingjian/runtime';
import { ALLOWED } from './principal';

type Handler = () => unknown;

/** An endpoint of the running application, as its controller declares it. */
export interface Endpoint {
  /** `CasesController.list` */
  name: string;
  /** `GET /v1/cases/:id` */
  route: string;
  /** Roles that may; null: not said. */
  allowed: readonly string[] | null;
  /** Why it asks nobody; null: not said. */
  openBecause: string | null;
}

/** Refuses to start an application with an endpoint that says neither whom it lets in nor that it is open to all. */
@Injectable()
export class EndpointsDecided implements OnModuleInit {
  constructor(
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(MetadataScanner) private readonly scanner: MetadataScanner,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  /** @throws Error naming every endpoint that decides nothing. */
  onModuleInit(): void {
    const undecided = this.endpoints().filter(
      ({ allowed, openBecause }) => openBecause === null && (allowed === null || allowed.length === 0),
    );
    if (undecided.length > 0)
      throw new Error(
        `endpoints that do not say who may use them: ${undecided.map(({ name }) => name).join(', ')}; ` +
          'put @Allow(…) or @Open(…) of identity/principal.ts on them',
      );
  }

  /** Every endpoint of the application. */
  endpoints(): Endpoint[] {
    return this.discovery.getControllers().flatMap(({ instance, metatype }) => {
      if (!metatype || !instance) return [];
      const controller = metatype as Type;
      const prototype = Object.getPrototypeOf(instance) as Record<string, Handler>;
      return this.scanner
        .getAllMethodNames(prototype)
        .flatMap((method) => this.endpointsOf(controller, method, prototype[method]!));
    });
  }

  private endpointsOf(controller: Type, method: string, handler: Handler): Endpoint[] {
    const below = this.reflector.get<string | string[] | undefined>(PATH_METADATA, handler);
    if (below === undefined) return [];
    const verb = RequestMethod[this.reflector.get<RequestMethod>(METHOD_METADATA, handler)];
    const above = this.reflector.get<string | string[]>(PATH_METADATA, controller);
    const places = [handler, controller];
    return [above].flat().flatMap((first) =>
      [below].flat().map((second) => ({
        name: `${controller.name}.${method}`,
        route: `${verb} /${`${first}/${second}`.split('/').filter(Boolean).join('/')}`,
        allowed: this.reflector.getAllAndOverride<readonly string[] | undefined>(ALLOWED, places) ?? null,
        openBecause: this.reflector.getAllAndOverride<string | undefined>(OPEN, places) ?? null,
      })),
    );
  }
}

import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { OPEN } from '@mingjian/runtime';
import { ALLOWED } from './principal';

/** An endpoint of the running application, as its controller declares it. */
export interface Endpoint {
  /** `CasesController.list` */
  name: string;
  method: number;
  paths: string[];
  /** Roles that may; null: it is open to everybody. */
  allowed: readonly string[] | null;
  /** Why it asks nobody; null where it does. */
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
      const prototype = Object.getPrototypeOf(instance) as Record<string, () => unknown>;
      return this.scanner.getAllMethodNames(prototype).flatMap((method) => {
        const handler = prototype[method]!;
        const path = this.reflector.get<string | string[] | undefined>(PATH_METADATA, handler);
        if (path === undefined) return [];
        const places = [handler, metatype as () => unknown];
        return [
          {
            name: `${metatype.name}.${method}`,
            method: this.reflector.get<number>(METHOD_METADATA, handler),
            paths: [path].flat(),
            allowed: this.reflector.getAllAndOverride<readonly string[] | undefined>(ALLOWED, places) ?? null,
            openBecause: this.reflector.getAllAndOverride<string | undefined>(OPEN, places) ?? null,
          },
        ];
      });
    });
  }
}

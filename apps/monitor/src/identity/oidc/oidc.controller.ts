import { Controller, Get, Inject, Query, Redirect, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Monitor } from '../../monitor';
import { Identity } from '../identity';
import { Open } from '../principal';
import { refusal } from '../refusals';
import { originOf, tokenOf, type IdentifiedRequest } from '../request-identity';
import { setCookie } from '../session-cookie';
import { browserOf, forgetBrowser, rememberBrowser } from './browser-cookie';
import { type OidcRefusal, type OidcSignIn } from './oidc-sign-in';
import { OidcTrouble } from './trouble';

/** Where a browser goes next. */
interface Next {
  url: string;
}

/**
 * Signing in by the provider of the site (统一身份认证), as browsers walk it: there, back, and out. Whoever is refused comes to
 * the page of signing in, which says why; local accounts sign in there as ever.
 */
@ApiTags('session')
@Controller('v1/session')
export class OidcController {
  constructor(
    @Inject(Identity) private readonly identity: Identity,
    @Inject(Monitor) private readonly monitor: Monitor,
  ) {}

  @Get('ways')
  @Open('whoever signs in is nobody yet')
  @ApiOperation({
    summary: 'By what people can sign in: local accounts always; the provider where there is one',
  })
  ways(): object {
    return { password: true, provider: this.identity.oidc !== null };
  }

  @Get('oidc/start')
  @Redirect()
  @Open('whoever signs in is nobody yet')
  @ApiQuery({ name: 'to', required: false, description: 'Page of the console that is wanted, /cases/…' })
  @ApiOperation({ summary: 'Sends the browser to the provider to sign in' })
  @ApiResponse({
    status: 302,
    description: 'To the provider; or to the page of signing in, which says why not.',
  })
  async start(
    @Query('to') to: unknown,
    @Req() request: IdentifiedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Next> {
    const oidc = this.provider();
    const { settings, logger } = this.identity.ports;
    try {
      const { address, browser } = await oidc.begin(to, tokenOf(request, settings));
      rememberBrowser(reply, settings, browser);
      return { url: address };
    } catch (error) {
      if (!(error instanceof OidcTrouble)) throw error;
      logger.warn({ detail: error.detail }, 'The provider by which people sign in does not answer.');
      return refusedTo(error.reason);
    }
  }

  @Get('oidc/callback')
  @Redirect()
  @Open('whoever signs in is nobody yet; what they bring is verified with the provider')
  @ApiOperation({ summary: 'Where the provider sends the browser back to' })
  @ApiResponse({ status: 302, description: 'Signed in; or to the page of signing in, which says why not.' })
  async callback(
    @Req() request: IdentifiedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Next> {
    const oidc = this.provider();
    const { settings } = this.identity.ports;
    const [, query = ''] = request.url.split(/\?(.*)/s);
    const { departments } = this.monitor.rules.current.book.newest.ruleset.document;
    const browser = browserOf(request, settings);
    const outcome = await oidc.finish(query, browser, originOf(request), new Set(Object.keys(departments)));
    forgetBrowser(reply, settings);
    if (!outcome.ok) return refusedTo(outcome.reason);
    setCookie(reply, settings, outcome.token);
    return { url: outcome.wanted };
  }

  @Get('oidc/sign-out')
  @Redirect()
  @Open('ends nothing here; the provider asks whoever comes whether they mean it')
  @ApiOperation({ summary: 'Sends the browser to the provider to sign out there too' })
  @ApiResponse({
    status: 302,
    description:
      'To the provider, which sends it back to the page of signing in; or there at once, which says that the provider was not told.',
  })
  async signOut(): Promise<Next> {
    // The provider may be gone from the settings since somebody signed in by it.
    const { oidc } = this.identity;
    const address = oidc === null ? null : await oidc.provider.signOutAddress().catch(nowhere);
    return { url: address ?? SIGNED_OUT_HERE };
  }

  private provider(): OidcSignIn {
    if (this.identity.oidc === null) throw refusal(404, 'no-provider', '本站未配置统一身份认证');
    return this.identity.oidc;
  }
}

/** Where a browser goes that is signed out here and could not be sent to the provider. */
const SIGNED_OUT_HERE = '/login?signed-out=here';

function nowhere(error: unknown): null {
  if (error instanceof OidcTrouble) return null;
  throw error;
}

/** A word of a closed list, never a text: an address can be made by anybody. */
function refusedTo(reason: OidcRefusal): Next {
  return { url: `/login?refused=${reason}` };
}

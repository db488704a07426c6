import { Body, Controller, HttpCode, HttpException, Inject, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Identity } from '../identity';
import { Open } from '../principal';
import { refusal } from '../refusals';
import type { IdentifiedRequest } from '../request-identity';
import { SIGN_OUT_PATH } from './oidc-settings';

/**
 * Signing out from the provider's side: its server tells ours, no browser is in between. Cookies are not looked at, and what is
 * not signed by the provider does nothing, so there is nothing that a page of another site could have done.
 */
@ApiTags('session')
@Controller()
export class OidcSignOutController {
  constructor(@Inject(Identity) private readonly identity: Identity) {}

  @Post(SIGN_OUT_PATH)
  @Open('the provider’s server has no account; what it brings is verified with its keys')
  @HttpCode(200)
  @ApiOperation({ summary: 'The provider says that somebody is signed out there (back-channel logout)' })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['logout_token'],
      properties: { logout_token: { type: 'string', description: 'Signed by the provider' } },
    },
  })
  @ApiResponse({ status: 200, description: 'Whoever is meant is signed out here.' })
  @ApiResponse({ status: 400, description: 'Refused: nobody is signed out by it.' })
  async signOut(@Body() body: unknown, @Req() { ip }: IdentifiedRequest): Promise<void> {
    const { oidcSignOut } = this.identity;
    if (oidcSignOut === null) throw refusal(404, 'no-provider', '本站未配置统一身份认证');
    const token = (body as { logout_token?: unknown } | null | undefined)?.logout_token;
    const outcome = typeof token === 'string' ? await oidcSignOut.run(token, ip) : null;
    if (outcome?.ok !== true)
      throw new HttpException(
        { error: 'invalid_request', error_description: 'the logout token is refused' },
        400,
      );
  }
}

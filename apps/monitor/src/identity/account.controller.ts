import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { AccountRow } from '@mingjian/store';
import type { FastifyReply } from 'fastify';
import { ProblemPipe } from '../api/problem-pipe';
import { Identity } from './identity';
import { CodeBody, PasswordAloneBody, PasswordAndCodeBody, PasswordBody } from './identity.openapi';
import type { Done } from './own-account';
import { AllowEverybody, AllowLimited } from './principal';
import { answered, ownAccountRefusal, refusal } from './refusals';
import { originOf, type IdentifiedRequest } from './request-identity';
import { forgetCookie, setCookie } from './session-cookie';
import type { SignedIn } from './sessions';

/** The own account: password, second factor, devices. */
@ApiTags('account')
@AllowEverybody()
@Controller('v1/account')
export class AccountController {
  constructor(@Inject(Identity) private readonly identity: Identity) {}

  @Get('sessions')
  @ApiOperation({ summary: 'Devices on which one is signed in' })
  async sessions(@Req() request: IdentifiedRequest): Promise<object> {
    const { account, session } = signedInOf(request);
    const sessions = await this.identity.sessions.of(account.id);
    return {
      sessions: sessions.map((row) => ({
        id: row.id,
        isThis: row.id === session.id,
        address: row.address,
        device: row.device,
        signedInAt: new Date(row.createdAt).toISOString(),
        lastSeenAt: new Date(row.lastSeenAt).toISOString(),
      })),
    };
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out of one device' })
  @ApiParam({ name: 'id', description: 'Id of the session' })
  async endSession(@Param('id') id: string, @Req() request: IdentifiedRequest): Promise<void> {
    if (!(await this.identity.sessions.end(signedInOf(request).account.id, id)))
      throw refusal(404, 'no-such-session', '没有这个登录设备');
  }

  @Delete('sessions')
  @AllowLimited()
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out everywhere' })
  async endSessions(
    @Req() request: IdentifiedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { account } = signedInOf(request);
    await this.identity.sessions.endAll(account.id, account.id);
    forgetCookie(reply, this.identity.ports.settings);
  }

  @Post('password')
  @AllowLimited()
  @HttpCode(204)
  @ApiOperation({ summary: 'Change the own password; all other devices are signed out' })
  async changePassword(
    @Body(ProblemPipe) body: PasswordBody,
    @Req() request: IdentifiedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { account } = signedInOf(request);
    const origin = originOf(request);
    const { token } = await this.done(() =>
      this.identity.own.changePassword(account, body.current, body.wanted, origin),
    );
    setCookie(reply, this.identity.ports.settings, token);
  }

  @Post('second-factor')
  @AllowLimited()
  @HttpCode(200)
  @ApiOperation({ summary: 'A secret for an authenticator app; it counts once it is confirmed' })
  async prepare(
    @Body(ProblemPipe) body: PasswordAloneBody,
    @Req() request: IdentifiedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    reply.header('cache-control', 'no-store');
    const { account } = this.mayHaveSecondFactor(request);
    const { secret, address } = await this.done(() =>
      this.identity.own.prepareSecondFactor(account, body.password, originOf(request)),
    );
    return { secret, address };
  }

  @Post('second-factor/confirm')
  @AllowLimited()
  @HttpCode(200)
  @ApiOperation({ summary: 'Confirm the second factor by a code of it; answers recovery codes, this once' })
  async confirm(
    @Body(ProblemPipe) body: CodeBody,
    @Req() request: IdentifiedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    reply.header('cache-control', 'no-store');
    const { account } = this.mayHaveSecondFactor(request);
    const { recoveryCodes } = await this.done(() =>
      this.identity.own.confirmSecondFactor(account, body.code),
    );
    return { recoveryCodes };
  }

  @Post('second-factor/remove')
  @HttpCode(204)
  @ApiOperation({ summary: 'Give the second factor up' })
  async remove(
    @Body(ProblemPipe) body: PasswordAndCodeBody,
    @Req() request: IdentifiedRequest,
  ): Promise<void> {
    const { account } = signedInOf(request);
    await this.done(() =>
      this.identity.own.removeSecondFactor(account, body.password, body.code, originOf(request)),
    );
  }

  /** Whoever has a one-time password still would bind the account to a telephone before it is theirs. */
  private mayHaveSecondFactor(request: IdentifiedRequest): { account: AccountRow } {
    const { account } = signedInOf(request);
    if (account.passwordState === 'one-time')
      throw refusal(403, 'password-change-required', '请先修改一次性密码');
    return { account };
  }

  private async done<T>(work: () => Promise<Done<T>>): Promise<{ ok: true } & T> {
    const outcome = await answered(work);
    if (outcome.ok) return outcome;
    throw ownAccountRefusal(outcome.reason);
  }
}

/** In the demonstration nobody has an account. */
function signedInOf(request: IdentifiedRequest): SignedIn {
  if (request.signedIn === undefined) throw refusal(409, 'no-account', '演示模式没有账号');
  return request.signedIn;
}

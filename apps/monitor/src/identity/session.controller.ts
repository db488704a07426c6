import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ProblemPipe } from '../api/problem-pipe';
import { principalOf } from './account';
import { Identity } from './identity';
import { SignInBody } from './identity.openapi';
import { AllowEverybody, AllowLimited, Open, Who, type Principal } from './principal';
import { answered, refusal } from './refusals';
import { isForged, originOf, REQUEST_HEADER, tokenOf, type IdentifiedRequest } from './request-identity';
import { forgetCookie, setCookie } from './session-cookie';
import { sessionView, type SessionView } from './session-view';

/** Signing in and out, and who one is. */
@ApiTags('session')
@Controller('v1/session')
export class SessionController {
  constructor(@Inject(Identity) private readonly identity: Identity) {}

  @Get()
  @AllowEverybody()
  @AllowLimited()
  @ApiOperation({ summary: 'Who is signed in, with which roles, until when; 401 when nobody is' })
  who(@Who() who: Principal, @Req() request: IdentifiedRequest): SessionView {
    return sessionView(this.identity, who, request.signedIn ?? null);
  }

  @Post()
  @Open('whoever signs in is nobody yet; attempts are counted and made to wait')
  @HttpCode(200)
  @ApiHeader({
    name: REQUEST_HEADER,
    required: true,
    description: 'Any value; forms of other sites cannot send it',
  })
  @ApiOperation({ summary: 'Sign in: name, password and, where the account has one, the second factor' })
  @ApiResponse({ status: 200, description: 'Signed in; the session is in a cookie.' })
  @ApiResponse({ status: 401, description: 'Refused: sign-in-failed, or second-factor-required.' })
  @ApiResponse({
    status: 429,
    description: 'Too many attempts: Retry-After says when the next is looked at.',
  })
  async signIn(
    @Body(ProblemPipe) body: SignInBody,
    @Req() request: IdentifiedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    const { settings, clock } = this.identity.ports;
    if (isForged(request, settings, true)) throw refusal(403, 'forged', '请求来源不明，已拒绝');
    const former = tokenOf(request, settings);
    const outcome = await answered(() => this.identity.signIn.run(body, originOf(request), former));
    if (outcome.ok) {
      setCookie(reply, settings, outcome.token);
      return sessionView(this.identity, principalOf(outcome.account), outcome);
    }
    if (outcome.reason === 'locked') {
      const seconds = Math.ceil((outcome.retryAt - clock.now()) / 1000);
      reply.header('retry-after', String(seconds));
      throw refusal(429, 'locked', `尝试次数过多，请 ${seconds} 秒后再试`);
    }
    throw outcome.reason === 'second-factor-required'
      ? refusal(401, 'second-factor-required', '请输入验证器上的六位验证码')
      : refusal(401, 'sign-in-failed', '账号、密码或验证码不正确');
  }

  @Delete()
  @AllowEverybody()
  @AllowLimited()
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out of this device' })
  async signOut(
    @Req() request: IdentifiedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { settings } = this.identity.ports;
    const token = tokenOf(request, settings);
    if (token !== null) await this.identity.signIn.signOut(token);
    forgetCookie(reply, settings);
  }
}

import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { issuersOfAccounts, listAccounts } from '@mingjian/store';
import { ProblemPipe } from '../api/problem-pipe';
import { Identity } from './identity';
import { NewUserBody, ResetBody, UserBody, VersionBody } from './identity.openapi';
import { Allow, Who, type Principal } from './principal';
import { answered } from './refusals';
import { userView } from './user-view';

const ID = { name: 'id', description: 'Id of the account' };

/** Accounts, for administrators. Every change is in the ledger. */
@ApiTags('users')
@Allow('administrator')
@Controller('v1/users')
export class UsersController {
  constructor(@Inject(Identity) private readonly identity: Identity) {}

  @Get()
  @Allow('administrator', 'auditor')
  @ApiOperation({ summary: 'Every account, disabled ones too' })
  async list(): Promise<object> {
    const { store } = this.identity.ports;
    const issuers = await issuersOfAccounts(store);
    return { users: (await listAccounts(store)).map((row) => userView(row, issuers.get(row.id) ?? null)) };
  }

  @Post()
  @ApiOperation({ summary: 'Add an account; answers its one-time password, this once' })
  async add(@Body(ProblemPipe) body: NewUserBody, @Who() who: Principal): Promise<object> {
    const { account, oneTimePassword } = await answered(() => this.identity.accounts.add(body, who.id));
    return { user: userView(account), oneTimePassword };
  }

  @Patch(':id')
  @ApiParam(ID)
  @ApiOperation({ summary: 'Change name, roles, department and district' })
  async change(
    @Param('id') id: string,
    @Body(ProblemPipe) body: UserBody,
    @Who() who: Principal,
  ): Promise<object> {
    const { accounts } = this.identity;
    return { user: userView(await answered(() => accounts.change(id, body.version, body, who.id))) };
  }

  @Post(':id/disable')
  @HttpCode(200)
  @ApiParam(ID)
  @ApiOperation({ summary: 'Take the right to sign in; open sessions end' })
  disable(@Param('id') id: string, @Body(ProblemPipe) body: VersionBody, @Who() who: Principal) {
    return this.setDisabled(id, body.version, true, who);
  }

  @Post(':id/enable')
  @HttpCode(200)
  @ApiParam(ID)
  @ApiOperation({ summary: 'Give the right to sign in back' })
  enable(@Param('id') id: string, @Body(ProblemPipe) body: VersionBody, @Who() who: Principal) {
    return this.setDisabled(id, body.version, false, who);
  }

  @Post(':id/reset')
  @HttpCode(200)
  @ApiParam(ID)
  @ApiOperation({ summary: 'Set a one-time password, answered this once; open sessions end' })
  async reset(
    @Param('id') id: string,
    @Body(ProblemPipe) body: ResetBody,
    @Who() who: Principal,
  ): Promise<object> {
    const { account, oneTimePassword } = await answered(() =>
      this.identity.accounts.resetPassword(id, body.version, body.dropSecondFactor, who.id),
    );
    return { user: userView(account), oneTimePassword };
  }

  @Post(':id/unlock')
  @HttpCode(204)
  @ApiParam(ID)
  @ApiOperation({ summary: 'End the wait after failed attempts' })
  async unlock(@Param('id') id: string, @Who() who: Principal): Promise<void> {
    await answered(() => this.identity.accounts.unlock(id, who.id));
  }

  private async setDisabled(id: string, version: number, isDisabled: boolean, who: Principal) {
    const { accounts } = this.identity;
    return { user: userView(await answered(() => accounts.setDisabled(id, version, isDisabled, who.id))) };
  }
}

import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { RequestWithPrincipal } from '../identity/principal';
import { refusal } from '../identity/refusals';

/** Drafts and the register of sources hold what is of all departments: who is limited to some of them has no part in it. */
@Injectable()
export class WholeSite implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { scope } = context.switchToHttp().getRequest<RequestWithPrincipal>();
    if (scope?.isEverything === true) return true;
    throw refusal(403, 'whole-site-only', '此处内容涉及全部部门，您的查看范围仅限部分部门');
  }
}

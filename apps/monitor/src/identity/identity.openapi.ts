import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { ROLES } from './principal';

const password = z.string().min(1).max(200);
const shortText = z.string().max(64);
const code = z.string().min(1).max(40);
const place = z.string().min(1).max(64).nullable().default(null);
const version = z.number().int().nonnegative().describe('Version of the account that was seen');

export class SignInBody extends createZodDto(
  z.strictObject({
    name: shortText.min(1).describe('Account name'),
    password,
    code: code.optional().describe('Code of the second factor, or a recovery code'),
  }),
) {}

export class PasswordBody extends createZodDto(
  z.strictObject({ current: password, wanted: password.describe('The new password') }),
) {}

export class PasswordAloneBody extends createZodDto(z.strictObject({ password })) {}

export class CodeBody extends createZodDto(z.strictObject({ code })) {}

export class PasswordAndCodeBody extends createZodDto(z.strictObject({ password, code })) {}

const standing = {
  displayName: shortText.default('').describe('What people call them'),
  roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length),
  department: place.describe('Code of the department that they belong to'),
  district: place.describe('Code of the district that a supervisor is limited to'),
};

export class NewUserBody extends createZodDto(
  z.strictObject({ name: shortText.min(2).describe('Account name'), ...standing }),
) {}

export class UserBody extends createZodDto(z.strictObject({ version, ...standing })) {}

export class VersionBody extends createZodDto(z.strictObject({ version })) {}

export class ResetBody extends createZodDto(
  z.strictObject({
    version,
    dropSecondFactor: z.boolean().default(false).describe('Also forget the second factor'),
  }),
) {}

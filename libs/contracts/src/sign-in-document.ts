import { z } from 'zod';

const claim = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
  .describe('Name of a claim, or the way to it: [realm_access, roles]');

/** Where somebody belongs: the value of a claim, looked up where the provider has codes of its own. */
const Place = z.strictObject({
  claim,
  map: z
    .record(z.string().min(1), z.string().min(1).max(64))
    .optional()
    .describe('Code of the provider: code of the ruleset; left out: they are the same'),
});

const ROLE_NAMES = ['inspector', 'department-head', 'post', 'administrator', 'auditor', 'operator'] as const;

/**
 * Sign-in document: what an OpenID Connect provider has to say of somebody, and what they are here for it. Decides alone:
 * what a claim does not give, nobody has.
 */
export const SignInDocument = z.strictObject({
  signIn: z.string().min(1).max(64).describe('Name of the document'),
  scopes: z
    .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'a scope, without spaces'))
    .default(['profile'])
    .describe('Asked for beside openid'),
  userinfo: z
    .boolean()
    .default(true)
    .describe('Whether claims are also fetched from the provider’s UserInfo endpoint, where it has one'),
  displayName: claim.default('name').describe('What people call them'),
  roles: z.strictObject({
    claim: claim.describe('A text, or a list of texts: groups or roles of the provider'),
    map: z
      .record(z.string().min(1), z.enum(ROLE_NAMES))
      .refine((map) => Object.keys(map).length > 0, 'at least one value of the claim, and its role')
      .describe('Value of the claim: role here. Values that are not listed give nothing'),
  }),
  department: Place.optional().describe('Department of heads and posts; nobody else gets one'),
  district: Place.extend({
    wholeSite: z.array(z.string().min(1)).default([]).describe('Values that stand for every district'),
  })
    .optional()
    .describe('District that people above departments are limited to; left out: none of them is'),
  secondFactor: z
    .strictObject({
      acr: z.array(z.string().min(1)).default([]).describe('Asked for, and any of them proves it'),
      amr: z.array(z.string().min(1)).default([]).describe('Methods (RFC 8176), any of which proves it'),
    })
    .refine(({ acr, amr }) => acr.length + amr.length > 0, 'at least one value of acr or amr')
    .optional()
    .describe('What proves a second factor; left out: the provider proves none'),
});
export type SignInDocument = z.infer<typeof SignInDocument>;

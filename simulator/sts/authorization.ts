import { anyResource, type ServiceAuthorization } from '../wire/authorization.ts';

/**
 * Actions on STS. Nobody needs a permission to know who he is or to ask for a session of his own user;
 * AssumeRole and AssumeRoleWithWebIdentity are decided where the role's trust policy is read.
 */
export function stsAuthorization(): ServiceAuthorization {
  const nothing = () => [];
  return {
    prefix: 'sts',
    operations: {
      ...anyResource('GetAccessKeyInfo', 'DecodeAuthorizationMessage'),
      GetCallerIdentity: nothing,
      GetSessionToken: nothing,
      AssumeRole: nothing,
      AssumeRoleWithWebIdentity: nothing,
    },
  };
}

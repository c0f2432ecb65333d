import { CreateRoleCommand, type IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';

export const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: ['ecs-tasks.amazonaws.com'] },
      Action: 'sts:AssumeRole',
    },
  ],
});
export const limited = 'arn:aws:iam::aws:policy/AWSCodeDeployRoleForECSLimited';
export const arnOf = (role: string) => `arn:aws:iam::111122223333:role/${role}`;

export const rolesOf = (iam: () => IAMClient) => ({
  createRole: (RoleName: string, AssumeRolePolicyDocument = trust) =>
    iam().send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument })),
  putPolicy: (RoleName: string, PolicyName: string, Statement: readonly object[]) =>
    iam().send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName,
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
      }),
    ),
});

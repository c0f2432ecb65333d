import type { IamModel } from '../../../simulator/iam/model.ts';
import { policyDocument } from '../../../simulator/iam/policy-document.ts';

/** What AmazonECSTaskExecutionRolePolicy allows. */
export const basics: object = {
  Effect: 'Allow',
  Action: [
    'ecr:GetAuthorizationToken',
    'ecr:BatchGetImage',
    'ecr:GetDownloadUrlForLayer',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ],
  Resource: '*',
};

/** The role that the fixture's task definitions name, with these statements and trust in a service. */
export function createExecutionRole(
  iam: IamModel,
  statements: readonly object[],
  service = 'ecs-tasks.amazonaws.com',
): void {
  iam.createRole({
    roleName: 'execution',
    path: '/',
    description: undefined,
    trust: policyDocument.parse({
      Statement: {
        Effect: 'Allow',
        Principal: { Service: service },
        Action: 'sts:AssumeRole',
        Condition: {
          ArnLike: { 'aws:SourceArn': 'arn:aws:ecs:eu-west-1:111122223333:*' },
          StringEquals: { 'aws:SourceAccount': '111122223333' },
        },
      },
    }),
    inlinePolicies: new Map([['does', policyDocument.parse({ Statement: statements })]]),
  });
}

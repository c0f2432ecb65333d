import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStack } from '../../../simulator/cloudformation/create-stack.ts';
import { planStack } from '../../../simulator/cloudformation/plan-stack.ts';
import { IamModel } from '../../../simulator/iam/model.ts';
import { iamResources } from '../../../simulator/iam/resources.ts';
import { testWorld } from '../cloudformation/loading.ts';

let testing: ReturnType<typeof testWorld>;
let iam: IamModel;
beforeEach(() => {
  testing = testWorld();
  iam = new IamModel(testing.world);
});
afterEach(() => testing.stop());

function plan(templateBody: string) {
  const source = { stackName: 'Demo', templateBody };
  return planStack(testing.model, iamResources(iam), source, { given: {}, ssm: {} });
}

describe('a template gives policies', () => {
  it('as a text of JSON', async () => {
    const template = `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: worker
      AssumeRolePolicyDocument: |
        {"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ecs.amazonaws.com"}}]}
      Policies:
        - PolicyName: read
          PolicyDocument: !Sub '{"Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::\${AWS::StackName}"}}'`;
    await createStack(testing.model, iamResources(iam), plan(template));
    const role = iam.requireRole('worker');
    expect(role.trust.Statement[0]?.Action).toEqual(['sts:AssumeRole']);
    expect(role.inlinePolicies.get('read')?.Statement[0]?.Resource).toEqual(['arn:aws:s3:::Demo']);
  });

  it('but not as a text that is no policy', () => {
    const template = (text: string) =>
      `{"Resources":{"R":{"Type":"AWS::IAM::Role","Properties":{"AssumeRolePolicyDocument":${JSON.stringify(text)}}}}}`;
    expect(() => plan(template('allow everything'))).toThrow('expected object, received string');
    expect(() => plan(template('{"Statment":[]}'))).toThrow('Statement');
  });
});

import { of, type Scenario, Tags, type } from './scenario-parts.ts';

const trust = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
};

/** Resources with tags, which are actions of their own; a log group of the stack's must not be the function's. */
export const taggedScenario: Scenario = {
  resources: {
    Topic: type('AWS::SNS::Topic', { Tags }),
    Queue: type('AWS::SQS::Queue', { Tags }),
    Logs: type('AWS::Logs::LogGroup', { Tags }),
    Images: type('AWS::ECR::Repository', { Tags }),
    Errors: type('AWS::CloudWatch::Alarm', {
      Namespace: 'Shop',
      MetricName: 'Errors',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Tags,
    }),
    Secret: type('AWS::SecretsManager::Secret', { SecretString: 'x', Tags }),
    Limit: type('AWS::SSM::Parameter', { Type: 'String', Value: '1', Tags: { team: 'web' } }),
    Role: type('AWS::IAM::Role', { AssumeRolePolicyDocument: trust, Tags }),
    Function: type('AWS::Lambda::Function', {
      Code: { ZipFile: 'exports.handler = async () => 1' },
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Role: of('Role', 'Arn'),
      Tags,
    }),
    Application: type('AWS::CodeDeploy::Application', { ComputePlatform: 'ECS', Tags }),
  },
  needs: [
    'sns:CreateTopic',
    'sns:TagResource',
    'sqs:CreateQueue',
    'sqs:TagQueue',
    'logs:CreateLogGroup',
    'logs:TagResource',
    'ecr:CreateRepository',
    'ecr:TagResource',
    'cloudwatch:PutMetricAlarm',
    'cloudwatch:TagResource',
    'secretsmanager:CreateSecret',
    'secretsmanager:TagResource',
    'ssm:PutParameter',
    'ssm:AddTagsToResource',
    'iam:CreateRole',
    'iam:TagRole',
    'iam:PassRole',
    'lambda:CreateFunction',
    'lambda:TagResource',
    'codedeploy:CreateApplication',
    'codedeploy:TagResource',
  ],
  cleanup: [
    ...['sns:DeleteTopic', 'sqs:DeleteQueue', 'logs:DeleteLogGroup', 'ecr:DeleteRepository'],
    ...['cloudwatch:DeleteAlarms', 'secretsmanager:DeleteSecret', 'ssm:DeleteParameter'],
    ...['iam:DeleteRole', 'lambda:DeleteFunction', 'codedeploy:DeleteApplication'],
  ],
  refusedOn: {
    'sns:TagResource': 'arn:aws:sns:us-east-1:123456789012:stack',
    'sqs:TagQueue': 'arn:aws:sqs:us-east-1:123456789012:stack',
    'iam:TagRole': 'arn:aws:iam::123456789012:role/stack',
  },
};

/**
 * Answers as the CDK's own functions do: node:https, without naming a port. What it shall answer comes with the
 * resource's properties; the request comes alone or in a message of SNS.
 */
export const workerSource = `
import https from 'node:https';
export const handler = async (given) => {
  const notification = given.Records?.[0].Sns;
  if (notification) console.log('SUBJECT ' + notification.Subject);
  const event = notification ? JSON.parse(notification.Message) : given;
  const { Answers } = event.ResourceProperties;
  console.log('EVENT ' + JSON.stringify(event));
  const answer = JSON.parse(Answers)[event.RequestType];
  if (answer === undefined) return;
  const body = JSON.stringify({
    Status: 'SUCCESS', StackId: event.StackId, RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId, ...answer,
  });
  const { hostname, pathname, search } = new URL(event.ResponseURL);
  await new Promise((resolve, reject) => {
    const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) };
    https.request({ hostname, path: pathname + search, method: 'PUT', headers }, (response) => {
      response.resume();
      response.statusCode < 400 ? resolve() : reject(new Error('status ' + response.statusCode));
    }).on('error', reject).end(body);
  });
};`;

/** A function `worker` with its role and logs; its code is object `worker.zip` of bucket `assets`. */
export const worker = {
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'lambda.amazonaws.com' },
            Action: 'sts:AssumeRole',
          },
        ],
      },
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
    },
  },
  Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/lambda/worker' } },
  Worker: {
    Type: 'AWS::Lambda::Function',
    DependsOn: 'Logs',
    Properties: {
      FunctionName: 'worker',
      Handler: 'index.handler',
      Runtime: 'nodejs20.x',
      Code: { S3Bucket: 'assets', S3Key: 'worker.zip' },
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    },
  },
};

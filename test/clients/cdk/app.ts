import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';

/** Two stacks, the second of which takes an export of the first and publishes an asset. */
const app = new App();
const topic = new Topic(new Stack(app, 'Topics'), 'Topic');

const stack = new Stack(app, 'Greeter');
const greeter = new LambdaFunction(stack, 'Greeter', {
  runtime: Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: Code.fromAsset(`${import.meta.dirname}/greeter`),
  environment: {
    GREETING: String(app.node.tryGetContext('greeting') ?? 'hello'),
    TOPIC_ARN: topic.topicArn,
  },
});
topic.grantPublish(greeter);
new StringParameter(stack, 'Name', { stringValue: greeter.functionName });
new CfnOutput(stack, 'FunctionName', { value: greeter.functionName });

import { AwsError } from '../core/aws-error.ts';
import { TemplateRefusedError } from './template-refused-error.ts';

/** CloudFormation's answer to nearly every mistake of a client. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message, { status: 400 });
}

/** What a client is told of a template: AWS's words for AWS's mistakes, else what is not modelled, by name. */
export function clientError(error: unknown): unknown {
  if (!(error instanceof TemplateRefusedError)) return error;
  if (error.awsMessage !== undefined) return validationError(error.awsMessage);
  return new AwsError(
    'NotImplemented',
    `The template cannot be simulated: ${error.problems.join('; ')}`,
    { status: 400 },
  );
}

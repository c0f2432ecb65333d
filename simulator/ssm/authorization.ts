import type { Identity } from '../core/arns.ts';
import {
  anyResource,
  requestTagKeys,
  type ServiceAuthorization,
  sameNeeds,
  tagging,
  tagKeys,
  text,
  texts,
} from '../wire/authorization.ts';

/** Actions on Parameter Store; a parameter's leading slash is not repeated in its ARN. */
export function ssmAuthorization({ region, accountId }: Identity): ServiceAuthorization {
  const parameter = (reference: unknown) => {
    const name = text(reference)
      .replace(/^(arn:[^/]*:parameter\/?)?\/?/, '')
      .replace(/:[^:]*$/, '');
    return `arn:aws:ssm:${region}:${accountId}:parameter/${name}`;
  };
  const each = (input: Readonly<Record<string, unknown>>) =>
    texts(input.Names).map((name) => ({ resource: parameter(name) }));
  return {
    prefix: 'ssm',
    operations: {
      ...anyResource('DescribeParameters'),
      ...sameNeeds(
        (input) => ({ resource: parameter(input.Name) }),
        'DeleteParameter',
        'GetParameter',
        'GetParameterHistory',
        'LabelParameterVersion',
        'UnlabelParameterVersion',
      ),
      PutParameter: (input) => [
        {
          resource: parameter(input.Name),
          keys: {
            ...requestTagKeys(input.Tags),
            'ssm:Overwrite': String(input.Overwrite === true),
          },
        },
        ...tagging('ssm:AddTagsToResource', parameter(input.Name), input.Tags),
      ],
      ...sameNeeds(each, 'GetParameters', 'DeleteParameters'),
      GetParametersByPath: (input) => ({
        resource: parameter(input.Path),
        keys: { 'ssm:Recursive': String(input.Recursive === true) },
      }),
      ListTagsForResource: (input) => ({ resource: parameter(input.ResourceId) }),
      AddTagsToResource: (input) => ({
        resource: parameter(input.ResourceId),
        keys: requestTagKeys(input.Tags),
      }),
      RemoveTagsFromResource: (input) => ({
        resource: parameter(input.ResourceId),
        keys: tagKeys(input.TagKeys),
      }),
    },
  };
}

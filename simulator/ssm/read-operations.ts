import type {
  DescribeParametersCommandInput,
  DescribeParametersCommandOutput,
  GetParameterCommandInput,
  GetParameterCommandOutput,
  GetParameterHistoryCommandInput,
  GetParameterHistoryCommandOutput,
  GetParametersByPathCommandInput,
  GetParametersByPathCommandOutput,
  GetParametersCommandInput,
  GetParametersCommandOutput,
} from '@aws-sdk/client-ssm';
import { AwsError } from '../core/aws-error.ts';
import { pageOf } from '../core/page.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { SsmModel } from './model.ts';
import { latestOf, type SelectedParameter } from './parameter.ts';
import { liesBelow, parameterFilter } from './parameter-filters.ts';
import { showMetadata, showParameter } from './parameter-shape.ts';
import { checkReadName, invalid } from './put-parameter.ts';

const mostNames = 10;

/** What reads parameters. */
export function readOperations(model: SsmModel): Record<string, WireOperation> {
  return {
    GetParameter: operation<GetParameterCommandInput, GetParameterCommandOutput>(
      ['Name', 'WithDecryption'],
      ({ Name = '', WithDecryption = false }) => {
        checkReadName(Name);
        return { Parameter: showParameter(model, model.select(Name), WithDecryption) };
      },
    ),
    GetParameters: operation<GetParametersCommandInput, GetParametersCommandOutput>(
      ['Names', 'WithDecryption'],
      ({ Names = [], WithDecryption = false }) => {
        checkCount(Names);
        const found: SelectedParameter[] = [];
        const InvalidParameters: string[] = [];
        for (const name of Names) {
          const selected = selectOrNothing(model, name);
          if (selected) found.push(selected);
          else InvalidParameters.push(name);
        }
        found.sort((a, b) => (a.parameter.name < b.parameter.name ? -1 : 1));
        return {
          Parameters: found.map((one) => showParameter(model, one, WithDecryption)),
          InvalidParameters,
        };
      },
    ),
    GetParametersByPath: operation<
      GetParametersByPathCommandInput,
      GetParametersByPathCommandOutput
    >(
      ['Path', 'Recursive', 'ParameterFilters', 'WithDecryption', 'MaxResults', 'NextToken'],
      (input) => {
        const { Path = '', Recursive = false, WithDecryption = false } = input;
        if (!Path.startsWith('/')) {
          // Seen on AWS: aws-sdk-js-v3 issue 5928.
          throw invalid(
            'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with \\"aws\\" or \\"ssm\\" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.',
          );
        }
        const fits = parameterFilter(input.ParameterFilters);
        const all = model.all().filter((one) => liesBelow(one.name, Path, Recursive) && fits(one));
        const { items, ...next } = page(all, input, 10);
        const Parameters = items.map((parameter) =>
          showParameter(
            model,
            { parameter, version: latestOf(parameter), selector: undefined },
            WithDecryption,
          ),
        );
        return { Parameters, ...next };
      },
    ),
    GetParameterHistory: operation<
      GetParameterHistoryCommandInput,
      GetParameterHistoryCommandOutput
    >(['Name', 'WithDecryption', 'MaxResults', 'NextToken'], (input) => {
      const { parameter } = model.select(input.Name ?? '');
      const { items, ...next } = page(parameter.versions, input, 50);
      return {
        Parameters: items.map((version) => {
          const { ARN: _arn, ...metadata } = showMetadata({ ...parameter, versions: [version] });
          const Value = model.shownValue(parameter, version, input.WithDecryption ?? false);
          return { ...metadata, Value, Labels: [...version.labels] };
        }),
        ...next,
      };
    }),
    DescribeParameters: operation<DescribeParametersCommandInput, DescribeParametersCommandOutput>(
      ['ParameterFilters', 'MaxResults', 'NextToken'],
      (input) => {
        const all = model.all().filter(parameterFilter(input.ParameterFilters));
        const { items, ...next } = page(all, input, 50);
        return { Parameters: items.map(showMetadata), ...next };
      },
    ),
  };
}

/** A batch of names is limited to ten. */
export function checkCount(names: readonly string[]): void {
  if (names.length >= 1 && names.length <= mostNames) return;
  throw invalid(
    `1 validation error detected: Value '[${names.join(', ')}]' at 'names' failed to satisfy constraint: Member must have length less than or equal to ${mostNames} and greater than or equal to 1.`,
  );
}

function selectOrNothing(model: SsmModel, name: string): SelectedParameter | undefined {
  try {
    return model.select(name);
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

function page<T>(
  all: readonly T[],
  { MaxResults, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined },
  greatest: number,
): { items: T[]; NextToken?: string } {
  const size = MaxResults ?? greatest;
  if (size < 1 || size > greatest) {
    throw invalid(
      `1 validation error detected: Value '${size}' at 'maxResults' failed to satisfy constraint: Member must have value between 1 and ${greatest}.`,
    );
  }
  const refuse = () => new AwsError('InvalidNextToken', 'The specified token is not valid.');
  const { items, next } = pageOf(all, { token: NextToken, size, refuse });
  return { items, ...(next !== undefined && { NextToken: next }) };
}

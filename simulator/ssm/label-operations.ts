import type {
  LabelParameterVersionCommandInput,
  LabelParameterVersionCommandOutput,
  UnlabelParameterVersionCommandInput,
  UnlabelParameterVersionCommandOutput,
} from '@aws-sdk/client-ssm';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { SsmModel } from './model.ts';

const mostLabels = 10;

/** Labels of parameter versions: each is on one version of a parameter at a time. */
export function labelOperations(model: SsmModel): Record<string, WireOperation> {
  const select = (name = '', version?: number) =>
    model.select(version === undefined ? name : `${name}:${version}`);
  return {
    LabelParameterVersion: operation<
      LabelParameterVersionCommandInput,
      LabelParameterVersionCommandOutput
    >(['Name', 'ParameterVersion', 'Labels'], ({ Name, ParameterVersion, Labels = [] }) => {
      const { parameter, version } = select(Name, ParameterVersion);
      const good = Labels.filter(isLabel);
      if (new Set([...version.labels, ...good]).size > mostLabels) {
        throw new AwsError(
          'ParameterVersionLabelLimitExceeded',
          `A parameter version can have maximum ${mostLabels} labels.Move one or more labels to another version and try again.`,
        );
      }
      for (const other of parameter.versions) for (const label of good) other.labels.delete(label);
      for (const label of good) version.labels.add(label);
      return {
        InvalidLabels: Labels.filter((label) => !isLabel(label)),
        ParameterVersion: version.version,
      };
    }),
    UnlabelParameterVersion: operation<
      UnlabelParameterVersionCommandInput,
      UnlabelParameterVersionCommandOutput
    >(['Name', 'ParameterVersion', 'Labels'], ({ Name, ParameterVersion, Labels = [] }) => {
      const { version } = select(Name, ParameterVersion);
      const RemovedLabels = Labels.filter((label) => version.labels.delete(label));
      return {
        RemovedLabels,
        InvalidLabels: Labels.filter((label) => !RemovedLabels.includes(label)),
      };
    }),
  };
}

/** Systems Manager guide, "Working with parameter labels". */
function isLabel(label: string): boolean {
  return /^[a-zA-Z_.-][\w.-]{0,99}$/.test(label) && !/^(aws|ssm)/i.test(label);
}

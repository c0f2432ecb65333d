import type {
  DescribeServiceDeploymentsCommandInput,
  DescribeServiceDeploymentsCommandOutput,
  DescribeServiceRevisionsCommandInput,
  DescribeServiceRevisionsCommandOutput,
  ListServiceDeploymentsCommandInput,
  ListServiceDeploymentsCommandOutput,
  StopServiceDeploymentCommandInput,
  StopServiceDeploymentCommandOutput,
} from '@aws-sdk/client-ecs';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { missing } from './missing.ts';
import type { EcsModel } from './model.ts';
import { page } from './paging.ts';
import {
  describeServiceDeployment,
  describeServiceRevision,
  serviceDeploymentBrief,
} from './rolling/describe-service-deployment.ts';
import type { ServiceDeployment } from './rolling/state.ts';
import { invalidParameter, notSimulated } from './service-rules.ts';

const mostDescribed = 20;

/** Service deployments and revisions of services under the ECS controller (aws-facts 2.9). */
export function serviceDeploymentOperations(model: EcsModel): WireService['operations'] {
  const { clusters, services, rolling } = model;
  const { history } = rolling;
  return {
    ListServiceDeployments: operation<
      ListServiceDeploymentsCommandInput,
      ListServiceDeploymentsCommandOutput
    >(['service', 'cluster', 'status', 'createdAt', 'nextToken', 'maxResults'], (input) => {
      const service = services.get(clusters.get(input.cluster), input.service);
      if (service.controller !== 'ECS') {
        throw new AwsError(
          'UnsupportedFeatureException',
          `Service deployments are not supported for services with the ${service.controller} deployment controller.`,
        );
      }
      const found = history.ofService(service).filter((known) => matches(known, input));
      const { items, ...next } = page(found, input, { standard: 20, greatest: 100 });
      return { serviceDeployments: items.map(serviceDeploymentBrief), ...next };
    }),
    DescribeServiceDeployments: operation<
      DescribeServiceDeploymentsCommandInput,
      DescribeServiceDeploymentsCommandOutput
    >(['serviceDeploymentArns'], ({ serviceDeploymentArns = [] }) => {
      checkCount('ServiceDeploymentArns', serviceDeploymentArns);
      const found = serviceDeploymentArns.flatMap((arn) => history.find(arn) ?? []);
      return {
        serviceDeployments: found.map((known) => describeServiceDeployment(rolling, known)),
        failures: serviceDeploymentArns
          .filter((arn) => !history.find(arn))
          .map((arn) => missing(arn, (name) => name)),
      };
    }),
    DescribeServiceRevisions: operation<
      DescribeServiceRevisionsCommandInput,
      DescribeServiceRevisionsCommandOutput
    >(['serviceRevisionArns'], ({ serviceRevisionArns = [] }) => {
      checkCount('ServiceRevisionArns', serviceRevisionArns);
      return {
        serviceRevisions: serviceRevisionArns
          .flatMap((arn) => history.findRevision(arn) ?? [])
          .map(describeServiceRevision),
        failures: serviceRevisionArns
          .filter((arn) => !history.findRevision(arn))
          .map((arn) => missing(arn, (name) => name)),
      };
    }),
    StopServiceDeployment: operation<
      StopServiceDeploymentCommandInput,
      StopServiceDeploymentCommandOutput
    >(['serviceDeploymentArn', 'stopType'], ({ serviceDeploymentArn = '', stopType }) => {
      // The model has ABORT, the documentation only ROLLBACK (aws-facts 2.9).
      if ((stopType ?? 'ROLLBACK') !== 'ROLLBACK') {
        throw notSimulated(`stopType ${stopType} (only ROLLBACK)`);
      }
      rolling.stopServiceDeployment(serviceDeploymentArn);
      return { serviceDeploymentArn };
    }),
  };
}

function matches(
  { status, createdAtMs }: ServiceDeployment,
  input: ListServiceDeploymentsCommandInput,
): boolean {
  const { after, before } = input.createdAt ?? {};
  return (
    (!input.status?.length || input.status.includes(status)) &&
    (after === undefined || createdAtMs >= after.getTime()) &&
    (before === undefined || createdAtMs <= before.getTime())
  );
}

function checkCount(member: string, references: readonly string[]): void {
  if (references.length === 0) throw invalidParameter(`${member} cannot be empty.`);
  if (references.length > mostDescribed) {
    throw invalidParameter(`${member} cannot have more than ${mostDescribed} elements.`);
  }
}

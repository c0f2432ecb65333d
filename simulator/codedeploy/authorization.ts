import type { Identity } from '../core/arns.ts';
import {
  anyResource,
  type NeededAction,
  passRole,
  requestTagKeys,
  type ServiceAuthorization,
  sameNeeds,
  tagging,
  tagKeys,
  text,
  texts,
} from '../wire/authorization.ts';

const defaultConfig = 'CodeDeployDefault.OneAtATime';

/**
 * Actions on CodeDeploy: its page in the Service Authorization Reference, and aws-facts 7.1. Its ARNs have a
 * colon behind the resource type; an operation on a deployment by id is judged on its deployment group.
 */
export function codedeployAuthorization(
  { region, accountId }: Identity,
  find: {
    /** Application and group of a deployment. */
    groupOf(
      deploymentId: string,
    ): { readonly applicationName: string; readonly deploymentGroupName: string } | undefined;
    /** Deployment configuration that a group names. */
    configOf(application: string, group: string): string | undefined;
  },
): ServiceAuthorization {
  const arn = (rest: string) => `arn:aws:codedeploy:${region}:${accountId}:${rest}`;
  const application = (name: unknown) => arn(`application:${text(name)}`);
  const group = (app: unknown, name: unknown) =>
    arn(`deploymentgroup:${text(app)}/${text(name) || '*'}`);
  const config = (name: unknown) => arn(`deploymentconfig:${text(name)}`);
  const deployment = (id: unknown): NeededAction => {
    const known = find.groupOf(text(id));
    return { resource: group(known?.applicationName ?? '*', known?.deploymentGroupName) };
  };
  const ofApplication = (input: Readonly<Record<string, unknown>>) => ({
    resource: application(input.applicationName),
  });
  const ofGroup = (input: Readonly<Record<string, unknown>>) => ({
    resource: group(
      input.applicationName,
      input.deploymentGroupName ?? input.currentDeploymentGroupName,
    ),
  });
  return {
    prefix: 'codedeploy',
    operations: {
      ...anyResource(
        'ContinueDeployment',
        'StopDeployment',
        'GetDeploymentTarget',
        'BatchGetDeploymentTargets',
        'ListDeploymentTargets',
        'ListApplications',
        'ListDeploymentConfigs',
      ),
      ...sameNeeds(
        ofApplication,
        'DeleteApplication',
        'GetApplication',
        'GetApplicationRevision',
        'RegisterApplicationRevision',
        'ListApplicationRevisions',
        'BatchGetApplicationRevisions',
        'UpdateApplication',
        'ListDeploymentGroups',
      ),
      CreateApplication: (input) => [
        { ...ofApplication(input), keys: requestTagKeys(input.tags) },
        ...tagging('codedeploy:TagResource', ofApplication(input).resource, input.tags),
      ],
      BatchGetApplications: (input) =>
        texts(input.applicationNames).map((name) => ({ resource: application(name) })),
      CreateDeployment: (input) => {
        const { applicationName: app, deploymentGroupName: dg, deploymentConfigName } = input;
        const used = text(deploymentConfigName) || find.configOf(text(app), text(dg));
        const revision: NeededAction[] = input.revision
          ? [
              { action: 'codedeploy:GetApplicationRevision', resource: application(app) },
              { action: 'codedeploy:RegisterApplicationRevision', resource: application(app) },
            ]
          : [];
        const overrides: NeededAction[] = input.overrideAlarmConfiguration
          ? [{ action: 'codedeploy:UpdateDeploymentGroup', resource: group(app, dg) }]
          : [];
        return [
          { resource: group(app, dg) },
          { action: 'codedeploy:GetDeploymentConfig', resource: config(used ?? defaultConfig) },
          ...revision,
          ...overrides,
        ];
      },
      ...sameNeeds(
        ({ deploymentId }) => deployment(deploymentId),
        'GetDeployment',
        // No resource type is listed, yet real denials name the deployment group (aws-facts 7.1).
        'PutLifecycleEventHookExecutionStatus',
      ),
      BatchGetDeployments: (input) => texts(input.deploymentIds).map(deployment),
      ListDeployments: ofGroup,
      CreateDeploymentGroup: (input) => [
        { ...ofGroup(input), keys: requestTagKeys(input.tags) },
        ...passRole([input.serviceRoleArn], 'codedeploy.amazonaws.com'),
        ...tagging('codedeploy:TagResource', ofGroup(input).resource, input.tags),
      ],
      UpdateDeploymentGroup: (input) => [
        ofGroup(input),
        ...passRole([input.serviceRoleArn], 'codedeploy.amazonaws.com'),
      ],
      ...sameNeeds(ofGroup, 'GetDeploymentGroup', 'DeleteDeploymentGroup'),
      BatchGetDeploymentGroups: (input) =>
        texts(input.deploymentGroupNames).map((name) => ({
          resource: group(input.applicationName, name),
        })),
      ...sameNeeds(
        (input) => ({ resource: config(input.deploymentConfigName) }),
        'CreateDeploymentConfig',
        'DeleteDeploymentConfig',
        'GetDeploymentConfig',
      ),
      ListTagsForResource: (input) => ({ resource: text(input.ResourceArn) }),
      TagResource: (input) => ({
        resource: text(input.ResourceArn),
        keys: requestTagKeys(input.Tags),
      }),
      UntagResource: (input) => ({
        resource: text(input.ResourceArn),
        keys: tagKeys(input.TagKeys),
      }),
    },
  };
}

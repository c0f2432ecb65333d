import { RemovalPolicy } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { stateMachineName } from '../names.ts';
import { permittedRole } from '../permissions/permitted-role.ts';
import type { Permission } from '../permissions/statement.ts';

export interface DeployWorkflowProps {
  /** Text of statemachine/deploy.asl.json. */
  readonly definition: string;
  /** By the name of the placeholder in the definition, without `Arn`, e.g. `ResolveReleaseFunction`. */
  readonly functions: Readonly<Record<string, IFunction>>;
}

/** The state machine greengate-deploy. Its definition stays inline, so that any template reader sees it. */
export class DeployWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: DeployWorkflowProps) {
    super(scope, id);
    const logs = new LogGroup(this, 'Logs', {
      // The prefix keeps the log group's resource policy from outgrowing its limit.
      logGroupName: `/aws/vendedlogs/states/${stateMachineName}`,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const arns = Object.values(props.functions).map((each) => each.functionArn);
    const role = permittedRole(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
      permissions: permissions(arns),
    });
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName,
      definitionBody: DefinitionBody.fromString(props.definition),
      definitionSubstitutions: Object.fromEntries(
        Object.entries(props.functions).map(([name, each]) => [`${name}Arn`, each.functionArn]),
      ),
      role: role.withoutPolicyUpdates(),
      // Without data: inputs of tasks hold their tokens, which a log must not hand to whoever reads it.
      logs: { destination: logs, level: LogLevel.ALL, includeExecutionData: false },
      tracingEnabled: true,
    });
  }
}

function permissions(functionArns: readonly string[]): Permission[] {
  return [
    { actions: ['lambda:InvokeFunction'], resources: functionArns },
    {
      actions: [
        'logs:CreateLogDelivery',
        'logs:GetLogDelivery',
        'logs:UpdateLogDelivery',
        'logs:DeleteLogDelivery',
        'logs:ListLogDeliveries',
        'logs:PutResourcePolicy',
        'logs:DescribeResourcePolicies',
        'logs:DescribeLogGroups',
        'xray:PutTraceSegments',
        'xray:PutTelemetryRecords',
        'xray:GetSamplingRules',
        'xray:GetSamplingTargets',
      ],
      resources: ['*'],
      wildcardReason: 'Log delivery and X-Ray offer no resource level',
    },
  ];
}

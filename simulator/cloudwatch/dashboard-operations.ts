import type {
  DeleteDashboardsCommandInput,
  DeleteDashboardsCommandOutput,
  GetDashboardCommandInput,
  GetDashboardCommandOutput,
  ListDashboardsCommandInput,
  ListDashboardsCommandOutput,
  PutDashboardCommandInput,
  PutDashboardCommandOutput,
} from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../core/aws-error.ts';
import { pageOf } from '../core/page.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { CloudWatchModel } from './model.ts';

const pageSize = 1_000;

/** Operations on dashboards. */
export function dashboardOperations(
  model: CloudWatchModel,
  world: World,
): Record<string, WireOperation> {
  const { dashboards } = model;
  return {
    PutDashboard: operation<PutDashboardCommandInput, PutDashboardCommandOutput>(
      ['DashboardName', 'DashboardBody'],
      ({ DashboardName = '', DashboardBody = '' }) => {
        dashboards.put(DashboardName, DashboardBody, world.clock.now());
        return { DashboardValidationMessages: [] };
      },
    ),
    GetDashboard: operation<GetDashboardCommandInput, GetDashboardCommandOutput>(
      ['DashboardName'],
      ({ DashboardName = '' }) => {
        const { name, body } = dashboards.get(DashboardName);
        return { DashboardArn: model.dashboardArn(name), DashboardBody: body, DashboardName: name };
      },
    ),
    ListDashboards: operation<ListDashboardsCommandInput, ListDashboardsCommandOutput>(
      ['DashboardNamePrefix', 'NextToken'],
      ({ DashboardNamePrefix = '', NextToken }) => {
        const found = dashboards.all().filter(({ name }) => name.startsWith(DashboardNamePrefix));
        const refuse = () =>
          new AwsError('InvalidParameterValueException', 'The value for NextToken is invalid');
        const { items, next } = pageOf(found, { token: NextToken, size: pageSize, refuse });
        return {
          DashboardEntries: items.map(({ name, body, modifiedMs }) => ({
            DashboardName: name,
            DashboardArn: model.dashboardArn(name),
            LastModified: new Date(modifiedMs),
            Size: Buffer.byteLength(body),
          })),
          ...(next === undefined ? {} : { NextToken: next }),
        };
      },
    ),
    DeleteDashboards: operation<DeleteDashboardsCommandInput, DeleteDashboardsCommandOutput>(
      ['DashboardNames'],
      ({ DashboardNames = [] }) => {
        dashboards.delete(DashboardNames);
        return {};
      },
    ),
  };
}

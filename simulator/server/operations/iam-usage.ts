import { usageReport } from '../../iam/usage-report.ts';
import { controlOperation } from '../control-operation.ts';

export const iamUsageOperations = [
  controlOperation(
    'GET iam/usage',
    'Per role: actions used, granted and never used, and denied',
    {},
    ({ control }) => ({ roles: usageReport(control.current().models.iam) }),
  ),
];

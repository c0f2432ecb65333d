// What `greengate/constructs` gives to CDK apps.
export { reportAndExit } from '../report-and-exit.ts';
export type { HookNetwork } from './controller-function.ts';
export { GreengateController, type GreengateControllerProps } from './greengate-controller.ts';

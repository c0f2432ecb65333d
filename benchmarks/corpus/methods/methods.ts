import { noHooks, oneRequestHook } from './codedeploy.ts';
import { greengate, greengateRolling } from './greengate.ts';
import type { Method, MethodName } from './method.ts';
import { argo, flagger } from './replay.ts';

export const methods: Readonly<Record<MethodName, Method>> = {
  greengate,
  'greengate-rolling': greengateRolling,
  'no-hooks': noHooks,
  'one-request-hook': oneRequestHook,
  flagger,
  argo,
};

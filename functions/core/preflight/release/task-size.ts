import {
  fargateMemory,
  parseCpuUnits,
  parseMemoryMib,
} from '../../task-definition/fargate-size.ts';
import { runsOnFargate } from '../../task-definition/runs-on-fargate.ts';
import { runtimePlatform } from '../../task-definition/runtime-platform.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import type { ReleaseFacts } from './release-facts.ts';

export const taskSize: PreflightCheck<ReleaseFacts> = {
  id: 'task-size',
  title: 'CPU and memory of the task are a pair that Fargate offers',
  remedy: 'Choose a pair of the table "Task size" in the ECS documentation',

  async judge(facts) {
    const [service, { document }] = await Promise.all([
      facts.existingService(),
      facts.runningTaskDefinition(),
    ]);
    if (!runsOnFargate(service, document)) {
      return { status: 'SKIP', reason: 'The service does not run on Fargate: any size will do' };
    }
    const { cpu, memory } = document;
    const { os } = runtimePlatform(document);
    const offered = fargateMemory(parseCpuUnits(cpu), os);
    const memoryMib = parseMemoryMib(memory);
    const observed = `cpu ${cpu ?? 'not set'}, memory ${memory ?? 'not set'} on ${os}`;
    if (offered === undefined) {
      return {
        status: 'NG',
        expected: `a cpu that Fargate offers on ${os}`,
        observed,
        remedy:
          os === 'windows'
            ? 'Set cpu to 1024, 2048 or 4096'
            : 'Set cpu to 256, 512, 1024, 2048, 4096, 8192 or 16384',
      };
    }
    if (memoryMib !== undefined && offered.includes(memoryMib)) return { status: 'OK', observed };
    const first = offered[0];
    const last = offered.at(-1);
    const step = offered.length > 3 ? ` in steps of ${(offered[1] ?? 0) - (first ?? 0)}` : '';
    const choices = step === '' ? offered.join(', ') : `${first} to ${last}${step}`;
    return {
      status: 'NG',
      expected: `memory ${choices} MiB beside cpu ${cpu}`,
      observed,
      remedy: `Set memory to ${choices} MiB, or choose another cpu`,
    };
  },
};

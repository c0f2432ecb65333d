import { describe, expect, it } from 'vitest';
import { taskSize } from '../../../../functions/core/preflight/release/task-size.ts';
import {
  fargateMemory,
  parseCpuUnits,
  parseMemoryMib,
} from '../../../../functions/core/task-definition/fargate-size.ts';
import { ReleaseScene } from '../../../support/release-scene.ts';

// ECS developer guide, task size on Fargate; amounts in MiB.
describe('task-size on Fargate', () => {
  it.each([
    ['256', '512', 'LINUX', 'OK'],
    ['256', '2048', 'LINUX', 'OK'],
    ['256', '1536', 'LINUX', 'NG'],
    ['256', '3072', 'LINUX', 'NG'],
    ['512', '1024', 'LINUX', 'OK'],
    ['512', '4096', 'LINUX', 'OK'],
    ['512', '5120', 'LINUX', 'NG'],
    ['1024', '8192', 'LINUX', 'OK'],
    ['1024', '9216', 'LINUX', 'NG'],
    ['2048', '4096', 'LINUX', 'OK'],
    ['2048', '3072', 'LINUX', 'NG'],
    ['4096', '30720', 'LINUX', 'OK'],
    ['4096', '31744', 'LINUX', 'NG'],
    ['8192', '16384', 'LINUX', 'OK'],
    ['8192', '20480', 'LINUX', 'OK'],
    ['8192', '17408', 'LINUX', 'NG'],
    ['8192', '61440', 'LINUX', 'OK'],
    ['16384', '32768', 'LINUX', 'OK'],
    ['16384', '40960', 'LINUX', 'OK'],
    ['16384', '36864', 'LINUX', 'NG'],
    ['16384', '122880', 'LINUX', 'OK'],
    ['1024', '2048', 'WINDOWS_SERVER_2022_CORE', 'OK'],
    ['512', '1024', 'WINDOWS_SERVER_2022_CORE', 'NG'],
    ['8192', '16384', 'WINDOWS_SERVER_2022_CORE', 'NG'],
    ['300', '512', 'LINUX', 'NG'],
    ['.25 vCPU', '0.5 GB', 'LINUX', 'OK'],
    ['2 vcpu', '16GB', 'LINUX', 'OK'],
    [undefined, '512', 'LINUX', 'NG'],
    ['256', undefined, 'LINUX', 'NG'],
  ])('cpu %s with memory %s on %s is %s', async (cpu, memory, family, status) => {
    const scene = new ReleaseScene();
    scene.changeDocument({ cpu, memory, runtimePlatform: { operatingSystemFamily: family } });
    expect((await scene.judge(taskSize)).status).toBe(status);
  });

  it('names what is offered beside the cpu', async () => {
    const scene = new ReleaseScene();
    scene.changeDocument({ cpu: '8192', memory: '512' });
    expect(await scene.judge(taskSize)).toEqual({
      status: 'NG',
      expected: 'memory 16384 to 61440 in steps of 4096 MiB beside cpu 8192',
      observed: 'cpu 8192, memory 512 on linux',
      remedy: 'Set memory to 16384 to 61440 in steps of 4096 MiB, or choose another cpu',
    });
  });

  it.each([
    [{ launchType: 'EC2', capacityProviders: [] }, 'SKIP'],
    [{ launchType: undefined, capacityProviders: ['own-instances'] }, 'SKIP'],
    [{ launchType: undefined, capacityProviders: ['FARGATE_SPOT'] }, 'NG'],
  ])('with %j is %s', async (service, status) => {
    const scene = new ReleaseScene();
    scene.changeDocument({ cpu: '999' });
    scene.changeService(service);
    expect((await scene.judge(taskSize)).status).toBe(status);
  });
});

describe('sizes of tasks', () => {
  it('are read in units as well as in vCPU and GB', () => {
    expect(['1024', '1 vCPU', '.5vcpu', 'much'].map(parseCpuUnits)).toEqual([
      1024,
      1024,
      512,
      undefined,
    ]);
    expect(['2048', '2 GB', '0.5gb', ''].map(parseMemoryMib)).toEqual([2048, 2048, 512, undefined]);
  });

  it('have the number of choices that the table has', () => {
    const choices = [256, 512, 1024, 2048, 4096, 8192, 16_384].map(
      (cpu) => fargateMemory(cpu, 'linux')?.length,
    );
    expect(choices).toEqual([3, 4, 7, 13, 23, 12, 12]);
  });
});

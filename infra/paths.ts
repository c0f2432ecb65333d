import { fileURLToPath } from 'node:url';

const fromRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export const repositoryRoot = fromRoot('.');
export const defaultBundleDirectory = fromRoot('build/functions');
export const defaultAssemblyDirectory = fromRoot('cdk.out');
export const stateMachineFile = fromRoot('statemachine/deploy.asl.json');
export const sampleWorkloadDirectory = fromRoot('simulator/workloads/shop');

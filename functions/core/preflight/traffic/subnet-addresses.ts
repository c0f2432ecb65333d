import type { PreflightCheck } from '../preflight-check.ts';
import { tasksBeside } from './rolling-bounds.ts';
import type { TrafficCheckFacts } from './traffic-facts.ts';

export const subnetAddresses: PreflightCheck<TrafficCheckFacts> = {
  id: 'subnet-addresses',
  title: "The service's subnets have an address for each task of the replacement",
  remedy: 'Free addresses in the subnets, or give the service more of them',

  async judge(facts) {
    const service = await facts.existingService();
    const { network } = service;
    if (network === undefined) {
      return { status: 'SKIP', reason: 'The tasks have no network interfaces of their own' };
    }
    const subnets = await facts.subnets(network.subnetIds);
    const missing = network.subnetIds.filter((id) => !subnets.some((subnet) => subnet.id === id));
    // Original and replacement run side by side, so every task of the replacement takes a new address.
    const wanted = tasksBeside(facts.subject.service.target, service);
    const free = subnets.reduce((sum, { freeAddresses }) => sum + freeAddresses, 0);
    const each = subnets.map(({ id, freeAddresses }) => `${id} ${freeAddresses}`).join(', ');
    if (missing.length === 0 && free >= wanted) {
      return { status: 'OK', observed: `${free} free for ${wanted} tasks: ${each}` };
    }
    return {
      status: 'NG',
      expected: `${wanted} free addresses in ${network.subnetIds.join(', ')}`,
      observed:
        missing.length > 0
          ? `no subnet ${missing.join(', ')}; ${free} free: ${each || 'none'}`
          : `${free} free: ${each}`,
      remedy:
        'Free addresses, lower the desired count, or add a subnet to the network configuration of the service',
    };
  },
};

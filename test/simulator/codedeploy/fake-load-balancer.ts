import type {
  Elbv2Service,
  ForwardingView,
  TargetWeight,
} from '../../../simulator/core/services.ts';

export const blueArn = 'arn:tg/blue';
export const greenArn = 'arn:tg/green';
export const otherArn = 'arn:tg/other';
export const production = 'arn:listener/production';
export const test = 'arn:listener/test';
export const productionRule = 'arn:listener-rule/production';
export const foreignRule = 'arn:listener-rule/foreign';

/** Two listeners; production has a rule of its own for the pair and one that belongs to others. */
export class FakeLoadBalancer
  implements Pick<Elbv2Service, 'targetGroupArn' | 'targetGroupName' | 'forwardings' | 'setWeights'>
{
  readonly #forwardings: ForwardingView[] = [
    { arn: production, listenerArn: production, weights: [{ targetGroupArn: blueArn, weight: 1 }] },
    {
      arn: productionRule,
      listenerArn: production,
      weights: [{ targetGroupArn: blueArn, weight: 1 }],
    },
    {
      arn: foreignRule,
      listenerArn: production,
      weights: [{ targetGroupArn: otherArn, weight: 1 }],
    },
    { arn: test, listenerArn: test, weights: [{ targetGroupArn: blueArn, weight: 1 }] },
  ];
  /** Every change as `rule blue:90 green:10`, without the listener's prefix. */
  readonly changes: string[] = [];
  onChange: (text: string) => void = () => {};

  targetGroupArn(name: string): string | undefined {
    return ['blue', 'green', 'other'].includes(name) ? `arn:tg/${name}` : undefined;
  }

  targetGroupName(arn: string): string {
    return arn.slice('arn:tg/'.length);
  }

  forwardings(listenerArn: string): readonly ForwardingView[] {
    return this.#forwardings.filter((forwarding) => forwarding.listenerArn === listenerArn);
  }

  setWeights(arn: string, weights: readonly TargetWeight[]): void {
    const index = this.#forwardings.findIndex((forwarding) => forwarding.arn === arn);
    const forwarding = this.#forwardings[index];
    if (!forwarding) throw new Error(`No listener or rule ${arn}`);
    this.#forwardings[index] = { ...forwarding, weights };
    const text = `${arn.slice('arn:'.length)} ${this.weights(arn)}`;
    this.changes.push(text);
    this.onChange(text);
  }

  /** `blue:90 green:10` */
  weights(arn: string): string {
    const forwarding = this.#forwardings.find((candidate) => candidate.arn === arn);
    return (forwarding?.weights ?? [])
      .map(({ targetGroupArn, weight }) => `${this.targetGroupName(targetGroupArn)}:${weight}`)
      .join(' ');
  }
}

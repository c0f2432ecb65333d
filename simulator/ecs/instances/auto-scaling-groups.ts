/** An Auto Scaling group as a template declares it: what its instances are, and how many. */
export interface AutoScalingGroup {
  readonly name: string;
  readonly instanceType: string;
  /** Of the agent's configuration in its user data; without one its instances join no cluster. */
  readonly clusterName: string | undefined;
  readonly minSize: number;
  readonly maxSize: number;
  desiredCapacity: number;
}

/** The Auto Scaling groups that templates declare; of any other one only the name is known. */
export class AutoScalingGroups {
  readonly #byName = new Map<string, AutoScalingGroup>();

  put(group: AutoScalingGroup): void {
    this.#byName.set(group.name, group);
  }

  delete(name: string): void {
    this.#byName.delete(name);
  }

  find(name: string): AutoScalingGroup | undefined {
    return this.#byName.get(name);
  }

  /** Those whose instances join a cluster of this name. */
  ofCluster(clusterName: string): AutoScalingGroup[] {
    return [...this.#byName.values()].filter((group) => group.clusterName === clusterName);
  }
}

/** `arn:…:autoScalingGroup:UUID:autoScalingGroupName/NAME`, or the name alone as CloudFormation takes it. */
export function autoScalingGroupName(reference: string): string {
  return reference.replace(/^arn:.*:autoScalingGroupName\//, '');
}

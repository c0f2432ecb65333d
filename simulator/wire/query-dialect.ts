import type { NormalizedSchema } from '@smithy/core/schema';
import type { ServiceDescription } from './service-description.ts';

/** How a service's forms spell members and lists. */
export interface QueryDialect {
  /** Name of a structure's member in a form. */
  memberName(name: string, member: NormalizedSchema): string;
  /** `A.1` where other services say `A.member.1`. */
  readonly flatLists: boolean;
}

const awsQuery: QueryDialect = {
  memberName: (name, member) => member.getMergedTraits().xmlName ?? name,
  flatLists: false,
};

/** EC2 has names of its own for forms; without one, the name in XML or in the model begins with a capital. */
const ec2Query: QueryDialect = {
  memberName(name, member) {
    const { ec2QueryName, xmlName } = member.getMergedTraits() as {
      ec2QueryName?: string;
      xmlName?: string;
    };
    const spelled = xmlName ?? name;
    return ec2QueryName ?? spelled.charAt(0).toUpperCase() + spelled.slice(1);
  },
  flatLists: true,
};

/** The dialect that a service speaks; awsQuery when the service is unknown. */
export function queryDialect(service: ServiceDescription | undefined): QueryDialect {
  return service?.queryDialect === 'ec2' ? ec2Query : awsQuery;
}

import type { Identity } from '../core/arns.ts';
import type { AuthorizedService } from '../wire/operation.ts';
import type { ChangeCall, PresentResource, Properties } from './change-call.ts';

export interface Creation {
  readonly properties: Properties;
  readonly identity: Identity;
  /** The name that the template gives by this property, else one as CloudFormation makes it up. */
  named(property: string): string;
}

/** The calls that a resource handler makes to create a resource. */
export interface CreationCalls {
  /** Asked before anything is made. */
  readonly make: (creation: Creation) => ChangeCall[];
  /** Asked once its service gave it an id; the rollback of what is denied then deletes the resource, as on AWS. */
  readonly settle?: (made: PresentResource) => ChangeCall[];
}

/** One call; members by the properties they come from, of which the first may be a name that is made up. */
export function makes(
  service: AuthorizedService,
  operation: string,
  members: Readonly<Record<string, string>>,
  settle?: CreationCalls['settle'],
): CreationCalls {
  return {
    make: ({ properties, named }) => {
      const input = Object.entries(members).map(([member, property], at) => [
        member,
        at === 0 ? named(property) : properties[property],
      ]);
      return [[service, operation, Object.fromEntries(input)]];
    },
    ...(settle && { settle }),
  };
}

/** The call, if the template gives the property. */
export function whenGiven(
  { properties }: PresentResource,
  property: string,
  call: ChangeCall,
): ChangeCall[] {
  return properties[property] === undefined ? [] : [call];
}

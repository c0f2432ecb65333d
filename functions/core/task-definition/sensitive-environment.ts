import { itemsOf, memberAt } from '../config/loose-value.ts';
import type { TaskDefinitionDocument } from '../ports/task-definitions.ts';
import { hideCredentials, sensitiveName } from '../probe/hide-credentials.ts';

/**
 * Values of a container's plain environment that may let somebody in, by the references that stand for them where
 * its log is quoted. What ECS injects from Secrets Manager and SSM is not among them: nobody here may read that.
 */
export function sensitiveEnvironment(
  document: TaskDefinitionDocument,
  container: string,
): Readonly<Record<string, string>> {
  const definition = itemsOf(document.containerDefinitions).find(
    (one) => memberAt(one, 'name') === container,
  );
  const variables = itemsOf(memberAt(definition, 'environment')).flatMap((variable) => {
    const name = memberAt(variable, 'name');
    const value = memberAt(variable, 'value');
    return typeof name === 'string' && typeof value === 'string'
      ? secretsOf(value, sensitiveName.test(name)).map((secret) => [name, secret] as const)
      : [];
  });
  return Object.fromEntries(
    variables.map(([name, value], index) => [
      // A variable may hold two: the whole address, and the password in it.
      variables.findIndex(([other]) => other === name) === index
        ? `environment.${name}`
        : `environment.${name}.password`,
      value,
    ]),
  );
}

/** Of an address with a password in it, both are secrets. */
function secretsOf(value: string, isSensitive: boolean): string[] {
  const password = passwordIn(value);
  const whole = isSensitive || hideCredentials(value) !== value ? [value] : [];
  return password === undefined ? whole : [value, password];
}

function passwordIn(value: string): string | undefined {
  if (!URL.canParse(value)) return undefined;
  const { password } = new URL(value);
  return password === '' ? undefined : password;
}

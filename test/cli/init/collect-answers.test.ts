import { describe, expect, it } from 'vitest';
import type { Given } from '../../../cli/init/answers.ts';
import { collectAnswers } from '../../../cli/init/collect-answers.ts';

const adopted: Given = {
  service: 'shop',
  repository: 'team/shop',
  cluster: 'production',
  container: 'web',
  application: 'shop-app',
  deploymentGroup: 'shop-group',
};

/** Types these lines, one after the other, and notes what was asked. */
function typist(...lines: string[]) {
  const asked: string[] = [];
  return {
    asked,
    ask: async (question: string) => {
      asked.push(question);
      return lines.shift() ?? '';
    },
  };
}

describe('collectAnswers', () => {
  it('names everything after the service where nothing else is said', async () => {
    expect(await collectAnswers('new', { service: 'shop' }, undefined)).toMatchObject({
      ...{ name: 'shop', repository: 'shop', cluster: 'shop', service: 'shop', container: 'app' },
      ...{ application: 'shop', deploymentGroup: 'shop', containerPort: 8080 },
      ...{ strategy: 'codedeploy', healthPath: '/health', tags: ['v*'] },
    });
  });

  it.each(['Shop', 'my_shop_', 'my-_shop'])(
    'asks for the repository where ECR cannot have one called %s',
    async (service) => {
      await expect(collectAnswers('new', { service }, undefined)).rejects.toThrow(
        'greengate init --new needs --repository;',
      );
      const given = { service, repository: 'team/shop' };
      expect(await collectAnswers('new', given, undefined)).toMatchObject({
        ...{ service, repository: 'team/shop' },
      });
    },
  );

  it('tells what a name of CodeDeploy may not have', async () => {
    const options = { ...adopted, application: 'my shop' };
    await expect(collectAnswers('adopt', options, undefined)).rejects.toThrow(
      '--application must be 1 to 100 characters without blanks, got "my shop"',
    );
  });

  it('takes what is adopted as it is called, and shortens what greengate.yaml cannot hold', async () => {
    const service = `${'s'.repeat(31)}-long`;
    expect(await collectAnswers('adopt', { ...adopted, service }, undefined)).toMatchObject({
      ...{ service, name: 's'.repeat(31), cluster: 'production', container: 'web' },
      ...{ application: 'shop-app', deploymentGroup: 'shop-group' },
    });
  });

  it('needs no CodeDeploy names for a rolling update', async () => {
    const { application, deploymentGroup, ...rest } = adopted;
    const answers = await collectAnswers('adopt', { ...rest, strategy: 'ecs-rolling' }, undefined);
    expect(answers.strategy).toBe('ecs-rolling');
  });

  it('asks for what is missing, again after a mistake, and takes what stands in brackets', async () => {
    const { ask, asked } = typist('', 'my shop', 'shop', '', '', '/ready', '');
    expect(await collectAnswers('new', {}, ask)).toMatchObject({
      ...{ name: 'shop', repository: 'shop', healthPath: '/ready', containerPort: 8080 },
    });
    expect(asked).toEqual([
      'Strategy, codedeploy or ecs-rolling [codedeploy]: ',
      'Service: ',
      '"my shop" must be 1 to 32 letters, digits, hyphens or underscores, the first a letter or digit. Service: ',
      'ECR repository, without the registry [shop]: ',
      'Port of the container [8080]: ',
      'Path that answers 200 when healthy [/health]: ',
      'Tags that are released [v*]: ',
    ]);
  });

  it.each<[string, 'new' | 'adopt', Given, string]>([
    [
      'all that is missing',
      'adopt',
      { service: 'shop', cluster: 'c' },
      'greengate init --adopt needs --repository, --container, --application, --deployment-group; on a terminal it asks for what is missing',
    ],
    [
      'a wrong repository',
      'new',
      { service: 'shop', repository: 'Team' },
      '--repository must be an ECR repository name, got "Team"',
    ],
    [
      'a name that is too long',
      'new',
      { service: 's'.repeat(33) },
      `--service must be 1 to 32 letters, digits, hyphens or underscores, the first a letter or digit, got "${'s'.repeat(33)}"`,
    ],
    [
      'a wrong strategy',
      'new',
      { service: 'shop', strategy: 'blue' },
      '--strategy must be codedeploy or ecs-rolling, got "blue"',
    ],
    [
      'port 0',
      'new',
      { service: 'shop', containerPort: '0' },
      '--container-port must be a port from 1 to 65535, got "0"',
    ],
    [
      'a path that would end its quotes',
      'new',
      { service: 'shop', healthPath: "/a'b" },
      '--health-path must be a path that begins with /, got "/a\'b"',
    ],
    [
      'a path that no request carries',
      'new',
      { service: 'shop', healthPath: '/a#b' },
      '--health-path must be a path that begins with /, got "/a#b"',
    ],
    [
      'an option of the other mode',
      'new',
      { service: 'shop', cluster: 'c' },
      '--cluster means nothing with --new and strategy codedeploy; leave it out',
    ],
    [
      'an option of the other strategy',
      'adopt',
      { ...adopted, strategy: 'ecs-rolling' },
      '--application means nothing with --adopt and strategy ecs-rolling; leave it out',
    ],
  ])('refuses %s in one line', async (_, mode, options, line) => {
    await expect(collectAnswers(mode, options, undefined)).rejects.toThrow(
      expect.objectContaining({ name: 'UsageError', message: line }),
    );
  });
});

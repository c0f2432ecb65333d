import { describe, expect, it } from 'vitest';
import { sensitiveEnvironment } from '../../../functions/core/task-definition/sensitive-environment.ts';

const document = {
  containerDefinitions: [
    { name: 'sidecar', environment: [{ name: 'SIDECAR_TOKEN', value: 'other' }] },
    {
      name: 'app',
      environment: [
        { name: 'STAGE', value: 'production' },
        { name: 'API_TOKEN', value: 'abc' },
        { name: 'DATABASE', value: 'postgres://shop:hunter2@db/shop' },
        { name: 'HOME_PAGE', value: 'https://example.com/' },
        { name: 'HALF' },
        'nonsense',
      ],
      secrets: [{ name: 'INJECTED', valueFrom: 'arn:aws:ssm:eu-west-1:1:parameter/a' }],
    },
  ],
};

describe('sensitiveEnvironment', () => {
  it('is what a container’s variables hold of credentials, by name and by what they look like', () => {
    expect(sensitiveEnvironment(document, 'app')).toEqual({
      'environment.API_TOKEN': 'abc',
      'environment.DATABASE': 'postgres://shop:hunter2@db/shop',
      'environment.DATABASE.password': 'hunter2',
    });
  });

  it('is nothing for a container that is not there, and for a document without containers', () => {
    expect(sensitiveEnvironment(document, 'none')).toEqual({});
    expect(sensitiveEnvironment({ containerDefinitions: 'none' }, 'app')).toEqual({});
  });
});

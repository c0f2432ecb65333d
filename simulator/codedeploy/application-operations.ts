import type {
  BatchGetApplicationsCommandInput,
  BatchGetApplicationsCommandOutput,
  CreateApplicationCommandInput,
  CreateApplicationCommandOutput,
  DeleteApplicationCommandInput,
  DeleteApplicationCommandOutput,
  GetApplicationCommandInput,
  GetApplicationCommandOutput,
  ListApplicationsCommandInput,
  ListApplicationsCommandOutput,
  UpdateApplicationCommandInput,
  UpdateApplicationCommandOutput,
} from '@aws-sdk/client-codedeploy';
import { operation, type WireService } from '../wire/operation.ts';
import { limitBatch } from './batch-limit.ts';
import type { CodeDeployModel } from './model.ts';
import { page } from './page.ts';
import { applicationInfo } from './shapes.ts';

export function applicationOperations(model: CodeDeployModel): WireService['operations'] {
  const { applications } = model;
  return {
    CreateApplication: operation<CreateApplicationCommandInput, CreateApplicationCommandOutput>(
      ['applicationName', 'computePlatform', 'tags'],
      ({ applicationName = '', computePlatform, tags }) => ({
        applicationId: applications.create(applicationName, computePlatform, tags).id,
      }),
    ),

    GetApplication: operation<GetApplicationCommandInput, GetApplicationCommandOutput>(
      ['applicationName'],
      ({ applicationName }) => ({
        application: applicationInfo(applications.get(applicationName)),
      }),
    ),

    BatchGetApplications: operation<
      BatchGetApplicationsCommandInput,
      BatchGetApplicationsCommandOutput
    >(['applicationNames'], ({ applicationNames }) => ({
      applicationsInfo: limitBatch(applicationNames, 100, 'ApplicationNameRequiredException').map(
        (name) => applicationInfo(applications.get(name)),
      ),
    })),

    ListApplications: operation<ListApplicationsCommandInput, ListApplicationsCommandOutput>(
      ['nextToken'],
      ({ nextToken }) => {
        const { items, next } = page(applications.names(), nextToken);
        return { applications: items, ...next };
      },
    ),

    UpdateApplication: operation<UpdateApplicationCommandInput, UpdateApplicationCommandOutput>(
      ['applicationName', 'newApplicationName'],
      ({ applicationName, newApplicationName }) => {
        applications.rename(applicationName, newApplicationName);
        return {};
      },
    ),

    DeleteApplication: operation<DeleteApplicationCommandInput, DeleteApplicationCommandOutput>(
      ['applicationName'],
      ({ applicationName }) => {
        model.deleteApplication(applicationName);
        return {};
      },
    ),
  };
}

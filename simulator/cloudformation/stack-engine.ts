import { AwsError } from '../core/aws-error.ts';
import { checkCapabilities } from './capabilities.ts';
import type { ChangeSet } from './change-set.ts';
import { newStack, type OnFailure, runCreation, undoCreation } from './create-stack.ts';
import { runDeletion } from './delete-stack.ts';
import type { CloudFormationModel, Stack, StackOptions } from './model.ts';
import { planChanges } from './plan-changes.ts';
import { type PlannedStack, planStack } from './plan-stack.ts';
import type { ResourceProviders } from './resource-provider.ts';
import { rollBackUpdate } from './roll-back-update.ts';
import { sameValue } from './same-value.ts';
import type { StackWork } from './stack-work.ts';
import { runUpdate } from './update-stack.ts';
import { clientError, validationError } from './validation-error.ts';

const updatable = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'];
/** With rollback disabled a failed operation can be tried again from where it stopped. */
const resumable = ['CREATE_FAILED', 'UPDATE_FAILED'];

export interface StackEngineOptions {
  readonly model: CloudFormationModel;
  readonly providers: ResourceProviders;
  /** Parameters of Systems Manager that templates may refer to, by path. */
  readonly ssmParameters: () => Readonly<Record<string, string>>;
  /** Virtual milliseconds that each resource takes; default the setting `stackResourceMs`. */
  readonly resourceMs?: number;
}

/** Runs stack operations in the background, as CloudFormation does once it has accepted them. */
export class StackEngine {
  readonly #options: StackEngineOptions;

  constructor(options: StackEngineOptions) {
    this.#options = options;
  }

  get model(): CloudFormationModel {
    return this.#options.model;
  }

  /** Throws AwsError ValidationError, NotImplemented or InsufficientCapabilitiesException. */
  plan(
    source: { stackName: string; templateBody: string; existing?: Stack | undefined },
    given: Readonly<Record<string, string>>,
    capabilities: readonly string[],
  ): PlannedStack {
    const { model, providers, ssmParameters } = this.#options;
    const { stackName, templateBody, existing } = source;
    try {
      const planned = planStack(
        model,
        providers,
        { stackName, templateBody, ...(existing && { existing }) },
        { given, ssm: ssmParameters() },
      );
      if (Object.keys(planned.template.Resources).length === 0) {
        throw validationError(
          'Template format error: At least one Resources member must be defined.',
        );
      }
      checkCapabilities(planned.template, capabilities);
      return planned;
    } catch (error) {
      throw clientError(error);
    }
  }

  /** Throws AwsError AlreadyExistsException. */
  create(
    planned: PlannedStack,
    options: Partial<StackOptions>,
    onFailure: OnFailure,
    parentId?: string,
  ): Stack {
    const { model } = this.#options;
    if (model.living(planned.stackName)) {
      throw new AwsError('AlreadyExistsException', `Stack [${planned.stackName}] already exists`, {
        status: 400,
      });
    }
    const disableRollback = onFailure === 'DO_NOTHING';
    const stack = newStack(model, planned, { disableRollback, ...options }, parentId);
    model.add(stack);
    this.#run(stack, (work) => runCreation(work, planned, onFailure));
    return stack;
  }

  /** Executes the first change set of a stack that was only under review. */
  createReviewed(stack: Stack, { planned, options, onStackFailure }: ChangeSet): void {
    Object.assign(stack, options, {
      template: planned.template,
      templateBody: planned.templateBody,
      parameters: planned.shownParameters,
      description: planned.template.Description,
      status: 'CREATE_IN_PROGRESS',
    });
    const fallback = stack.disableRollback ? 'DO_NOTHING' : 'ROLLBACK';
    const onFailure = (onStackFailure as OnFailure | undefined) ?? fallback;
    this.#run(stack, (work) => runCreation(work, planned, onFailure));
  }

  changes(stack: Stack | undefined, planned: PlannedStack, tags = stack?.tags) {
    return planChanges(this.#options.model, this.#options.providers, stack, planned, tags);
  }

  /** Whether an update would do anything: a description or a deletion policy alone is nothing to AWS. */
  hasChanges(stack: Stack, planned: PlannedStack, options: Partial<StackOptions>): boolean {
    return (
      this.changes(stack, planned, options.tags ?? stack.tags).length > 0 ||
      !sameValue(stack.template?.Outputs, planned.template.Outputs) ||
      (options.tags !== undefined && !sameValue(stack.tags, options.tags))
    );
  }

  /** Throws AwsError ValidationError unless the stack is in a state from which it can be updated. */
  requireUpdatable(stack: Stack): void {
    const { status, stackId, disableRollback } = stack;
    if (updatable.includes(status) || (disableRollback && resumable.includes(status))) return;
    throw validationError(`Stack:${stackId} is in ${status} state and can not be updated.`);
  }

  update(stack: Stack, planned: PlannedStack, options: Partial<StackOptions>): void {
    this.requireUpdatable(stack);
    Object.assign(stack, { disableRollback: false }, options);
    stack.status = 'UPDATE_IN_PROGRESS';
    this.#run(stack, (work) => runUpdate(work, planned));
  }

  delete(stack: Stack, retained: readonly string[], options: Partial<StackOptions>): void {
    if (stack.terminationProtection) {
      throw validationError(
        `Stack [${stack.stackName}] cannot be deleted while TerminationProtection is enabled`,
      );
    }
    const { status, running } = stack;
    if (status === 'DELETE_IN_PROGRESS' || status === 'DELETE_COMPLETE') return;
    if (status.endsWith('_IN_PROGRESS') && !/^(CREATE|REVIEW|ROLLBACK)_IN/.test(status)) {
      throw validationError(
        `Stack [${stack.stackName}] cannot be deleted while in status ${status}`,
      );
    }
    if (retained.length > 0 && status !== 'DELETE_FAILED') {
      throw validationError(
        'Invalid operation on stack. RetainResources may only be specified for stacks in the DELETE_FAILED state',
      );
    }
    Object.assign(stack, options);
    stack.cancellation.abort(new Error('Resource creation cancelled'));
    stack.status = 'DELETE_IN_PROGRESS';
    this.#run(stack, async (work) => {
      await running;
      stack.cancellation = new AbortController();
      await runDeletion(work, retained);
    });
  }

  cancelUpdate(stack: Stack): void {
    if (stack.status !== 'UPDATE_IN_PROGRESS') {
      throw validationError('CancelUpdateStack cannot be called from current stack status');
    }
    stack.cancellation.abort(new Error('Resource update cancelled'));
  }

  continueRollback(stack: Stack, skipped: readonly string[]): void {
    const trace = stack.interruptedUpdate;
    if (stack.status !== 'UPDATE_ROLLBACK_FAILED' || !trace) {
      throw validationError(
        `Stack:${stack.stackId} is in ${stack.status} state and can not be continued to roll back.`,
      );
    }
    stack.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
    this.#run(stack, (work) => rollBackUpdate(work, trace, 'User Initiated', { skipped }));
  }

  /** Goes back to the last stable state from where a failure was left; without such a state everything goes. */
  rollBack(stack: Stack, retainExceptOnCreate: boolean, options: Partial<StackOptions>): void {
    const { status, stackId, interruptedUpdate: trace } = stack;
    if (!resumable.includes(status)) {
      throw validationError(`Stack:${stackId} is in ${status} state and can not be rolled back.`);
    }
    Object.assign(stack, options);
    const reason = 'User Initiated';
    if (trace && wasStable(stack)) {
      stack.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
      this.#run(stack, (work) => rollBackUpdate(work, trace, reason, { retainExceptOnCreate }));
    } else {
      stack.status = 'ROLLBACK_IN_PROGRESS';
      stack.cancellation = new AbortController();
      this.#run(stack, (work) => undoCreation(work, 'ROLLBACK', reason, retainExceptOnCreate));
    }
  }

  #run(stack: Stack, operation: (work: StackWork) => Promise<unknown>): void {
    const { model, providers } = this.#options;
    const { world } = model;
    const pace = { resourceMs: this.#options.resourceMs ?? world.settings.stackResourceMs };
    stack.running = operation({ model, world, providers, stack, pace }).catch((error: unknown) => {
      stack.statusReason = error instanceof Error ? error.message : String(error);
      process.stderr.write(`simulator: stack ${stack.stackName}: ${stack.statusReason}\n`);
    });
  }
}

function wasStable({ stackId, events }: Stack): boolean {
  return events.some(
    ({ physicalId, status }) =>
      physicalId === stackId && /^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/.test(status),
  );
}

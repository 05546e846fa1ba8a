import * as z from 'zod';
import { KEY_ENVIRONMENTS } from '../access/api-key.ts';
import type { KeyAccess } from '../access/key-access.ts';
import type { CreatedKey } from '../access/key-store.ts';
import type { OriginDecisions } from '../access/origin-decisions.ts';
import { ORIGIN_PATTERN_ALLOWED, tryParseOriginPattern } from '../config/origin.ts';
import type { Logger } from '../log/logger.ts';
import { ServiceError, toServiceError } from '../protocol/errors.ts';
import { fieldError, firstIssue } from '../protocol/field-error.ts';
import { PERMISSIONS } from '../protocol/permissions.ts';
import type { FingerprintServer } from '../server/fingerprint-server.ts';
import type { Clock } from '../time/clock.ts';
import type { InputOf, IssuedKey, OperatorOperation, ResultOf, ServiceState } from './contract.ts';
import { EXITING, type RunControl } from './run-control.ts';
import type { SettingsService } from './settings-service.ts';
import { type SupportSources, supportBundle } from './support-file.ts';
import { type TrialScanPorts, trialScan } from './trial-scan.ts';
import { toKeyView, toOriginsState, toServiceState } from './views.ts';

/** What the operations use. */
export interface OperationPorts {
	readonly run: RunControl;
	/** Returns components of the current run. @throws ServiceError SERVICE_UNAVAILABLE unless the service is running */
	readonly requireComponents: () => TrialScanPorts & { readonly server: FingerprintServer };
	/** Keys can be managed also while the service is stopped. */
	readonly access: KeyAccess;
	readonly origins: OriginDecisions;
	readonly settings: SettingsService;
	readonly support: SupportSources;
	readonly logger: Logger;
	readonly clock: Clock;
}

interface Operation<O extends OperatorOperation> {
	readonly input: z.ZodType<InputOf<O>>;
	handle(input: InputOf<O>, ports: OperationPorts, callerId: string): Promise<ResultOf<O>>;
}

const nothing = z.object({}).transform((): Record<string, never> => ({}));
const byId = z.object({ id: z.string() });
const origin = z.string().refine((text) => tryParseOriginPattern(text) !== undefined, {
	error: `it must be an origin ${ORIGIN_PATTERN_ALLOWED}`,
});
const settingValue = z.union([z.number(), z.string(), z.boolean(), z.array(z.string())]);

const OPERATIONS: { readonly [O in OperatorOperation]: Operation<O> } = {
	'service:start': { input: nothing, handle: (_, ports) => stateAfter(ports, ports.run.start()) },
	'service:stop': { input: nothing, handle: (_, ports) => stateAfter(ports, ports.run.stop()) },
	'service:restart': { input: nothing, handle: (_, ports) => stateAfter(ports, ports.run.restart()) },
	'connection:close': {
		input: byId,
		handle: async ({ id }, { requireComponents }) => {
			if (requireComponents().server.disconnect(id)) return null;
			throw new ServiceError('RECORD_NOT_FOUND', { message: 'This connection is closed already', details: { id } });
		},
	},
	'key:create': {
		input: z.object({
			name: z.string(),
			environment: z.enum(KEY_ENVIRONMENTS),
			permissions: z.array(z.enum(PERMISSIONS)).exactOptional(),
			expiresAt: z.number().exactOptional(),
			origins: z.array(z.string()).exactOptional(),
		}),
		handle: async (newKey, { access, clock }) => toIssuedKey(await (await access.open()).keys.create(newKey), clock),
	},
	'key:revoke': {
		input: byId,
		handle: async ({ id }, { access, clock }) => toKeyView(await (await access.open()).keys.revoke(id), clock.now()),
	},
	'key:rotate': {
		input: byId.extend({ overlapMs: z.number().exactOptional() }),
		handle: async ({ id, overlapMs }, { access, clock }) =>
			toIssuedKey(await (await access.open()).keys.rotate(id, overlapMs), clock),
	},
	'origin:decide': {
		input: z.object({ origin, decision: z.enum(['allow', 'block']) }),
		handle: async ({ origin, decision }, { settings, origins }) => {
			await settings.decide(origin, decision);
			return toOriginsState(origins);
		},
	},
	'origin:forget': {
		input: z.object({ origin }),
		handle: async ({ origin }, { settings, origins }) => {
			await settings.decide(origin, undefined);
			return toOriginsState(origins);
		},
	},
	'settings:write': {
		input: z.object({
			values: z.record(z.string(), settingValue.nullable()),
			replaces: z.record(z.string(), settingValue).exactOptional(),
		}),
		handle: async (changes, { settings }) => {
			await settings.write(changes);
			return settings.view();
		},
	},
	'trial:scan': {
		input: z.object({ deviceId: z.string() }),
		handle: async ({ deviceId }, { requireComponents }, callerId) => {
			const components = requireComponents();
			components.scans.stopAllOf(callerId);
			return trialScan(deviceId, callerId, components);
		},
	},
	'trial:stop': {
		input: nothing,
		handle: async (_, { run, requireComponents }, callerId) => {
			if (run.state.phase === 'running') requireComponents().scans.stopAllOf(callerId);
			return null;
		},
	},
	'support:bundle': {
		input: nothing,
		handle: (_, { support }) => supportBundle(support),
	},
};

/**
 * Runs one operation for an operator.
 *
 * @param callerId owner of the trial scan
 * @throws ServiceError UNKNOWN_MESSAGE_TYPE; INVALID_MESSAGE naming the field; the errors of the operation
 */
export async function runOperation(
	operation: string,
	input: unknown,
	ports: OperationPorts,
	callerId: string,
): Promise<ResultOf<OperatorOperation>> {
	if (!isOperation(operation)) {
		throw new ServiceError('UNKNOWN_MESSAGE_TYPE', { details: { operation: operation.slice(0, 64) } });
	}
	// The table pairs each name with its own input type; TypeScript cannot follow that through the union.
	const { input: schema, handle } = OPERATIONS[operation] as Operation<OperatorOperation>;
	const { success, data, error } = schema.safeParse(input ?? {});
	if (success) return handle(data, ports, callerId);
	const { field, message } = firstIssue(error);
	throw fieldError(field || 'input', message, error);
}

/** Returns whether an operation with this name exists. */
export function isOperation(operation: string): operation is OperatorOperation {
	return Object.hasOwn(OPERATIONS, operation);
}

/**
 * A failed start is part of the state, where every window shows it; the log also gets its cause. A start that the exit of the
 * program prevented is not a failure.
 */
async function stateAfter({ run, logger }: OperationPorts, change: Promise<void>): Promise<ServiceState> {
	await change.catch((error: unknown) => {
		if (toServiceError(error).details?.reason === EXITING) return;
		logger.error('The service could not start', { error });
	});
	return toServiceState(run.state);
}

function toIssuedKey({ key, record }: CreatedKey, clock: Clock): IssuedKey {
	return { secret: key, key: toKeyView(record, clock.now()) };
}

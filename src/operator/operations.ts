import * as z from 'zod';
import { KEY_ENVIRONMENTS } from '../access/api-key.ts';
import type { KeyStore } from '../access/key-store.ts';
import type { OriginDecisions } from '../access/origin-decisions.ts';
import { tryParseOrigin } from '../config/origin.ts';
import type { LogRing } from '../log/log-ring.ts';
import type { Logger } from '../log/logger.ts';
import { ServiceError } from '../protocol/errors.ts';
import { fieldError, firstIssue } from '../protocol/field-error.ts';
import { PERMISSIONS } from '../protocol/permissions.ts';
import type { FingerprintServer } from '../server/fingerprint-server.ts';
import type { Clock } from '../time/clock.ts';
import type { InputOf, OperatorOperation, ResultOf, ServiceState } from './contract.ts';
import type { Lifecycle } from '../service/run-lifecycle.ts';
import type { SettingsService } from './settings-service.ts';
import { supportBundle } from './support-file.ts';
import type { TopicReaders } from './topic-publisher.ts';
import { type TrialPorts, trialScan } from './trial-scan.ts';
import { toKeyView, toOriginsState } from './views.ts';

/** What the operations work with. */
export interface CallPorts {
	readonly lifecycle: Lifecycle;
	/** Parts of the run under way. @throws ServiceError SERVICE_UNAVAILABLE while there is none, or it stops */
	readonly requireRun: () => TrialPorts & { readonly server: FingerprintServer };
	/** The keys, which can be managed also while the service is stopped. @throws ServiceError CONFIGURATION_ERROR naming the file */
	readonly openKeys: () => Promise<KeyStore>;
	readonly origins: OriginDecisions;
	readonly settings: SettingsService;
	/** What there is to see right now. */
	readonly topics: TopicReaders;
	readonly ring: LogRing;
	readonly logger: Logger;
	readonly clock: Clock;
}

interface Row<O extends OperatorOperation> {
	readonly input: z.ZodType<InputOf<O>>;
	handle(input: InputOf<O>, ports: CallPorts, callerId: string): Promise<ResultOf<O>>;
}

const nothing = z.object({}).transform((): Record<string, never> => ({}));
const byId = z.object({ id: z.string() });
const origin = z.string().refine((text) => tryParseOrigin(text) !== undefined, {
	error: 'it must be an origin such as https://app.example, without a path',
});
const settingValue = z.union([z.number(), z.string(), z.boolean(), z.array(z.string())]);

const CALLS: { readonly [O in OperatorOperation]: Row<O> } = {
	'service:start': { input: nothing, handle: (_, ports) => settled(ports, ports.lifecycle.start()) },
	'service:stop': { input: nothing, handle: (_, ports) => settled(ports, ports.lifecycle.stop()) },
	'service:restart': { input: nothing, handle: (_, ports) => settled(ports, ports.lifecycle.restart()) },
	'connection:close': {
		input: byId,
		handle: async ({ id }, { requireRun }) => {
			if (requireRun().server.disconnect(id)) return null;
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
		handle: async (newKey, { openKeys, clock }) => issued(await (await openKeys()).create(newKey), clock),
	},
	'key:revoke': {
		input: byId,
		handle: async ({ id }, { openKeys, clock }) => toKeyView(await (await openKeys()).revoke(id), clock.now()),
	},
	'key:rotate': {
		input: byId,
		handle: async ({ id }, { openKeys, clock }) => issued(await (await openKeys()).rotate(id), clock),
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
		input: z.object({ values: z.record(z.string(), settingValue.nullable()) }),
		handle: async ({ values }, { settings }) => {
			await settings.write(values);
			return settings.view();
		},
	},
	'trial:scan': {
		input: z.object({ deviceId: z.string() }),
		handle: async ({ deviceId }, { requireRun }, callerId) => {
			const run = requireRun();
			run.scans.stopAllOf(callerId);
			return trialScan(deviceId, callerId, run);
		},
	},
	'trial:stop': {
		input: nothing,
		handle: async (_, { lifecycle, requireRun }, callerId) => {
			if (lifecycle.state.phase === 'running') requireRun().scans.stopAllOf(callerId);
			return null;
		},
	},
	'support:bundle': {
		input: nothing,
		handle: async (_, { topics, ring, clock }) => supportBundle(topics, ring, clock),
	},
};

/**
 * Do one operation for an operator.
 *
 * @param callerId whose trial scan it is
 * @throws ServiceError UNKNOWN_MESSAGE_TYPE; INVALID_MESSAGE naming the field; what the operation itself fails with
 */
export async function handleCall(
	operation: string,
	input: unknown,
	ports: CallPorts,
	callerId: string,
): Promise<ResultOf<OperatorOperation>> {
	if (!isOperation(operation)) {
		throw new ServiceError('UNKNOWN_MESSAGE_TYPE', { details: { operation: operation.slice(0, 64) } });
	}
	// The table pairs each operation with its own row; TypeScript cannot follow that through the union.
	const row = CALLS[operation] as Row<OperatorOperation>;
	const { success, data, error } = row.input.safeParse(input ?? {});
	if (success) return row.handle(data, ports, callerId);
	const { field, message } = firstIssue(error);
	throw fieldError(field || 'input', message, error);
}

function isOperation(operation: string): operation is OperatorOperation {
	return Object.hasOwn(CALLS, operation);
}

/** A start that fails has its place in the state, where every window sees it; what led to it is for the log. */
async function settled({ lifecycle, logger }: CallPorts, change: Promise<void>): Promise<ServiceState> {
	await change.catch((error: unknown) => logger.error('The service could not start', { error }));
	return lifecycle.state;
}

function issued({ key, record }: Awaited<ReturnType<KeyStore['create']>>, clock: Clock): ResultOf<'key:create'> {
	return { secret: key, key: toKeyView(record, clock.now()) };
}

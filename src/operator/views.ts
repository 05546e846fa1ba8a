import { type ApiKeyRecord, isExpired } from '../access/key-record.ts';
import type { OriginDecisions } from '../access/origin-decisions.ts';
import type { Minutia } from '../biometrics/worker-engine.ts';
import type { Device } from '../devices/device-registry.ts';
import type { LogEntry } from '../log/log-ring.ts';
import type { ServiceError } from '../protocol/errors.ts';
import type { ConnectedClient } from '../server/fingerprint-server.ts';
import type {
	ConnectionView,
	KeyView,
	LogLineView,
	MinutiaView,
	OperatorProblem,
	OriginsState,
	ReaderView,
	ServiceState,
} from './contract.ts';
import type { RunState } from './run-control.ts';

/* Pure functions from the objects of the service to the plain JSON of the operator's contract, without secrets. */

/** Leaves out the cause and the stack. */
export function toProblem(error: ServiceError): OperatorProblem {
	return {
		error: error.error,
		code: error.code,
		message: error.message,
		retryable: error.isRetryable,
		...(error.details !== undefined && { details: error.details }),
	};
}

export function toServiceState(state: RunState): ServiceState {
	return state.phase === 'failed' ? { phase: 'failed', problem: toProblem(state.error) } : state;
}

export function toReaderView({ id, info, status, error, lastActivityAt }: Device): ReaderView {
	const { model, serialNumber, firmwareVersion, driver, isVirtual } = info;
	return {
		id,
		model,
		serialNumber,
		firmwareVersion,
		driver,
		isVirtual,
		status,
		...(error !== undefined && { problem: toProblem(error) }),
		...(lastActivityAt !== undefined && { lastActivityAt }),
	};
}

export function toConnectionView(client: ConnectedClient): ConnectionView {
	const { id, principal, origin, connectedAt, subscriptions } = client;
	return {
		id,
		name: principal.name,
		...(principal.keyId !== undefined && { keyId: principal.keyId }),
		...(origin !== undefined && { origin }),
		since: connectedAt,
		readers: [...subscriptions],
	};
}

/** Leaves out the hash. */
export function toKeyView(record: ApiKeyRecord, nowMs: number): KeyView {
	const { hash: _hash, ...facts } = record;
	return { ...facts, status: statusOf(record, nowMs) };
}

function statusOf(record: ApiKeyRecord, nowMs: number): KeyView['status'] {
	if (record.revokedAt !== undefined) return 'revoked';
	return isExpired(record, nowMs) ? 'expired' : 'valid';
}

/** Converts the direction from radians to degrees. */
export function toMinutiaView({ kind, x, y, angle, quality }: Minutia): MinutiaView {
	return { kind, x, y, angle: (angle * 180) / Math.PI, quality };
}

export function toOriginsState({ pending, allowed, blocked }: OriginDecisions): OriginsState {
	return { pending, allowed, blocked };
}

/** Returns the entry itself, since the ring holds only redacted entries. */
export function toLogLine(entry: LogEntry): LogLineView {
	return entry;
}

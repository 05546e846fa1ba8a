import type { ApiKeyRecord } from '../access/key-record.ts';
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
} from './contract.ts';

/*
 * What the parts of the service know, as the operator sees it: pure functions to plain JSON, which hold back what is secret.
 */

/** Its cause and stack stay here. */
export function toProblem(error: ServiceError): OperatorProblem {
	return {
		error: error.error,
		code: error.code,
		message: error.message,
		retryable: error.isRetryable,
		...(error.details !== undefined && { details: error.details }),
	};
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

/** Everything but the hash. */
export function toKeyView(record: ApiKeyRecord, nowMs: number): KeyView {
	const { hash: _hash, ...facts } = record;
	return { ...facts, status: statusOf(record, nowMs) };
}

function statusOf({ revokedAt, expiresAt }: ApiKeyRecord, nowMs: number): KeyView['status'] {
	if (revokedAt !== undefined) return 'revoked';
	return expiresAt !== undefined && Date.parse(expiresAt) <= nowMs ? 'expired' : 'valid';
}

/** Angles in degrees. */
export function toMinutiaView({ kind, x, y, angle, quality }: Minutia): MinutiaView {
	return { kind, x, y, angle: (angle * 180) / Math.PI, quality };
}

export function toOriginsState({ pending, allowed, blocked }: OriginDecisions): OriginsState {
	return { pending, allowed, blocked };
}

/** The entry itself: the ring holds nothing that is not redacted. */
export function toLogLine(entry: LogEntry): LogLineView {
	return entry;
}

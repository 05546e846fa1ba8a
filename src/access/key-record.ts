import * as z from 'zod';
import { normaliseOriginPattern, ORIGIN_PATTERN_ALLOWED, tryParseOriginPattern } from '../config/origin.ts';
import { ServiceError } from '../protocol/errors.ts';
import { firstIssue } from '../protocol/field-error.ts';
import { DEFAULT_PERMISSIONS, PERMISSIONS } from '../protocol/permissions.ts';
import { KEY_ENVIRONMENTS, KEY_NAME, KEY_NAME_ALLOWED } from './api-key.ts';
import { MAX_OVERLAP_MS } from './lifetimes.ts';
import { isOriginListed } from './origins.ts';
import type { Principal } from './principal.ts';
import { ID_ALPHABET, randomText } from './random-text.ts';

const TIME_ALLOWED = 'must be a time in ms since 1970';
/** The latest time that a `Date` can hold (ECMAScript, section "Time Values"), ms since 1970. */
const LATEST_TIME = 8.64e15;

const isoTime = z.iso.datetime({ error: 'must be an ISO 8601 time in UTC' });

/** The fields that the operator chooses for a key; the error texts follow the name of the field. */
const chosenFields = {
	name: z.string({ error: 'must be a text' }).regex(KEY_NAME, { error: `must have ${KEY_NAME_ALLOWED}` }),
	environment: z.enum(KEY_ENVIRONMENTS, { error: 'must be live or test' }),
	permissions: z
		.array(z.enum(PERMISSIONS, { error: `must be among ${PERMISSIONS.join(', ')}` }), { error: 'must be a list' })
		.min(1, { error: `must name at least one of ${PERMISSIONS.join(', ')}` }),
	origins: originList(tryParseOriginPattern),
};

function originList(tryParse: (text: string) => string | undefined) {
	const origin = z.string({ error: 'must be a text' }).refine((text) => tryParse(text) !== undefined, {
		error: `must be an origin ${ORIGIN_PATTERN_ALLOWED}`,
	});
	return z
		.array(origin, { error: 'must be a list' })
		.min(1, { error: 'must name at least one origin; leave it out to allow every origin' });
}

const keyId = z.string().regex(/^key-[a-z0-9]{8}$/, { error: 'must be key- and 8 letters or digits' });

/** A key as stored in `keys.json`: its hash, not the key itself. Times are ISO 8601, UTC. */
export const apiKeyRecordSchema = z.object({
	id: keyId,
	...chosenFields,
	hash: z.string().regex(/^[0-9a-f]{64}$/, { error: 'must be a SHA-256 in hexadecimal' }),
	createdAt: isoTime,
	expiresAt: isoTime.exactOptional(),
	/** The only origins and wildcards that may use the key; without a list, every origin that the service allows may use it. */
	origins: originList(normaliseOriginPattern).exactOptional(),
	/** Time of the last use, accurate to the minute. */
	lastUsedAt: isoTime.exactOptional(),
	revokedAt: isoTime.exactOptional(),
	/** The key that a rotation with an overlap put in place of this one, which is valid until `expiresAt`. */
	replacedBy: keyId.exactOptional(),
});

export type ApiKeyRecord = Readonly<z.infer<typeof apiKeyRecordSchema>>;

const newKeySchema = z.object({
	...chosenFields,
	permissions: chosenFields.permissions.default([...DEFAULT_PERMISSIONS]),
	expiresAt: z.number({ error: TIME_ALLOWED }).max(LATEST_TIME, { error: TIME_ALLOWED }).optional(),
	origins: chosenFields.origins.optional(),
});

/**
 * Input of `KeyStore.create`: `name` of 1..100 printable characters; `environment`; `permissions`, by default `DEFAULT_PERMISSIONS`;
 * `expiresAt`, ms since 1970, in the future, never by default; `origins`, any by default.
 */
export type NewKey = z.input<typeof newKeySchema>;

/** Creates the record of a new key. @throws ServiceError INVALID_MESSAGE naming the field */
export function createRecord(newKey: NewKey, hash: string, nowMs: number): ApiKeyRecord {
	const { success, data, error } = newKeySchema.safeParse(newKey);
	if (!success) {
		const { field, message } = firstIssue(error);
		throw invalid(field, message);
	}
	const { name, environment, permissions, expiresAt, origins } = data;
	if (expiresAt !== undefined && expiresAt <= nowMs) throw invalid('expiresAt', 'must be in the future');
	return {
		id: newId(),
		name,
		environment,
		hash,
		permissions: [...new Set(permissions)],
		createdAt: new Date(nowMs).toISOString(),
		...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() }),
		...(origins === undefined ? {} : { origins: origins.map((origin) => tryParseOriginPattern(origin) ?? origin) }),
	};
}

/** Creates an unused record with a new id and hash, and the name, environment, permissions, origins and expiry of `record`. */
export function createSuccessor(record: ApiKeyRecord, hash: string, nowMs: number): ApiKeyRecord {
	const { lastUsedAt: _lastUsedAt, revokedAt: _revokedAt, replacedBy: _replacedBy, ...kept } = record;
	return { ...kept, id: newId(), hash, createdAt: new Date(nowMs).toISOString() };
}

/** Returns a rotated key: revoked now, or with an overlap, in ms, valid until its end or until its own expiry, whichever is first. */
export function retire(record: ApiKeyRecord, overlapMs: number, nowMs: number): ApiKeyRecord {
	if (overlapMs === 0) return { revokedAt: new Date(nowMs).toISOString(), ...record };
	const expiresAt = Math.min(nowMs + overlapMs, Date.parse(record.expiresAt ?? '') || LATEST_TIME);
	return { ...record, expiresAt: new Date(expiresAt).toISOString() };
}

/** Returns the id of a key and the ids of the keys that it has replaced directly or indirectly. */
export function withPredecessors(id: string, records: readonly ApiKeyRecord[]): ReadonlySet<string> {
	const ids = new Set([id]);
	// A set also visits what is added while it is iterated.
	for (const successor of ids) for (const record of records) if (record.replacedBy === successor) ids.add(record.id);
	return ids;
}

/** Returns whether the key has reached its expiry time. */
export function isExpired({ expiresAt }: Pick<ApiKeyRecord, 'expiresAt'>, nowMs: number): boolean {
	return expiresAt !== undefined && Date.parse(expiresAt) <= nowMs;
}

/**
 * Throws ServiceError INVALID_MESSAGE naming `id` if the key is revoked or expired, because its successor would be valid, or if it
 * has a successor already.
 */
export function assertRotatable(record: ApiKeyRecord, nowMs: number): void {
	if (record.revokedAt !== undefined || isExpired(record, nowMs)) {
		const state = record.revokedAt === undefined ? 'has expired' : 'is revoked';
		throw invalid('id', `names a key that ${state} and cannot be rotated: create a new key`);
	}
	if (record.replacedBy !== undefined)
		throw invalid('id', `names a key that ${record.replacedBy} has replaced: rotate that one`);
}

/** Throws ServiceError INVALID_MESSAGE naming `overlapMs` unless it is 0 to 30 days. */
export function assertOverlap(overlapMs: number): void {
	if (!(overlapMs >= 0 && overlapMs <= MAX_OVERLAP_MS)) throw invalid('overlapMs', 'must be 0 to 30 days in ms');
}

/**
 * Returns the principal of a key.
 *
 * @throws ServiceError API_KEY_REVOKED; TOKEN_EXPIRED; UNAUTHORIZED if the key is bound to other origins
 */
export function principalFor(record: ApiKeyRecord, origin: string | undefined, nowMs: number): Principal {
	if (record.revokedAt !== undefined) throw new ServiceError('API_KEY_REVOKED');
	if (isExpired(record, nowMs)) throw new ServiceError('TOKEN_EXPIRED');
	if (record.origins !== undefined && !isOriginListed(origin ?? '', record.origins)) {
		throw new ServiceError('UNAUTHORIZED', {
			message: 'This API key may not be used from this origin: use a key for this origin',
			details: { origin: origin ?? null },
		});
	}
	return {
		kind: 'key',
		keyId: record.id,
		name: record.name,
		permissions: record.permissions,
		sees: record.environment === 'test' ? 'virtual' : 'real',
		expiresAt: record.expiresAt === undefined ? undefined : Date.parse(record.expiresAt),
	};
}

function newId(): string {
	return `key-${randomText(ID_ALPHABET, 8)}`;
}

function invalid(field: string, problem: string): ServiceError {
	return new ServiceError('INVALID_MESSAGE', { message: `${field} ${problem}`, details: { field } });
}

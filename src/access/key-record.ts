import * as z from 'zod';
import { tryParseOrigin } from '../config/origin.ts';
import { ServiceError } from '../protocol/errors.ts';
import { firstIssue } from '../protocol/field-error.ts';
import { PERMISSIONS } from '../protocol/permissions.ts';
import { KEY_ENVIRONMENTS } from './api-key.ts';
import { KEY_NAME, KEY_NAME_ALLOWED } from './key-name.ts';
import { isOriginListed } from './origins.ts';
import type { Principal } from './principal.ts';
import { ID_ALPHABET, randomText } from './random-text.ts';

const NO_MOMENT = 'must be a moment, ms since 1970';
/** The last moment that a date can hold (ECMAScript, section "Time Values"). */
const LAST_MOMENT = 8.64e15;

const moment = z.iso.datetime({ error: 'must be an ISO 8601 moment in UTC' });

/** What the operator chooses for a key; the texts say what is allowed. */
const choices = {
	name: z.string({ error: 'must be a text' }).regex(KEY_NAME, { error: `must have ${KEY_NAME_ALLOWED}` }),
	environment: z.enum(KEY_ENVIRONMENTS, { error: 'must be live or test' }),
	permissions: z
		.array(z.enum(PERMISSIONS, { error: `must be among ${PERMISSIONS.join(', ')}` }), { error: 'must be a list' })
		.min(1, { error: `must name at least one of ${PERMISSIONS.join(', ')}` }),
	origins: z
		.array(
			z.string({ error: 'must be a text' }).refine((text) => tryParseOrigin(text) !== undefined, {
				error: 'must be an origin such as https://app.example, without a path',
			}),
			{ error: 'must be a list' },
		)
		.min(1, { error: 'must name at least one origin; leave it out to allow every origin' }),
};

/** A key as `keys.json` holds it; the key itself is nowhere, only its hash. Moments are ISO 8601, UTC. */
export const apiKeyRecordSchema = z.object({
	id: z.string().regex(/^key-[a-z0-9]{8}$/, { error: 'must be key- and 8 letters or digits' }),
	...choices,
	hash: z.string().regex(/^[0-9a-f]{64}$/, { error: 'must be a SHA-256 in hexadecimal' }),
	createdAt: moment,
	expiresAt: moment.exactOptional(),
	/** The only origins that may use the key; without it, every origin that the service lets in. */
	origins: choices.origins.exactOptional(),
	/** Exact to the minute. */
	lastUsedAt: moment.exactOptional(),
	revokedAt: moment.exactOptional(),
});

export type ApiKeyRecord = Readonly<z.infer<typeof apiKeyRecordSchema>>;

const newKeySchema = z.object({
	...choices,
	permissions: choices.permissions.default([...PERMISSIONS]),
	expiresAt: z.number({ error: NO_MOMENT }).max(LAST_MOMENT, { error: NO_MOMENT }).optional(),
	origins: choices.origins.optional(),
});

/**
 * What `KeyStore.create` takes: `name` of 1..100 printable characters; `environment`; `permissions`, all by default;
 * `expiresAt`, ms since 1970, later than now, never by default; `origins`, any by default.
 */
export type NewKey = z.input<typeof newKeySchema>;

/** @throws ServiceError INVALID_MESSAGE naming the field */
export function createRecord(newKey: NewKey, hash: string, nowMs: number): ApiKeyRecord {
	const { success, data, error } = newKeySchema.safeParse(newKey);
	if (!success) {
		const { field, message } = firstIssue(error);
		throw invalid(field, message);
	}
	const { name, environment, permissions, expiresAt, origins } = data;
	if (expiresAt !== undefined && expiresAt <= nowMs) throw invalid('expiresAt', 'must lie in the future');
	return {
		id: newId(),
		name,
		environment,
		hash,
		permissions: [...new Set(permissions)],
		createdAt: new Date(nowMs).toISOString(),
		...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() }),
		...(origins === undefined ? {} : { origins: origins.map((origin) => tryParseOrigin(origin) ?? origin) }),
	};
}

/** The record of a new secret for the same name, environment, rights and expiry; it has not been used yet. */
export function createSuccessor(record: ApiKeyRecord, hash: string, nowMs: number): ApiKeyRecord {
	const { lastUsedAt: _lastUsedAt, revokedAt: _revokedAt, ...kept } = record;
	return { ...kept, id: newId(), hash, createdAt: new Date(nowMs).toISOString() };
}

/** @throws ServiceError INVALID_MESSAGE naming `id`, if the key is revoked or expired: its successor would be useless or unwanted */
export function checkReplaceable({ revokedAt, expiresAt }: ApiKeyRecord, nowMs: number): void {
	const isExpired = expiresAt !== undefined && Date.parse(expiresAt) <= nowMs;
	if (revokedAt === undefined && !isExpired) return;
	const state = revokedAt === undefined ? 'has expired' : 'is revoked';
	throw invalid('id', `names a key that ${state} and cannot be rotated: make a new key`);
}

/**
 * The one a key speaks for.
 *
 * @throws ServiceError API_KEY_REVOKED; TOKEN_EXPIRED; UNAUTHORIZED if the key is bound to other origins
 */
export function admit(record: ApiKeyRecord, origin: string | undefined, nowMs: number): Principal {
	const expiresAt = record.expiresAt === undefined ? undefined : Date.parse(record.expiresAt);
	if (record.revokedAt !== undefined) throw new ServiceError('API_KEY_REVOKED');
	if (expiresAt !== undefined && expiresAt <= nowMs) throw new ServiceError('TOKEN_EXPIRED');
	if (record.origins !== undefined && !isOriginListed(origin ?? '', record.origins)) {
		throw new ServiceError('UNAUTHORIZED', {
			message: 'This API key may not be used from this origin',
			details: { origin: origin ?? null },
		});
	}
	return {
		kind: 'key',
		keyId: record.id,
		name: record.name,
		permissions: record.permissions,
		sees: record.environment === 'test' ? 'virtual' : 'real',
		expiresAt,
	};
}

function newId(): string {
	return `key-${randomText(ID_ALPHABET, 8)}`;
}

function invalid(field: string, problem: string): ServiceError {
	return new ServiceError('INVALID_MESSAGE', { message: `${field} ${problem}`, details: { field } });
}

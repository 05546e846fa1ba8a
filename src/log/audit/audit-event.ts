import * as z from 'zod';
import { redactText } from '../redact.ts';

/** Longest text in an entry, characters: an origin has at most 272. */
const MAX_TEXT = 300;
/** Longest list in an entry. */
const MAX_LIST = 50;

/** Names and origins are chosen by people and pages, who may put a secret into them. */
const text = z.string().transform((value) => redactText(value).slice(0, MAX_TEXT));
const list = z.array(z.string()).transform((values) => values.slice(0, MAX_LIST).map((value) => text.parse(value)));
const count = z.number();

/** An origin is absent for a native program. */
const origin = text.optional();

/** The key that was used: absent if it is unknown; an administrator has only a name. */
const usedKey = { keyId: text.optional(), keyName: text.optional() };

/** Who caused a change: the id of an operator session, or `command` for the command line. */
const by = text;

const changedKey = {
	keyId: text,
	keyName: text,
	environment: text,
	permissions: list,
	origins: list.optional(),
	expiresAt: text.optional(),
	by,
};

/** Present in the summary of events that were too frequent to be recorded one by one. */
const repeats = {
	/** Number of events that this entry stands for. */
	count: count.optional(),
	/** ISO 8601: time of the first of them. */
	since: text.optional(),
};

/**
 * Every event of the audit trail with the only fields that are written. None of them may contain a key, a token, a template, an
 * image or a score. A field that is not listed is dropped.
 */
export const auditEventSchema = z.discriminatedUnion('event', [
	z.object({ event: z.literal('service:started'), version: text, addresses: list }),
	z.object({ event: z.literal('service:stopped') }),
	z.object({ event: z.literal('service:failed'), error: text }),
	z.object({ event: z.literal('auth:success'), ...usedKey, origin, ...repeats }),
	/** `target` is `window` when an operator window was opened with a wrong link or token. */
	z.object({
		event: z.literal('auth:failure'),
		error: text,
		target: z.literal('window').optional(),
		...usedKey,
		origin,
		...repeats,
	}),
	z.object({
		event: z.literal('scan'),
		/** `scan`, `verification` or another kind of scan. */
		kind: text,
		/** `complete`, `error`, `timeout` or `stopped`. */
		outcome: text,
		/** Name of the error, such as `LOW_QUALITY`. */
		error: text.optional(),
		/** Whether a verification matched. */
		match: z.boolean().optional(),
		scanId: text.optional(),
		deviceId: text,
		serialNumber: text.optional(),
		...usedKey,
		origin,
		...repeats,
	}),
	z.object({ event: z.literal('key:created'), ...changedKey }),
	z.object({ event: z.literal('key:revoked'), ...changedKey }),
	/** `replaces` is the id of the old key. */
	z.object({ event: z.literal('key:rotated'), replaces: text, ...changedKey }),
	/** `decision` is `allow`, `block` or `forget`. */
	z.object({ event: z.literal('origin:decided'), origin: text, decision: text, by }),
	/** Names of the changed settings, without their values. */
	z.object({ event: z.literal('settings:changed'), fields: list, by }),
	/** An admin token or a link to the operator window was created on the command line. */
	z.object({ event: z.literal('token:issued'), kind: z.enum(['token', 'link']), by }),
	z.object({ event: z.literal('operator:opened'), session: text }),
	z.object({ event: z.literal('operator:closed'), session: text }),
	z.object({
		event: z.literal('operator:action'),
		/** Name of the operation in the contract of the operator window, such as `service:stop`. */
		action: text,
		outcome: z.enum(['success', 'failure']),
		error: text.optional(),
		deviceId: text.optional(),
		by,
	}),
	/** The trail itself: entries that could not be written, such as on a full disk. */
	z.object({ event: z.literal('audit:missed'), count, since: text }),
	/** The trail itself: an entry before this one was cut short by a crash; `fragment` is the SHA-256 of what is left of it. */
	z.object({ event: z.literal('audit:recovered'), fragment: text }),
	/** The trail itself: old entries were removed, all up to `through`. */
	z.object({ event: z.literal('audit:pruned'), from: count, through: count }),
]);

export type AuditEvent = z.input<typeof auditEventSchema>;
export type AuditEventName = AuditEvent['event'];

/** The names of all events. */
export const AUDIT_EVENTS: readonly AuditEventName[] = auditEventSchema.options.map(({ shape }) => shape.event.value);

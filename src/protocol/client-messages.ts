import * as z from 'zod';
import { FALSE_MATCH_RATE } from './false-match-rate.ts';
import { TEMPLATE_FORMATS } from './template-formats.ts';
import { SENSOR_WINDOWS, TOUCH_CONDITIONS } from './touch-conditions.ts';

/** Ranges and defaults of the numeric options of `scan:start` and `verify:start`. */
export const SCAN_LIMITS = {
	/** Time to wait for a finger, ms; starts with `scan:started` and again with each `scan:progress`. */
	timeout: { min: 1_000, max: 120_000, default: 30_000 },
	/** Lowest accepted quality, 0..100. */
	qualityThreshold: { min: 0, max: 100, default: 50 },
	/** Touches merged into one template: 1 = single scan, 3 = usual enrolment. */
	scansRequired: { min: 1, max: 5, default: 1 },
	/** Of `verify:start`: the chance that a wrong finger is accepted by the whole call. */
	falseMatchRate: FALSE_MATCH_RATE,
	/** Finger position in the template: 0 unknown, 1 right thumb .. 10 left little finger. */
	finger: { min: 0, max: 10, default: 0 },
} as const;

const id = z.string().min(1).max(128);
const within = ({ min, max }: { min: number; max: number }) => z.number().min(min).max(max);

const touchOptions = z.object({
	timeout: within(SCAN_LIMITS.timeout).default(SCAN_LIMITS.timeout.default),
	qualityThreshold: within(SCAN_LIMITS.qualityThreshold).default(SCAN_LIMITS.qualityThreshold.default),
});

const verifyOptions = touchOptions.extend({
	falseMatchRate: within(SCAN_LIMITS.falseMatchRate).default(SCAN_LIMITS.falseMatchRate.default),
});

const scanOptions = touchOptions.extend({
	scansRequired: within(SCAN_LIMITS.scansRequired).int().default(SCAN_LIMITS.scansRequired.default),
	finger: within(SCAN_LIMITS.finger).int().default(SCAN_LIMITS.finger.default),
	format: z.enum(TEMPLATE_FORMATS).default('iso-19794-2:2005'),
	/** Whether `scan:complete` contains the image; requires the permission `fingerprint:image`. */
	image: z.boolean().default(false),
});

/** Maximum number of templates in one `verify:start`. */
export const MAX_TEMPLATES = 50;

/** The beginning of the answer to a failed message: its type, and the ids that it repeats from the message. */
export type FailureForm =
	| { readonly type: 'error' }
	| { readonly type: 'subscribe:error'; readonly deviceId: string }
	| { readonly type: 'scan:error'; readonly deviceId?: string; readonly scanId?: string };

interface ClientMessageEntry {
	readonly schema: z.ZodType;
	/** Parses a message into its failure form. A type without this schema, or a message with wrong ids, is answered with `error`. */
	readonly failure?: z.ZodType<FailureForm>;
}

const subscribeFailure = z.object({ deviceId: id }).transform((ids) => ({ type: 'subscribe:error' as const, ...ids }));
const scanFailure = z.object({ deviceId: id }).transform((ids) => ({ type: 'scan:error' as const, ...ids }));
const stopFailure = z.object({ scanId: id }).transform((ids) => ({ type: 'scan:error' as const, ...ids }));

/** Every message that a client may send, by `type`, and how the service answers when it fails. Unknown fields are ignored. */
export const CLIENT_MESSAGES = {
	// The first `auth` of a connection is answered with `auth:error` and the connection closes; later ones with `error`.
	auth: {
		schema: z.object({ type: z.literal('auth'), apiKey: z.string().optional(), token: z.string().optional() }),
	},
	subscribe: {
		schema: z.object({ type: z.literal('subscribe'), deviceId: id }),
		failure: subscribeFailure,
	},
	unsubscribe: { schema: z.object({ type: z.literal('unsubscribe'), deviceId: id }) },
	'devices:list': { schema: z.object({ type: z.literal('devices:list') }) },
	'scan:start': {
		schema: z.object({ type: z.literal('scan:start'), deviceId: id, options: scanOptions.prefault({}) }),
		failure: scanFailure,
	},
	'scan:stop': {
		schema: z.object({ type: z.literal('scan:stop'), scanId: id }),
		failure: stopFailure,
	},
	'verify:start': {
		schema: z
			.object({
				type: z.literal('verify:start'),
				deviceId: id,
				// Base64 in any of its forms, which the handler decodes.
				template: z.string().min(1).optional(),
				templates: z.array(z.string().min(1)).min(1).max(MAX_TEMPLATES).optional(),
				options: verifyOptions.prefault({}),
			})
			.refine(({ template, templates }) => (template === undefined) !== (templates === undefined), {
				path: ['template'],
				error: 'send either template or templates',
			}),
		failure: scanFailure,
	},
	ping: { schema: z.object({ type: z.literal('ping') }) },
	pong: { schema: z.object({ type: z.literal('pong') }) },
	'virtual:touch': {
		schema: z.object({
			type: z.literal('virtual:touch'),
			deviceId: id,
			person: z.int().min(1).max(1_000_000).default(1),
			finger: z.int().min(1).max(10).default(2),
			condition: z.enum(TOUCH_CONDITIONS).default('good'),
			window: z.enum(SENSOR_WINDOWS).default('full'),
			seed: z.int().min(0).max(0xffff_ffff).optional(),
		}),
	},
	'virtual:lift': { schema: z.object({ type: z.literal('virtual:lift'), deviceId: id }) },
	'virtual:unplug': { schema: z.object({ type: z.literal('virtual:unplug'), deviceId: id }) },
	'virtual:plug': { schema: z.object({ type: z.literal('virtual:plug'), deviceId: id }) },
	'virtual:fault': {
		schema: z.object({ type: z.literal('virtual:fault'), deviceId: id, code: z.literal([1004, 1005]) }),
	},
} as const satisfies Record<string, ClientMessageEntry>;

export type ClientMessageType = keyof typeof CLIENT_MESSAGES;

/** The parsed message of one type, with defaults filled in. */
export type ClientMessageOf<T extends ClientMessageType> = z.infer<(typeof CLIENT_MESSAGES)[T]['schema']>;

export type ClientMessage = { [T in ClientMessageType]: ClientMessageOf<T> }[ClientMessageType];

const completeOptions = scanOptions.extend(verifyOptions.shape);

/** Complete options of a scan or a verification, with defaults filled in. */
export type ScanOptions = z.infer<typeof completeOptions>;

export const DEFAULT_SCAN_OPTIONS: ScanOptions = completeOptions.parse({});

/** Returns how to answer a failed message. @param message the message as it was received, or parsed */
export function failureFormOf(type: ClientMessageType, message: unknown): FailureForm {
	const { failure }: ClientMessageEntry = CLIENT_MESSAGES[type];
	return failure?.safeParse(message).data ?? { type: 'error' };
}

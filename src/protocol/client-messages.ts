import * as z from 'zod';
import { TOUCH_CONDITIONS } from './touch-condition.ts';

/** Ranges and defaults of the options of `scan:start`. */
export const SCAN_LIMITS = {
	/** Wait for a finger, ms; counts from `scan:started` and again from each `scan:progress`. */
	timeout: { min: 1_000, max: 120_000, default: 30_000 },
	/** Lowest quality that is accepted, 0..100. */
	qualityThreshold: { min: 0, max: 100, default: 50 },
	/** Touches that make one template; 1 = single scan, 3 = usual enrolment. */
	scansRequired: { min: 1, max: 5, default: 1 },
} as const;

const id = z.string().min(1).max(128);
const within = ({ min, max }: { min: number; max: number }) => z.number().min(min).max(max);

const verifyOptions = z.object({
	timeout: within(SCAN_LIMITS.timeout).default(SCAN_LIMITS.timeout.default),
	qualityThreshold: within(SCAN_LIMITS.qualityThreshold).default(SCAN_LIMITS.qualityThreshold.default),
});

const scanOptions = verifyOptions.extend({
	scansRequired: within(SCAN_LIMITS.scansRequired).int().default(SCAN_LIMITS.scansRequired.default),
});

/** How many templates one `verify:start` may compare with. */
export const MAX_TEMPLATES = 50;

/** Every message a client may send, by `type`. Fields that are not listed are ignored. */
export const CLIENT_MESSAGES = {
	auth: z.object({ type: z.literal('auth'), apiKey: z.string().optional(), token: z.string().optional() }),
	subscribe: z.object({ type: z.literal('subscribe'), deviceId: id }),
	unsubscribe: z.object({ type: z.literal('unsubscribe'), deviceId: id }),
	'devices:list': z.object({ type: z.literal('devices:list') }),
	'scan:start': z.object({
		type: z.literal('scan:start'),
		deviceId: id,
		options: scanOptions.prefault({}),
	}),
	'scan:stop': z.object({ type: z.literal('scan:stop'), scanId: id }),
	'verify:start': z
		.object({
			type: z.literal('verify:start'),
			deviceId: id,
			template: z.base64().min(1).optional(),
			templates: z.array(z.base64().min(1)).min(1).max(MAX_TEMPLATES).optional(),
			options: verifyOptions.prefault({}),
		})
		.refine(({ template, templates }) => (template === undefined) !== (templates === undefined), {
			path: ['template'],
			error: 'send either template or templates',
		}),
	ping: z.object({ type: z.literal('ping') }),
	pong: z.object({ type: z.literal('pong') }),
	'virtual:touch': z.object({
		type: z.literal('virtual:touch'),
		deviceId: id,
		person: z.int().min(1).max(1_000_000).default(1),
		finger: z.int().min(1).max(10).default(2),
		condition: z.enum(TOUCH_CONDITIONS).default('good'),
		seed: z.int().min(0).max(0xffff_ffff).optional(),
	}),
	'virtual:lift': z.object({ type: z.literal('virtual:lift'), deviceId: id }),
	'virtual:unplug': z.object({ type: z.literal('virtual:unplug'), deviceId: id }),
	'virtual:plug': z.object({ type: z.literal('virtual:plug'), deviceId: id }),
	'virtual:fault': z.object({
		type: z.literal('virtual:fault'),
		deviceId: id,
		code: z.literal([1004, 1005]),
	}),
} as const;

export type ClientMessageType = keyof typeof CLIENT_MESSAGES;

/** The parsed message of one type, defaults filled in. */
export type ClientMessageOf<T extends ClientMessageType> = z.infer<(typeof CLIENT_MESSAGES)[T]>;

export type ClientMessage = { [T in ClientMessageType]: ClientMessageOf<T> }[ClientMessageType];

/** Options of a scan, complete. */
export type ScanOptions = z.infer<typeof scanOptions>;

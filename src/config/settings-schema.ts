import { isAbsolute } from 'node:path';
import * as z from 'zod';
import { LOG_LEVELS } from '../protocol/log-levels.ts';
import { HID_READERS_ALLOWED, tryParseHidReader } from './hid-reader-entry.ts';
import { tryParseOrigin } from './origin.ts';
import { describeSetting, type Setting } from './setting.ts';

/** A host name or address without port or brackets. */
const HOST = /^[\w.:%-]+$/;
const HOST_ALLOWED = 'a host name or address such as localhost, 192.0.2.7 or ::1';

const LIBRARY_ALLOWED = 'an absolute path, or nothing for the library of the system';

/*
 * The error text of each schema says what is allowed and nothing else: it completes "server.port is 99999; allowed: ...".
 */
function integer(range: { min: number; max: number; default: number; unit?: string }, description: string) {
	const error = ['a whole number from', range.min, 'to', range.max, range.unit ?? ''].join(' ').trimEnd();
	return z
		.int({ error })
		.min(range.min, { error })
		.max(range.max, { error })
		.default(range.default)
		.describe(description);
}

function milliseconds(fallback: number, description: string) {
	return integer({ min: 10, max: 3_600_000, default: fallback, unit: 'ms' }, description);
}

function flag(fallback: boolean, description: string) {
	return z.boolean({ error: 'true or false' }).default(fallback).describe(description);
}

function choice<const T extends string>(values: readonly T[], fallback: T, description: string) {
	return z
		.enum(values, { error: `one of ${values.join(', ')}` })
		.default(fallback)
		.describe(description);
}

function list(isEntry: (text: string) => boolean, error: string, description: string) {
	return z.array(z.string({ error }).refine(isEntry, { error }), { error }).default([]).describe(description);
}

function origins(description: string) {
	return list(
		(text) => tryParseOrigin(text) !== undefined,
		'a list of origins without a path, such as https://app.example',
		description,
	);
}

const server = z.object({
	host: z
		.string({ error: HOST_ALLOWED })
		.regex(HOST, { error: HOST_ALLOWED })
		.default('localhost')
		.describe('Where to listen; localhost means both loopback addresses, 127.0.0.1 and ::1'),
	port: integer({ min: 0, max: 65_535, default: 8_080 }, 'Port to listen on; 0 takes any free one'),
	allowedHosts: list(
		(text) => HOST.test(text),
		'a list of host names or addresses without a port, such as scanner.example',
		'Names besides localhost, 127.0.0.1 and [::1] by which clients may reach the service',
	),
	allowedOrigins: origins('Origins besides those of this machine whose pages may connect'),
	blockedOrigins: origins('Origins whose pages are refused without asking'),
	maxConnections: integer(
		{ min: 1, max: 10_000, default: 256, unit: 'connections' },
		'How many clients may be connected at once',
	),
	maxUnauthenticated: integer(
		{ min: 1, max: 10_000, default: 16, unit: 'connections' },
		'How many of them may not have authenticated yet',
	),
	authTimeoutMs: milliseconds(10_000, 'How long a new connection may take to authenticate'),
	pingIntervalMs: milliseconds(30_000, 'How often each client gets a ping'),
	pongTimeoutMs: milliseconds(60_000, 'How long a client may be silent after a ping'),
});

const scans = z.object({
	perMinute: integer({ min: 1, max: 6_000, default: 10, unit: 'scans' }, 'Scans a minute on one real reader'),
});

const virtual = z.object({
	enabled: flag(true, 'Offer two virtual readers, which test keys see'),
	autoTouch: flag(true, 'Virtual readers touch and lift by themselves'),
	touchDelayMs: integer(
		{ min: 0, max: 60_000, default: 700, unit: 'ms' },
		'How long after the start of a scan a virtual reader touches by itself',
	),
});

const hid = z.object({
	enabled: flag(true, 'Look for fingerprint modules behind HID bridges'),
	readers: list(
		(text) => tryParseHidReader(text) !== undefined,
		HID_READERS_ALLOWED,
		'HID devices that are readers for certain, or none at all, besides those the service finds out by itself',
	),
});

const zkfinger = z.object({
	enabled: flag(true, 'Look for ZKTeco readers such as the SLK20R, which need the ZKFinger SDK of their vendor'),
	libraryPath: z
		.string({ error: LIBRARY_ALLOWED })
		.refine((text) => text === '' || isAbsolute(text), { error: LIBRARY_ALLOWED })
		.default('')
		.describe('Where libzkfp of the ZKFinger SDK is, if not where the system looks for libraries'),
});

const log = z.object({
	level: choice(LOG_LEVELS, 'info', 'The least grave level that is logged'),
});

const window = z.object({
	language: choice(
		['system', 'en', 'id'],
		'system',
		"Language of the operator's window; system means that of the system",
	),
	theme: choice(
		['system', 'light', 'dark'],
		'system',
		"Colours of the operator's window; system means those of the system",
	),
});

const desktop = z.object({
	startAtLogin: flag(true, 'The desktop app starts when the user logs in'),
});

const sections = { server, scans, virtual, hid, zkfinger, log, window, desktop };

/** Every setting of the service: its section and name, type, range, unit, default and description. */
export const settingsSchema = z.object({
	server: server.prefault({}),
	scans: scans.prefault({}),
	virtual: virtual.prefault({}),
	hid: hid.prefault({}),
	zkfinger: zkfinger.prefault({}),
	log: log.prefault({}),
	window: window.prefault({}),
	desktop: desktop.prefault({}),
});

/** Read once at the start and passed on as values. */
export type Settings = z.output<typeof settingsSchema>;

/** The settings as a list, in the order of the schema. */
export const SETTINGS: readonly Setting[] = Object.entries(sections).flatMap(([section, { shape }]) =>
	Object.entries(shape).map(([name, schema]) => describeSetting(section, name, schema)),
);

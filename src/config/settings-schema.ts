import { isAbsolute } from 'node:path';
import * as z from 'zod';
import { LANGUAGES } from '../protocol/languages.ts';
import { LOG_LEVELS } from '../protocol/log-levels.ts';
import { HID_READERS_ALLOWED, tryParseHidReader } from './hid-reader-entry.ts';
import { ORIGIN_PATTERN_ALLOWED, tryParseOriginPattern } from './origin.ts';
import { describeSetting, type Setting, type SettingEffect, settingFacts } from './setting.ts';

/** A host name or address without port or brackets. */
const HOST = /^[\w.:%-]+$/;
const HOST_ALLOWED = 'a host name or address such as localhost, 192.0.2.7 or ::1';

const LIBRARY_ALLOWED = 'an absolute path, or empty for the system library';

type Facts = [effect: SettingEffect, description: string, audience?: 'advanced'];

function withFacts<S extends z.ZodType>(schema: S, [effect, description, audience]: Facts): S {
	settingFacts.add(schema, { effect, description, isAdvanced: audience === 'advanced' });
	return schema;
}

/*
 * The error text of each schema contains only what is allowed: it completes "server.port is 99999; allowed: ...".
 */
function integer(range: { min: number; max: number; default: number; unit?: string }, ...facts: Facts) {
	const error = ['a whole number from', range.min, 'to', range.max, range.unit ?? ''].join(' ').trimEnd();
	const schema = z.int({ error }).min(range.min, { error }).max(range.max, { error });
	return withFacts(schema.default(range.default), facts);
}

function milliseconds(fallback: number, ...facts: Facts) {
	return integer({ min: 10, max: 3_600_000, default: fallback, unit: 'ms' }, ...facts);
}

function flag(fallback: boolean, ...facts: Facts) {
	return withFacts(z.boolean({ error: 'true or false' }).default(fallback), facts);
}

function choice<const T extends string>(values: readonly T[], fallback: T, ...facts: Facts) {
	return withFacts(z.enum(values, { error: `one of ${values.join(', ')}` }).default(fallback), facts);
}

function text(isValid: (text: string) => boolean, error: string, fallback: string, ...facts: Facts) {
	return withFacts(z.string({ error }).refine(isValid, { error }).default(fallback), facts);
}

function list(isEntry: (text: string) => boolean, error: string, ...facts: Facts) {
	return withFacts(z.array(z.string({ error }).refine(isEntry, { error }), { error }).default([]), facts);
}

function origins(...facts: Facts) {
	const error = `a list of origins ${ORIGIN_PATTERN_ALLOWED}`;
	return list((entry) => tryParseOriginPattern(entry) !== undefined, error, ...facts);
}

function connections(fallback: number, ...facts: Facts) {
	return integer({ min: 1, max: 10_000, default: fallback, unit: 'connections' }, ...facts);
}

const window = z.object({
	language: choice(
		['system', ...LANGUAGES.map(({ code }) => code)],
		'system',
		'immediately',
		'Language of the operator window and the tray icon; system uses the language of the operating system',
	),
	theme: choice(
		['system', 'light', 'dark'],
		'system',
		'immediately',
		'Colour theme of the operator window; system uses the theme of the operating system',
	),
});

const desktop = z.object({
	startAtLogin: flag(true, 'immediately', 'Start the desktop app when the operator logs in'),
});

const server = z.object({
	host: text(
		(host) => HOST.test(host),
		HOST_ALLOWED,
		'localhost',
		'program-start',
		'Address to listen on; localhost means both loopback addresses, 127.0.0.1 and ::1',
		'advanced',
	),
	port: integer(
		{ min: 0, max: 65_535, default: 8_080 },
		'program-start',
		'TCP port to listen on; 0 selects any free port',
	),
	allowedHosts: list(
		(host) => HOST.test(host),
		'a list of host names or addresses without a port, such as kiosk.example',
		'service-start',
		'Host names by which clients may reach the service, in addition to localhost, 127.0.0.1 and [::1]',
		'advanced',
	),
	allowedOrigins: origins('immediately', 'Origins whose web pages may connect, besides those on this computer'),
	blockedOrigins: origins('immediately', 'Origins whose web pages are refused without asking the operator'),
	maxConnections: connections(256, 'service-start', 'Maximum number of clients connected at the same time', 'advanced'),
	maxUnauthenticated: connections(
		16,
		'service-start',
		'Maximum number of clients that have not authenticated yet',
		'advanced',
	),
	messagesPerSecond: integer(
		{ min: 10, max: 1_000_000, default: 5_000, unit: 'messages' },
		'service-start',
		'Maximum number of messages that one client may send in a second; a client that sends more has to wait',
		'advanced',
	),
	authTimeoutMs: milliseconds(
		10_000,
		'service-start',
		'Time within which a new connection must authenticate',
		'advanced',
	),
	pingIntervalMs: milliseconds(30_000, 'service-start', 'Interval between the pings sent to each client', 'advanced'),
	pongTimeoutMs: milliseconds(60_000, 'service-start', 'Time within which a client must answer a ping', 'advanced'),
});

const scans = z.object({
	perMinute: integer(
		{ min: 1, max: 6_000, default: 10, unit: 'scans' },
		'service-start',
		'Maximum number of scans per minute on each real reader',
	),
});

const virtual = z.object({
	enabled: flag(true, 'service-start', 'Provide two virtual readers, which test keys and administrators can see'),
	autoTouch: flag(true, 'service-start', 'Touch and lift a finger on a virtual reader automatically during each scan'),
	touchDelayMs: integer(
		{ min: 0, max: 60_000, default: 700, unit: 'ms' },
		'service-start',
		'Delay between the start of a scan and the automatic touch',
		'advanced',
	),
});

const hid = z.object({
	enabled: flag(true, 'service-start', 'Look for fingerprint modules behind HID bridges'),
	readers: list(
		(entry) => tryParseHidReader(entry) !== undefined,
		HID_READERS_ALLOWED,
		'service-start',
		'HID devices to open as readers or to ignore, in addition to those recognised automatically',
		'advanced',
	),
});

const zkfinger = z.object({
	enabled: flag(true, 'service-start', 'Look for ZKTeco readers such as the SLK20R; they need the ZKFinger SDK'),
	libraryPath: text(
		(path) => path === '' || isAbsolute(path),
		LIBRARY_ALLOWED,
		'',
		'service-start',
		'Path of the libzkfp library of the ZKFinger SDK, if the system does not find it',
		'advanced',
	),
});

const log = z.object({
	level: choice(LOG_LEVELS, 'info', 'service-start', 'Minimum severity of the messages that are logged'),
});

/** The schema of all settings, in the order in which the operator window and the documentation list them. */
const sections = [
	{ name: 'window', group: 'window', schema: window },
	{ name: 'desktop', group: 'desktop', schema: desktop },
	{ name: 'server', group: 'connections', schema: server },
	{ name: 'scans', group: 'scans', schema: scans },
	{ name: 'virtual', group: 'virtual-readers', schema: virtual },
	{ name: 'hid', group: 'readers', schema: hid },
	{ name: 'zkfinger', group: 'readers', schema: zkfinger },
	{ name: 'log', group: 'log', schema: log },
] as const;

/** Every setting of the service: its section and name, type, range, unit, default and facts. */
export const settingsSchema = z.object({
	window: window.prefault({}),
	desktop: desktop.prefault({}),
	server: server.prefault({}),
	scans: scans.prefault({}),
	virtual: virtual.prefault({}),
	hid: hid.prefault({}),
	zkfinger: zkfinger.prefault({}),
	log: log.prefault({}),
});

/** The values of all settings, which are read once at the start. */
export type Settings = z.output<typeof settingsSchema>;

/** The settings as a list, in the order of the schema. */
export const SETTINGS: readonly Setting[] = sections.flatMap(({ name: section, group, schema: { shape } }) =>
	Object.entries(shape).map(([name, schema]) => describeSetting({ section, group, name }, schema)),
);

import * as z from 'zod';
import { ERRORS } from './errors.ts';
import { LOG_LEVELS } from './log-levels.ts';
import { PERMISSIONS } from './permissions.ts';
import { QUALITY_HINTS } from './quality-hints.ts';
import { TEMPLATE_FORMATS } from './template-formats.ts';

/** Status of a reader as clients see it: just plugged in, ready, scanning, failed. */
export const DEVICE_STATUSES = ['connected', 'idle', 'busy', 'error'] as const;
export type DeviceStatus = (typeof DEVICE_STATUSES)[number];

export const SERVICE_STATUSES = ['starting', 'running', 'stopping', 'stopped'] as const;
export type ServiceStatus = (typeof SERVICE_STATUSES)[number];

/** Actions of the `virtual:*` messages; `virtual:ok` repeats them. */
export const VIRTUAL_ACTIONS = ['touch', 'lift', 'unplug', 'plug', 'fault'] as const;
export type VirtualAction = (typeof VIRTUAL_ACTIONS)[number];

/** Maximum size of `image` in `scan:complete`, bytes of the PNG before base64. */
export const MAX_IMAGE_BYTES = 512 * 1024;

const timestamp = z.iso.datetime();
const percent = z.number().min(0).max(100);
const code = z.union(Object.values(ERRORS).map((entry) => z.literal(entry.code)));
const details = z.record(z.string(), z.unknown());

const device = z.object({
	id: z.string(),
	serialNumber: z.string(),
	model: z.string(),
	status: z.enum(DEVICE_STATUSES),
	firmwareVersion: z.string(),
	virtual: z.literal(true).optional(),
});

/** A reader in the protocol. */
export type DeviceObject = z.infer<typeof device>;

const scan = { scanId: z.string(), deviceId: z.string() };

/** Every message the service may send, by `type`. */
export const SERVER_MESSAGES = {
	'auth:success': z.object({
		type: z.literal('auth:success'),
		message: z.string(),
		permissions: z.array(z.enum(PERMISSIONS)),
	}),
	'auth:error': z.object({
		type: z.literal('auth:error'),
		message: z.string(),
		code,
		details: details.optional(),
	}),
	'subscribe:success': z.object({ type: z.literal('subscribe:success'), deviceId: z.string(), message: z.string() }),
	'subscribe:error': z.object({
		type: z.literal('subscribe:error'),
		deviceId: z.string(),
		message: z.string(),
		code,
	}),
	'unsubscribe:success': z.object({
		type: z.literal('unsubscribe:success'),
		deviceId: z.string(),
		message: z.string(),
	}),
	devices: z.object({ type: z.literal('devices'), devices: z.array(device), timestamp }),
	'device:connected': z.object({ type: z.literal('device:connected'), device, timestamp }),
	'device:disconnected': z.object({
		type: z.literal('device:disconnected'),
		deviceId: z.string(),
		reason: z.string().optional(),
		timestamp,
	}),
	'device:status': z.object({
		type: z.literal('device:status'),
		deviceId: z.string(),
		status: z.enum(DEVICE_STATUSES),
		previousStatus: z.enum(DEVICE_STATUSES),
		timestamp,
	}),
	'scan:started': z.object({ type: z.literal('scan:started'), ...scan, timestamp }),
	'fingerprint:detected': z.object({ type: z.literal('fingerprint:detected'), ...scan, quality: percent, timestamp }),
	'scan:progress': z.object({
		type: z.literal('scan:progress'),
		...scan,
		scansCompleted: z.int().min(1),
		scansRequired: z.int().min(1),
		message: z.string(),
		timestamp,
	}),
	'scan:complete': z.object({
		type: z.literal('scan:complete'),
		...scan,
		template: z.base64(),
		quality: percent,
		scanTime: z.int().min(0),
		format: z.enum(TEMPLATE_FORMATS),
		width: z.int().min(1),
		height: z.int().min(1),
		dpi: z.number().min(1),
		minutiae: z.int().min(0),
		hints: z.array(z.enum(QUALITY_HINTS)),
		image: z
			.base64()
			.max(4 * Math.ceil(MAX_IMAGE_BYTES / 3))
			.optional(),
		timestamp,
	}),
	'verify:started': z.object({ type: z.literal('verify:started'), ...scan, timestamp }),
	'verify:complete': z.object({
		type: z.literal('verify:complete'),
		...scan,
		match: z.boolean(),
		/** -10 log10 of the rate at which wrong fingers reach it. */
		score: percent,
		/** Lowest score that is a match. */
		threshold: percent,
		matchedIndex: z.int().min(0).nullable(),
		matchedView: z.int().min(0).optional(),
		quality: percent,
		verifyTime: z.int().min(0),
		timestamp,
	}),
	'scan:error': z.object({
		type: z.literal('scan:error'),
		scanId: z.string().optional(),
		deviceId: z.string().optional(),
		message: z.string(),
		error: z.string(),
		code,
		retryable: z.boolean(),
		details: details.optional(),
		timestamp,
	}),
	'scan:timeout': z.object({ type: z.literal('scan:timeout'), ...scan, message: z.string(), timestamp }),
	'scan:stopped': z.object({ type: z.literal('scan:stopped'), scanId: z.string(), timestamp }),
	ping: z.object({ type: z.literal('ping'), timestamp }),
	pong: z.object({ type: z.literal('pong'), timestamp }),
	'service:status': z.object({
		type: z.literal('service:status'),
		status: z.enum(SERVICE_STATUSES),
		uptime: z.int().min(0),
		version: z.string(),
		timestamp,
	}),
	'log:entry': z.object({
		type: z.literal('log:entry'),
		level: z.enum(LOG_LEVELS),
		message: z.string(),
		metadata: details.optional(),
		timestamp,
	}),
	'virtual:ok': z.object({ type: z.literal('virtual:ok'), deviceId: z.string(), action: z.enum(VIRTUAL_ACTIONS) }),
	error: z.object({ type: z.literal('error'), error: z.string(), code, details: details.optional(), timestamp }),
} as const;

export type ServerMessageType = keyof typeof SERVER_MESSAGES;

export type ServerMessageOf<T extends ServerMessageType> = z.infer<(typeof SERVER_MESSAGES)[T]>;

export type ServerMessage = { [T in ServerMessageType]: ServerMessageOf<T> }[ServerMessageType];

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLIENT_MESSAGES } from './client-messages.ts';
import { parseClientMessage } from './parse-client-message.ts';

function parse(input: unknown) {
	return parseClientMessage(typeof input === 'string' ? input : JSON.stringify(input));
}

function errorOf(input: unknown) {
	const parsed = parse(input);
	if ('message' in parsed) throw new Error(`accepted ${JSON.stringify(input)}`);
	return parsed;
}

describe('parseClientMessage', () => {
	it('fills in the defaults of scan:start', () => {
		expect(parse({ type: 'scan:start', deviceId: 'device-001' })).toEqual({
			message: {
				type: 'scan:start',
				deviceId: 'device-001',
				options: {
					timeout: 30_000,
					qualityThreshold: 50,
					scansRequired: 1,
					finger: 0,
					format: 'iso-19794-2:2005',
					image: false,
				},
			},
		});
	});

	it('fills in the defaults of virtual:touch', () => {
		expect(parse({ type: 'virtual:touch', deviceId: 'device-001' })).toEqual({
			message: {
				type: 'virtual:touch',
				deviceId: 'device-001',
				person: 1,
				finger: 2,
				condition: 'good',
				window: 'full',
			},
		});
	});

	it('ignores extra fields', () => {
		expect(parse({ type: 'pong', timestamp: '2025-11-05T14:30:00Z', more: { a: 1 } })).toEqual({
			message: { type: 'pong' },
		});
	});

	it.each([
		['text that is not JSON', '{"type":', 6001, undefined],
		['an empty frame', '', 6001, undefined],
		['an array', [1], 6002, 'type'],
		['null', null, 6002, 'type'],
		['an object without type', { deviceId: 'device-001' }, 6002, 'type'],
		['a type that is not a string', { type: 7 }, 6002, 'type'],
		['an unknown type', { type: 'scan:pause' }, 6003, 'type'],
		['a type that every object inherits', { type: 'toString' }, 6003, 'type'],
		['a missing deviceId', { type: 'subscribe' }, 6002, 'deviceId'],
		['a deviceId of the wrong type', { type: 'subscribe', deviceId: 1 }, 6002, 'deviceId'],
		['an empty scanId', { type: 'scan:stop', scanId: '' }, 6002, 'scanId'],
		['options that are not an object', { type: 'scan:start', deviceId: 'd', options: 5 }, 6002, 'options'],
		['a short timeout', { type: 'scan:start', deviceId: 'd', options: { timeout: 999 } }, 6002, 'options.timeout'],
		['a long timeout', { type: 'scan:start', deviceId: 'd', options: { timeout: 120_001 } }, 6002, 'options.timeout'],
		[
			'a timeout in words',
			{ type: 'scan:start', deviceId: 'd', options: { timeout: '30 s' } },
			6002,
			'options.timeout',
		],
		[
			'a threshold above 100',
			{ type: 'scan:start', deviceId: 'd', options: { qualityThreshold: 101 } },
			6002,
			'options.qualityThreshold',
		],
		['no scans', { type: 'scan:start', deviceId: 'd', options: { scansRequired: 0 } }, 6002, 'options.scansRequired'],
		[
			'half a scan',
			{ type: 'scan:start', deviceId: 'd', options: { scansRequired: 1.5 } },
			6002,
			'options.scansRequired',
		],
		['six scans', { type: 'scan:start', deviceId: 'd', options: { scansRequired: 6 } }, 6002, 'options.scansRequired'],
		['finger 11', { type: 'scan:start', deviceId: 'd', options: { finger: 11 } }, 6002, 'options.finger'],
		['half a finger', { type: 'scan:start', deviceId: 'd', options: { finger: 0.5 } }, 6002, 'options.finger'],
		['an unknown format', { type: 'scan:start', deviceId: 'd', options: { format: 'wsq' } }, 6002, 'options.format'],
		[
			'an image that is not a boolean',
			{ type: 'scan:start', deviceId: 'd', options: { image: 'png' } },
			6002,
			'options.image',
		],
		['an eleventh finger', { type: 'virtual:touch', deviceId: 'd', finger: 11 }, 6002, 'finger'],
		['an unknown condition', { type: 'virtual:touch', deviceId: 'd', condition: 'oily' }, 6002, 'condition'],
		['an unknown window', { type: 'virtual:touch', deviceId: 'd', window: 'oval' }, 6002, 'window'],
		['a fault code that cannot be requested', { type: 'virtual:fault', deviceId: 'd', code: 1001 }, 6002, 'code'],
	])('refuses %s and names the field', (_what, input, code, field) => {
		const { error } = errorOf(input);
		expect({ code: error.code, field: error.details?.field }).toEqual({ code, field });
		if (field?.includes('.')) expect(error.message).toContain(field);
	});

	it.each([
		[{ type: 'subscribe' }, 'Field "deviceId" is wrong: it is missing'],
		[
			{ type: 'virtual:fault', deviceId: 'd', code: 7 },
			'Field "code" is wrong: Invalid option: expected one of 1004|1005',
		],
	])('reports for %j what is wrong', (input, text) => {
		expect(errorOf(input).error.message).toBe(text);
	});

	it.each([
		[
			{ type: 'scan:start', deviceId: 'd', options: { timeout: 1 } },
			{ type: 'scan:error', deviceId: 'd' },
		],
		[
			{ type: 'verify:start', deviceId: 'd' },
			{ type: 'scan:error', deviceId: 'd' },
		],
		[
			{ type: 'scan:start', deviceId: 'd', scanId: 9, options: 5 },
			{ type: 'scan:error', deviceId: 'd' },
		],
		[{ type: 'scan:start', deviceId: '', options: 5 }, { type: 'error' }],
		[{ type: 'scan:stop', scanId: 9 }, { type: 'error' }],
		[{ type: 'subscribe', deviceId: 1 }, { type: 'error' }],
		[{ type: 'virtual:touch', deviceId: 'd', finger: 11 }, { type: 'error' }],
		[{ type: 'scan:pause', deviceId: 'd' }, { type: 'error' }],
	])('reports for %j the form of the answer and the ids it repeats', (input, failure) => {
		expect(errorOf(input).failure).toEqual(failure);
	});

	it('answers any text with a message or an error, never with an exception', () => {
		const anyType = fc.constantFrom(...Object.keys(CLIENT_MESSAGES));
		const anyInput = fc.oneof(
			fc.string(),
			fc.json(),
			fc.tuple(anyType, fc.object()).map(([type, fields]) => JSON.stringify({ ...fields, type })),
		);
		fc.assert(
			fc.property(anyInput, (text) => {
				const parsed = parseClientMessage(text);
				return 'message' in parsed || parsed.error.code >= 6001;
			}),
		);
	});
});

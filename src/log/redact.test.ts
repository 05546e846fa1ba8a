import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../protocol/errors.ts';
import { redact, redactText } from './redact.ts';

const RANDOM = 'abcdefghijklmnopqrstuvwxyz012345';
const LIVE = `ak_live_${RANDOM}`;
const TEST = `ak_test_${RANDOM}`;
const JWT = `eyJhbGciOiJIUzI1NiJ9.${Buffer.from('{"iat":1}').toString('base64url')}.c2lnbmF0dXJl`;
const TEMPLATE = Buffer.concat([Buffer.from('FMR\0 20\0'), Buffer.alloc(60, 0xd7)]).toString('base64');
/** The beginning of a PNG, shorter than other data that is redacted. */
const PNG = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(60, 0x5b)]).toString('base64');
const SECRET = Buffer.from(Array.from({ length: 32 }, (_, i) => (i * 89 + 7) % 256));
const HASH = '0123456789abcdef'.repeat(4);
const DATA = Buffer.alloc(400, 0x5b).toString('base64');

describe('a text', () => {
	it.each([
		['a plain text, with 12 words-and/paths', 'a plain text, with 12 words-and/paths'],
		[`key ${LIVE}!`, 'key ak_live_[redacted]!'],
		[`${TEST},${LIVE}`, 'ak_test_[redacted],ak_live_[redacted]'],
		[`{"apiKey":"${TEST}"}`, '{"apiKey":"ak_test_[redacted]"}'],
		['ak_live_abc (cut short)', 'ak_live_[redacted] (cut short)'],
		[`Bearer ${JWT}`, 'Bearer [redacted token]'],
		[`?token=${JWT}&x=1`, '?token=[redacted token]&x=1'],
		[`template "${TEMPLATE}"`, 'template "[redacted template]"'],
		[`data:image/png;base64,${DATA}`, 'data:image/png;base64,[redacted data]'],
		[Buffer.alloc(150, 1).toString('hex'), '[redacted data]'],
		[`<img src="data:image/png;base64,${PNG}">`, '<img src="data:image/png;base64,[redacted image]">'],
		[`pixels ${new Uint8Array(40)}`, 'pixels [redacted numbers]'],
		[`pixels ${Array(40).fill(255).join(', ')}.`, 'pixels [redacted numbers].'],
		[`hash ${HASH}.`, 'hash [redacted hash].'],
		[HASH.toUpperCase(), '[redacted hash]'],
		[`{"secret":"${SECRET.toString('base64url')}"}`, '{"secret":"[redacted data]"}'],
		[`https://${SECRET.toString('base64url')}/`, 'https://[redacted data]/'],
		[`secret ${SECRET.toString('base64')}`, 'secret [redacted data]'],
		[`secret ${Buffer.from(`${SECRET.toString('base64url')}\n`).toString('base64')}`, 'secret [redacted data]'],
		[`secret ${SECRET.toString('hex')}`, 'secret [redacted hash]'],
		[`template ${Buffer.from(TEMPLATE, 'base64').toString('hex').slice(0, 60)}`, 'template [redacted template]'],
		[`image ${Buffer.from(PNG, 'base64').toString('hex').slice(0, 60)}`, 'image [redacted image]'],
		[`-----BEGIN PRIVATE KEY-----\n${DATA}\n-----END PRIVATE KEY-----\n.`, '[redacted private key]\n.'],
		['/home/Someone/.config/fingerprint-service/Logs1/main', '/home/Someone/.config/fingerprint-service/Logs1/main'],
		['operator-0b1c2d3e-0b1c-2d3e-4f50-0b1c2d3e4f50', 'operator-0b1c2d3e-0b1c-2d3e-4f50-0b1c2d3e4f50'],
		['sizes 300, 375, 500', 'sizes 300, 375, 500'],
		['a'.repeat(199), 'a'.repeat(199)],
	])('%j is shown as %j', (text, shown) => {
		expect(redactText(text)).toBe(shown);
	});

	it('is truncated when long, without leaving part of a secret at the end', () => {
		const words = 'word '.repeat(3_000);
		expect(redactText(words)).toMatch(/^(?:word )+\.\.\. \(15000 characters\)$/);
		for (const secret of [DATA, TEMPLATE, PNG, JWT, LIVE]) {
			for (const visible of [5, 20, 60, 150]) {
				const shown = redactText(`${words.slice(0, 8_000 - visible - 1)} ${secret} ${words}`);
				expect(shown).not.toContain(secret.slice(8, 20));
			}
		}
	});

	it.each([
		'eyJ',
		'eyJ-',
		'eyJ.',
		'ak_live_',
		'Rk1S',
		'iVBORw0KGg',
		'1,',
		'255, ',
		'a/',
		'=',
		'eyJ-a.',
		'0',
		'aB0-',
		'464d520020',
		'-----BEGIN ',
		'-----BEGIN PRIVATE KEY-----',
	])('of a million times %j is redacted in linear time', (piece) => {
		expect(redactText(piece.repeat(1_000_000)).length).toBeLessThan(20_000);
	});
});

describe('a value', () => {
	it.each([
		[undefined, undefined],
		[null, null],
		[true, true],
		[1.5, 1.5],
		[Number.NaN, 'NaN'],
		[12n, '12'],
		[Symbol('x'), 'Symbol(x)'],
		[() => LIVE, '[function]'],
		[new Date(0), '1970-01-01T00:00:00.000Z'],
		[new Date(Number.NaN), 'Invalid Date'],
		[new URL(`http://localhost/?k=${LIVE}`), 'http://localhost/?k=ak_live_[redacted]'],
		[Buffer.alloc(3), '[redacted 3 bytes]'],
		[new Uint8ClampedArray(112_500), '[redacted 112500 bytes]'],
		[new Float64Array(2), '[redacted 16 bytes]'],
		[new DataView(new ArrayBuffer(4)), '[redacted 4 bytes]'],
		[new ArrayBuffer(5), '[redacted 5 bytes]'],
		[Array(33).fill(7), '[redacted 33 numbers]'],
		[Array(32).fill(7), Array(32).fill(7)],
		[Buffer.alloc(40).toJSON(), { type: 'Buffer', data: '[redacted 40 numbers]' }],
		[new Set([LIVE]), ['ak_live_[redacted]']],
		[
			new Map<unknown, unknown>([
				['a', 1],
				[LIVE, 2],
				['token', 3],
			]),
			{ a: 1, 'ak_live_[redacted]': 2, token: '[redacted]' },
		],
	])('%o is shown as %j', (value, shown) => {
		expect(redact(value, 'stack')).toEqual(shown);
	});

	it.each([
		'apiKey',
		'api_key',
		'API-KEY',
		'token',
		'adminToken',
		'template',
		'templates',
		'image',
		'rawImage',
		'png',
		'pixels',
		'secret',
	])('named %s is always redacted', (name) => {
		for (const value of ['short', 7, true, { a: 1 }, [1], null, Buffer.alloc(1)]) {
			expect(redact({ [name]: value }, 'stack')).toEqual({ [name]: '[redacted]' });
		}
	});

	it.each(['keyId', 'imageWidth', 'templateSize', 'tokensLeft', 'deviceId'])('named %s is shown', (name) => {
		expect(redact({ [name]: 7 }, 'stack')).toEqual({ [name]: 7 });
	});

	it('is redacted at every depth', () => {
		const value = {
			scans: [{ result: { template: TEMPLATE, note: `from ${LIVE}` } }, new Map([['x', { image: [1] }]])],
		};
		expect(redact(value, 'stack')).toEqual({
			scans: [{ result: { template: '[redacted]', note: 'from ak_live_[redacted]' } }, { x: { image: '[redacted]' } }],
		});
	});

	it('is copied when it contains itself, or the same object twice', () => {
		const shared = { a: 1 };
		const circular: Record<string, unknown> = { one: shared, other: shared };
		circular.list = [circular];
		expect(redact(circular, 'stack')).toEqual({ one: { a: 1 }, other: { a: 1 }, list: ['[circular]'] });
	});

	it('is shown as unreadable when reading it throws', () => {
		const trap = () => {
			throw new Error('trapped');
		};
		const hostile = new Proxy({}, { ownKeys: trap, getPrototypeOf: trap });
		expect(
			redact({ a: 1, hostile, getter: Object.defineProperty({}, 'x', { get: trap, enumerable: true }) }, 'stack'),
		).toEqual({ a: 1, hostile: '[unreadable]', getter: '[unreadable]' });
	});

	it('is truncated when it is deep, wide or sparse', () => {
		let deep: unknown = 'bottom';
		for (let i = 0; i < 10_000; i++) deep = { deep };
		expect(JSON.stringify(redact(deep, 'stack'))).toBe(`${'{"deep":'.repeat(6)}"[deeper]"${'}'.repeat(6)}`);
		const wide = Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => 'word'));
		expect(JSON.stringify(redact(wide, 'stack')).length).toBeLessThan(10_000);
		expect(JSON.stringify(redact(new Array(1e9), 'stack')).length).toBeLessThan(10_000);
		expect(redact(Object.fromEntries(wide.flat().entries()), 'stack')).toMatchObject({ 0: 'word', 100: 'word' });
	});

	it('has no field that changes the prototype', () => {
		const shown = redact(JSON.parse('{"__proto__":{"isAdmin":true}}'), 'stack');
		expect(Object.getPrototypeOf(shown)).toBe(Object.prototype);
	});
});

describe('an error', () => {
	const cause = new TypeError(`refused ${LIVE}`);
	const error = new ServiceError('UNAUTHORIZED', { message: `no ${JWT}`, details: { token: 'x', field: 'y' }, cause });

	it('is reduced to its message outside the file', () => {
		expect(redact({ error }, 'message')).toEqual({ error: 'no [redacted token]' });
	});

	it('keeps all details and causes in the file', () => {
		expect(redact(error, 'stack')).toEqual({
			name: 'ServiceError',
			message: 'no [redacted token]',
			stack: expect.stringContaining('redact.test.ts'),
			error: 'UNAUTHORIZED',
			details: { token: '[redacted]', field: 'y' },
			cause: {
				name: 'TypeError',
				message: 'refused ak_live_[redacted]',
				stack: expect.stringContaining('ak_live_[redacted]'),
			},
		});
	});

	it('is copied when it is its own cause, or contains several errors', () => {
		const own = new Error('own');
		own.cause = own;
		expect(redact(own, 'stack')).toMatchObject({ message: 'own', cause: '[circular]' });
		expect(redact(new AggregateError([new Error(LIVE)], 'many'), 'stack')).toMatchObject({
			message: 'many',
			errors: [{ message: 'ak_live_[redacted]' }],
		});
	});
});

it('never throws, and always returns JSON values', () => {
	const anything = fc.anything({
		withBigInt: true,
		withBoxedValues: true,
		withDate: true,
		withMap: true,
		withNullPrototype: true,
		withObjectString: true,
		withSet: true,
		withSparseArray: true,
		withTypedArray: true,
	});
	fc.assert(
		fc.property(anything, (value) => {
			const text = JSON.stringify({ shown: redact(value, 'stack') });
			expect(JSON.parse(text)).toBeTypeOf('object');
		}),
	);
});

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../time/testing/fake-clock.ts';
import { createLogging, type LoggingOptions } from './logging.ts';

const LOGGING_MODULE = fileURLToPath(new URL('logging.ts', import.meta.url));
const KEY = 'ak_live_abcdefghijklmnopqrstuvwxyz012345';

let dir: string;

beforeEach(async () => {
	dir = await mkdtemp(join(tmpdir(), 'logging-'));
});

afterEach(() => rm(dir, { recursive: true }));

const create = (options: Partial<LoggingOptions> = {}) =>
	createLogging({ level: 'info', dir, clock: new FakeClock(), ...options });

const fileLines = async () => (await readFile(join(dir, 'main.log'), 'utf8')).trimEnd().split(/\r?\n/);

describe('logging', () => {
	it('writes redacted entries to the ring and the file', async () => {
		const logging = create();
		logging.createLogger('KeyStore').warn(`Refused ${KEY}`, { apiKey: KEY, deviceId: 'device-001' });
		await logging.flush();
		expect(logging.ring.entries()).toEqual([
			{
				sequence: 1,
				timestamp: '2026-01-01T00:00:00.000Z',
				level: 'warn',
				name: 'KeyStore',
				message: 'Refused ak_live_[redacted]',
				metadata: { apiKey: '[redacted]', deviceId: 'device-001' },
			},
		]);
		expect(await fileLines()).toEqual([
			'2026-01-01T00:00:00.000Z warn  KeyStore: Refused ak_live_[redacted] {"apiKey":"[redacted]","deviceId":"device-001"}',
		]);
	});

	it('writes the stack of an error only to the file', async () => {
		const logging = create();
		logging.createLogger('Test').error('Failed', { error: new Error('failed') });
		await logging.flush();
		expect(logging.ring.entries()[0]?.metadata).toEqual({ error: 'failed' });
		expect((await fileLines())[0]).toMatch(/"message":"failed".*"stack":"Error: failed\\n.*logging\.test\.ts/);
	});

	it.each([
		['error', ['error'], ['error', 'warn', 'info']],
		['info', ['error', 'warn', 'info'], ['error', 'warn', 'info']],
		['debug', ['error', 'warn', 'info', 'debug'], ['error', 'warn', 'info']],
	] as const)('at level %s writes %j, and shows administrators %j', async (level, written, shown) => {
		const logging = create({ level });
		const logger = logging.createLogger('Test');
		for (const name of ['error', 'warn', 'info', 'debug'] as const) logger[name](name);
		await logging.flush();
		expect((await fileLines()).map((line) => line.split(': ')[1])).toEqual(written);
		expect(logging.ring.entries().map((entry) => entry.message)).toEqual(shown);
	});

	it('drops entries after close, which is idempotent', async () => {
		const logging = create();
		const logger = logging.createLogger('Test');
		logger.info('before');
		await logging.close();
		logger.info('after');
		await logging.close();
		expect(await fileLines()).toHaveLength(1);
		expect(logging.ring.entries()).toHaveLength(1);
	});

	it('writes no file without a folder', async () => {
		const logging = create({ dir: undefined });
		logging.createLogger('Test').info('nowhere');
		await logging.close();
		expect(await readdir(dir)).toEqual([]);
	});

	it('never throws to the caller', () => {
		const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
		const logging = create({ dir: undefined });
		logging.ring.subscribe(() => {
			throw new Error(`listener with ${KEY}`);
		});
		logging.createLogger('Test').info('entry');
		expect(stderr).toHaveBeenCalledExactlyOnceWith('The log failed: Error: listener with ak_live_[redacted]\n');
		stderr.mockRestore();
	});

	it('accepts metadata that is not an object of fields', () => {
		const logging = create({ dir: undefined });
		const thrown: unknown = new Error('direct');
		logging.createLogger('Test').info('odd', thrown as Record<string, unknown>);
		expect(logging.ring.entries()[0]?.metadata).toEqual({ value: 'direct' });
	});
});

/** Returns the arguments of a Node process that logs. */
const program = (body: string) => [
	'--input-type=module',
	'--eval',
	`import { createLogging } from ${JSON.stringify(LOGGING_MODULE)};
	const logging = createLogging({ level: 'info', console: true });
	const logger = logging.createLogger('Test');
	${body}`,
];

describe('a program that logs to the console', () => {
	it('writes one line per entry to stderr and nothing to stdout', async () => {
		const { stdout, stderr } = await promisify(execFile)(
			process.execPath,
			program(`logger.info('a\\nb'); logger.debug('c');`),
		);
		expect(stdout).toBe('');
		expect(stderr).toMatch(/^\S+ info {2}Test: a\\nb\n$/);
	});

	it('keeps running when its terminal is closed', async () => {
		const child = spawn(
			process.execPath,
			program(
				`process.stdin.on('end', () => { logger.info('x'); setImmediate(() => process.stdout.write('alive')); }).resume();`,
			),
		);
		child.stderr.destroy();
		child.stdin.end();
		const [[output], [code]] = await Promise.all([once(child.stdout, 'data'), once(child, 'close')]);
		expect([String(output), code]).toEqual(['alive', 0]);
	});
});

describe('the log level', () => {
	it('can be changed at run time', async () => {
		const logging = create({ level: 'error' });
		const logger = logging.createLogger('Test');
		logger.warn('before');
		logging.setLevel('warn');
		logger.warn('after');
		await logging.close();
		const [file = ''] = await readdir(dir);
		expect(await readFile(join(dir, file), 'utf8')).toMatch(/^\S+ warn {2}Test: after\n$/);
	});
});

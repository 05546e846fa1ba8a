import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../time/testing/fake-clock.ts';
import { createLogging } from './logging.ts';

let dir: string;
let clock: FakeClock;

beforeEach(async () => {
	dir = await mkdtemp(join(tmpdir(), 'log-history-'));
	clock = new FakeClock();
});

afterEach(() => rm(dir, { recursive: true }));

async function run(...messages: string[]) {
	const logging = createLogging({ level: 'debug', dir, clock });
	const logger = logging.createLogger('Test');
	for (const message of messages) logger.info(message, { number: 1 });
	await logging.close();
	return logging;
}

const line = (message: string) => `2026-01-01T00:00:00.000Z info  Test: ${message}`;
const shown = ({ ring }: Awaited<ReturnType<typeof run>>) => ring.entries().map(({ message }) => message);

describe('the log of earlier runs', () => {
	it('is shown before the entries of this run, with level, time, name, message and metadata', async () => {
		await run('one');
		clock.stepWallClock(-1_000);
		await run('two');
		clock.stepWallClock(2_000);
		const third = await run('three');
		const common = { level: 'info', name: 'Test', metadata: { number: 1 } };
		expect(third.ring.entries()).toEqual([
			{ ...common, sequence: -1, message: 'one', timestamp: '2026-01-01T00:00:00.000Z' },
			{ ...common, sequence: 0, message: 'two', timestamp: '2025-12-31T23:59:59.000Z' },
			{ ...common, sequence: 1, message: 'three', timestamp: '2026-01-01T00:00:01.000Z' },
		]);
	});

	it('consists of the last 2 000 lines, also across files', async () => {
		const lines = (first: number, count: number) =>
			Array.from({ length: count }, (_, i) => `${line(`m${first + i}`)}\r\n`).join('');
		await writeFile(join(dir, 'main.1.log'), lines(1, 3_000));
		await writeFile(join(dir, 'main.log'), lines(3_001, 500));
		const messages = shown(await run('now'));
		expect([messages.length, messages[0], messages.at(-2), messages.at(-1)]).toEqual([2_001, 'm1501', 'm3500', 'now']);
	});

	it('is bounded when its lines are long, and starts with a whole line', async () => {
		await writeFile(join(dir, 'main.log'), `${line('long '.repeat(2_000))}\n`.repeat(200));
		const entries = (await run()).ring.entries();
		expect(entries.length).toBeGreaterThan(90);
		expect(entries.length).toBeLessThan(110);
		expect(entries.every(({ name }) => name === 'Test')).toBe(true);
	});

	it('keeps text that is not a log line as a message with the time of the line before', async () => {
		await writeFile(join(dir, 'main.log'), `garbage\n${line('one')}\n\n    at f (a.js:1)\n${line('two').slice(0, 30)}`);
		expect((await run()).ring.entries()).toEqual([
			{ sequence: -3, timestamp: '1970-01-01T00:00:00.000Z', level: 'info', name: '', message: 'garbage' },
			{ sequence: -2, timestamp: '2026-01-01T00:00:00.000Z', level: 'info', name: 'Test', message: 'one' },
			{ sequence: -1, timestamp: '2026-01-01T00:00:00.000Z', level: 'info', name: '', message: '    at f (a.js:1)' },
			{
				sequence: 0,
				timestamp: '2026-01-01T00:00:00.000Z',
				level: 'info',
				name: '',
				message: line('two').slice(0, 30),
			},
		]);
	});

	it('contains no secret that an earlier version wrote, no stack, and no debug line', async () => {
		const key = `ak_live_${'a1B2'.repeat(8)}`;
		const first = createLogging({ level: 'debug', dir, clock });
		first.createLogger('Test').error('failed', { error: new Error('why', { cause: new Error('deeper') }) });
		first.createLogger('Test').debug('detail');
		await first.close();
		await writeFile(join(dir, 'main.1.log'), `${line(key)} {"key":"${key}"}\nraw ${key}\n`);
		const { ring } = await run();
		expect(ring.entries().map(({ message, metadata }) => [message, metadata])).toEqual([
			['ak_live_[redacted]', { key: 'ak_live_[redacted]' }],
			['raw ak_live_[redacted]', undefined],
			['failed', { error: 'why' }],
		]);
	});

	it('is empty when the files cannot be read', async () => {
		expect(createLogging({ level: 'info', dir: join(dir, 'missing') }).ring.entries()).toEqual([]);
	});
});

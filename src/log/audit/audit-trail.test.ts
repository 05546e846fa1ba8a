import { appendFile, chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, type Mock, vi } from 'vitest';
import { FakeClock } from '../../time/testing/fake-clock.ts';
import type { AuditEntry } from './audit-entry.ts';
import type { AuditEvent } from './audit-event.ts';
import { AuditTrail } from './audit-trail.ts';
import { readTrail, verifyTrail } from './verify-trail.ts';

const DAY_MS = 24 * 3_600_000;
const STOPPED: AuditEvent = { event: 'service:stopped' };

let root: string;
let dir: string;
let clock: FakeClock;
let error: Mock<(message: string) => void>;

beforeEach(async () => {
	root = await mkdtemp(join(tmpdir(), 'audit-'));
	dir = join(root, 'audit');
	clock = new FakeClock();
	error = vi.fn();
});

afterEach(() => rm(root, { recursive: true }));

const createTrail = (lock = (write: () => Promise<void>) => write()) =>
	new AuditTrail({ dir, clock, logger: { error }, lock });

const closing = (session: number): AuditEvent => ({ event: 'operator:closed', session: `operator-${session}` });

async function recordAll(...events: AuditEvent[]): Promise<void> {
	const trail = createTrail();
	for (const event of events) trail.record(event);
	await trail.flush();
}

async function entries(): Promise<AuditEntry[]> {
	const all: AuditEntry[] = [];
	for await (const entry of readTrail(dir)) all.push(entry);
	return all;
}

const events = async () => (await entries()).map(({ event }) => event);
const problems = async () => (await verifyTrail(dir)).problems;
const fileNames = async () => (await readdir(dir)).toSorted();
const onlyFile = async () => join(dir, (await fileNames())[0] ?? '');

async function editLines(change: (lines: string[]) => string[]): Promise<void> {
	const lines = (await readFile(await onlyFile(), 'utf8')).trimEnd().split('\n');
	await writeFile(await onlyFile(), `${change(lines).join('\n')}\n`);
}

describe('the audit trail', () => {
	it('writes one line of JSON per event, in order, each with the hash of the one before', async () => {
		await recordAll({ event: 'service:started', version: '1.0.0', addresses: ['ws://localhost:1'] }, STOPPED);
		const [first, second] = await entries();
		expect(JSON.parse(first?.line ?? '')).toEqual({
			sequence: 1,
			time: '2026-01-01T00:00:00.000Z',
			event: 'service:started',
			version: '1.0.0',
			addresses: ['ws://localhost:1'],
			previous: '0'.repeat(64),
			hash: expect.stringMatching(/^[0-9a-f]{64}$/),
		});
		expect(second).toMatchObject({ sequence: 2, previous: first?.hash });
		expect(await problems()).toEqual([]);
		expect(error).not.toHaveBeenCalled();
	});

	it.skipIf(process.platform === 'win32')('is accessible only to its owner', async () => {
		await recordAll(STOPPED);
		expect((await stat(dir)).mode & 0o777).toBe(0o700);
		expect((await stat(await onlyFile())).mode & 0o777).toBe(0o600);
	});

	it('drops fields that its event does not have, and secrets in those that it has', async () => {
		const key = `ak_live_${'a1B2'.repeat(8)}`;
		const extra = {
			event: 'auth:success',
			keyName: `my ${key}`,
			token: 'secret',
			template: 'Rk1S',
			score: 40,
		} as const;
		await recordAll(extra);
		const [entry] = await entries();
		expect(entry?.facts).toEqual({ keyName: 'my ak_live_[redacted]' });
	});

	it('is ASCII, so that a name cannot control a terminal or look like another line', async () => {
		const keyName = 'a\u001b[31m\n\u0085\u2028\u202eé';
		await recordAll({ event: 'auth:success', keyName });
		expect(await readFile(await onlyFile(), 'utf8')).toMatch(/^[\x20-\x7e]+\n$/);
		expect((await entries())[0]?.facts).toEqual({ keyName });
	});

	it('continues the chain of the run before, and of another process that writes at the same time', async () => {
		await recordAll(STOPPED);
		let last = Promise.resolve();
		const lock = (write: () => Promise<void>) => {
			last = last.then(write);
			return last;
		};
		const [one, other] = [createTrail(lock), createTrail(lock)];
		for (let i = 0; i < 50; i++) {
			one.record(closing(i));
			other.record(closing(i));
			if (i % 7 === 0) await Promise.all([one.flush(), other.flush()]);
		}
		await Promise.all([one.flush(), other.flush()]);
		expect(await verifyTrail(dir)).toMatchObject({ problems: [], entries: 101 });
	});

	it('starts a new file on a new day, also when the clock is set back, and the chain continues', async () => {
		await recordAll(STOPPED);
		clock.stepWallClock(DAY_MS);
		await recordAll(STOPPED, STOPPED);
		clock.stepWallClock(-3 * DAY_MS);
		await recordAll(STOPPED);
		expect(await fileNames()).toEqual([
			'audit-2025-12-30-0000000004.jsonl',
			'audit-2026-01-01-0000000001.jsonl',
			'audit-2026-01-02-0000000002.jsonl',
		]);
		expect(await verifyTrail(dir)).toMatchObject({ problems: [], entries: 4 });
	});

	it('removes entries after 90 days, records that, and stays verifiable', async () => {
		for (let day = 0; day < 95; day++) {
			await recordAll(STOPPED);
			clock.advance(DAY_MS);
		}
		const all = await entries();
		expect(Date.parse(all[0]?.time ?? '')).toBeGreaterThanOrEqual(clock.now() - 91 * DAY_MS);
		expect(all.at(-2)?.facts).toEqual({ from: expect.any(Number), through: (all[0]?.sequence ?? 0) - 1 });
		expect(await problems()).toEqual([]);
		await rm(await onlyFile());
		expect(await problems()).toEqual([
			expect.objectContaining({ line: 1, problem: expect.stringContaining('removal') }),
		]);
	});

	it('has at most 50 MB: the oldest files are removed before a new one starts', async () => {
		await recordAll(STOPPED);
		for (let day = 2; day <= 20; day++) {
			clock.advance(DAY_MS);
			await recordAll(STOPPED);
			const newest = (await fileNames()).at(-1) ?? '';
			// The file grows without entries, as if it were full of them.
			await truncate(join(dir, newest), 4_000_000);
		}
		const names = await fileNames();
		const sizes = await Promise.all(names.map(async (name) => (await stat(join(dir, name))).size));
		expect(sizes.reduce((sum, one) => sum + one, 0)).toBeLessThan(50_000_000);
		expect(names.length).toBeGreaterThan(9);
		expect(names.at(-1)).toContain('2026-01-20');
		expect(await events()).toContain('audit:pruned');
	});
});

describe('a line that a crash cut short', () => {
	it.each([1, 2, 40, 150])('by %i bytes is kept, noted and breaks nothing', async (bytes) => {
		await recordAll(closing(1), closing(2));
		const path = await onlyFile();
		const { size } = await stat(path);
		await truncate(path, size - bytes);
		const before = await readFile(path, 'utf8');
		expect(await verifyTrail(dir)).toMatchObject({ problems: [], isLastLineUnfinished: bytes > 1 });
		await recordAll(STOPPED);
		expect((await readFile(path, 'utf8')).startsWith(`${before}\n`)).toBe(true);
		const recovered = ['operator:closed', 'audit:recovered', 'service:stopped'];
		expect(await events()).toEqual(bytes === 1 ? ['operator:closed', 'operator:closed', 'service:stopped'] : recovered);
		expect(await verifyTrail(dir)).toMatchObject({ problems: [], isLastLineUnfinished: false });
	});

	it('is noted in the file of the next day, and after a second crash while it was noted', async () => {
		await recordAll(closing(1), closing(2));
		const path = await onlyFile();
		await truncate(path, (await stat(path)).size - 10);
		await appendFile(path, '\n{"sequence":2,"time":"20');
		clock.advance(DAY_MS);
		await recordAll(STOPPED);
		expect(await events()).toEqual(['operator:closed', 'audit:recovered', 'service:stopped']);
		expect(await problems()).toEqual([]);
	});

	it('is a problem when it was changed after it was noted', async () => {
		await recordAll(closing(1), closing(2));
		await truncate(await onlyFile(), (await stat(await onlyFile())).size - 10);
		await recordAll(STOPPED);
		await editLines(([first = '', cut = '', ...rest]) => [first, cut.replace('operator-2', 'operator-3'), ...rest]);
		expect(await problems()).toEqual([expect.objectContaining({ line: 2, problem: 'is not an entry' })]);
	});

	it('may consist of zeros, which a power failure leaves', async () => {
		await recordAll(closing(1));
		await appendFile(await onlyFile(), Buffer.alloc(200_000));
		await recordAll(STOPPED);
		expect(await events()).toEqual(['operator:closed', 'audit:recovered', 'service:stopped']);
		expect(await problems()).toEqual([]);
	});
});

describe('a change is found', () => {
	const edits: [string, (lines: string[]) => string[], line: number, problem: string][] = [
		[
			'a changed word',
			(lines) => lines.with(2, (lines[2] ?? '').replace('operator-2', 'operator-9')),
			3,
			'was changed',
		],
		['a changed last line', (lines) => lines.with(4, (lines[4] ?? '').replace('operator-4', 'x')), 5, 'was changed'],
		['a changed first line', (lines) => lines.with(0, (lines[0] ?? '').replace('2026', '2025')), 1, 'was changed'],
		['a removed line', (lines) => lines.toSpliced(2, 1), 3, '1 entry is missing'],
		['several removed lines', (lines) => lines.toSpliced(1, 2), 2, '2 entries are missing'],
		['a removed first line', (lines) => lines.slice(1), 1, 'removal'],
		['a repeated line', (lines) => lines.toSpliced(2, 0, lines[1] ?? ''), 3, 'does not follow'],
		['an added line', (lines) => lines.toSpliced(2, 0, 'hello'), 3, 'is not an entry'],
		['a damaged line', (lines) => lines.with(2, (lines[2] ?? '').slice(9)), 3, 'is not an entry'],
		['an added line at the end', (lines) => [...lines, 'hello'], 6, 'is not an entry'],
	];

	it.each(edits)('when it is %s', async (_name, change, line, problem) => {
		await recordAll(...[0, 1, 2, 3, 4].map(closing));
		await editLines(change);
		expect(await problems()).toEqual([
			{ file: (await fileNames())[0], line, problem: expect.stringContaining(problem) },
		]);
	});

	it.each(edits)('and stays found when the service continues after %s', async (_name, change, line, problem) => {
		await recordAll(...[0, 1, 2, 3, 4].map(closing));
		await editLines(change);
		await recordAll(STOPPED, STOPPED);
		expect(await problems()).toContainEqual(
			expect.objectContaining({ line, problem: expect.stringContaining(problem) }),
		);
	});

	it('when it is any one byte, except the line feed at the end', async () => {
		await recordAll(...[0, 1, 2, 3, 4].map(closing));
		const path = await onlyFile();
		const text = await readFile(path);
		const change = fc.tuple(fc.nat(text.length - 2), fc.integer({ min: 1, max: 255 }));
		await fc.assert(
			fc.asyncProperty(change, async ([position, mask]) => {
				const changed = Buffer.from(text);
				changed[position] = (changed[position] ?? 0) ^ mask;
				await writeFile(path, changed);
				expect(await problems()).not.toEqual([]);
			}),
			{ numRuns: 500 },
		);
	});

	it('when it is a removed file', async () => {
		for (let day = 0; day < 3; day++) {
			await recordAll(closing(1), closing(2));
			clock.advance(DAY_MS);
		}
		const [, middle = '', last] = await fileNames();
		await rm(join(dir, middle));
		expect(await problems()).toEqual([
			{ file: last, line: 1, problem: expect.stringContaining('2 entries are missing') },
		]);
	});
});

describe('a trail that cannot be written', () => {
	it('drops and counts entries, reports it once a minute, and states the number in the next entry', async () => {
		await writeFile(dir, 'a file where the folder should be');
		const trail = createTrail();
		for (let second = 0; second < 90; second += 10) {
			trail.record(STOPPED);
			await trail.flush();
			clock.advance(10_000);
		}
		expect(error).toHaveBeenCalledTimes(2);
		await rm(dir);
		trail.record(closing(1));
		await trail.flush();
		const [missed, closed] = await entries();
		expect([missed?.event, missed?.facts]).toEqual(['audit:missed', { count: 9, since: '2026-01-01T00:00:00.000Z' }]);
		expect(closed?.event).toBe('operator:closed');
		expect(await problems()).toEqual([]);
	});

	it('counts the entries whose lock could not be taken', async () => {
		const lock = vi.fn((write: () => Promise<void>) => write());
		lock.mockRejectedValueOnce(new Error('locked'));
		const trail = createTrail(lock);
		trail.record(STOPPED);
		await trail.flush();
		trail.record(STOPPED);
		await trail.flush();
		expect(await events()).toEqual(['audit:missed', 'service:stopped']);
	});

	it.skipIf(process.getuid?.() === 0)('is not damaged while its file is read-only', async () => {
		await recordAll(STOPPED);
		await chmod(await onlyFile(), 0o400);
		await recordAll(STOPPED);
		expect(error).toHaveBeenCalledOnce();
		expect(await verifyTrail(dir)).toMatchObject({ problems: [], entries: 1 });
	});

	it('counts an event of a wrong form instead of throwing', async () => {
		await recordAll({ event: 'auth:success', keyName: 7 } as unknown as AuditEvent, STOPPED);
		expect(await events()).toEqual(['audit:missed', 'service:stopped']);
	});
});

describe('an empty trail', () => {
	it('is intact', async () => {
		expect(await verifyTrail(dir)).toMatchObject({ problems: [], entries: 0 });
		await mkdir(dir);
		await writeFile(join(dir, 'notes.txt'), 'not part of the trail');
		expect(await verifyTrail(dir)).toMatchObject({ problems: [], files: 0 });
	});
});

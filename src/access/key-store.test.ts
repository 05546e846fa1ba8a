import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { renameSync } from 'node:fs';
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchDataFile } from '../config/watch-data-file.ts';
import { CLOCK_STEPS_MS, FakeClock } from '../time/testing/fake-clock.ts';
import { KeyStore, type KeyStoreOptions } from './key-store.ts';

vi.mock('../config/watch-data-file.ts', { spy: true });

const HOUR_MS = 3_600_000;

let dataDir: string;
let path: string;
let clock: FakeClock;
let opened: KeyStore[];

beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'key-store-'));
	path = join(dataDir, 'keys.json');
	clock = new FakeClock();
	opened = [];
});

afterEach(async () => {
	await Promise.all(opened.map((store) => store.close()));
	await rm(dataDir, { recursive: true });
});

async function open(options: Partial<KeyStoreOptions> = {}): Promise<KeyStore> {
	const store = await KeyStore.open({ dataDir, clock, ...options });
	opened.push(store);
	return store;
}

const nextEvent = async (store: KeyStore, event: 'revoked' | 'changed' | 'damaged'): Promise<unknown> =>
	(await once(store, event, { signal: AbortSignal.timeout(20_000) }))[0];

const PLAIN = { name: 'Shop', environment: 'test' } as const;

describe('KeyStore', () => {
	it('is empty at first and writes no file until a key is created', async () => {
		expect((await open({ watch: true })).list()).toEqual([]);
		expect(await readdir(dataDir)).toEqual([]);
	});

	it('returns a key once and stores only its hash, readable only by the owner', async () => {
		const store = await open();
		const { key, record } = await store.create(PLAIN);
		expect(key).toMatch(/^ak_test_[A-Za-z0-9]{32}$/);
		expect(store.list()).toEqual([record]);
		const text = await readFile(path, 'utf8');
		expect(text).toContain(record.hash);
		expect(text).not.toContain(key.slice('ak_test_'.length));
		if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
	});

	it('keeps keys across a restart, in the order of creation', async () => {
		const first = await open();
		const created = [await first.create(PLAIN), await first.create({ ...PLAIN, name: 'Till' })];
		expect((await open()).list()).toEqual(created.map(({ record }) => record));
	});

	it('names the invalid field of a new key and writes nothing', async () => {
		const store = await open();
		await expect(store.create({ ...PLAIN, name: '' })).rejects.toMatchObject({
			error: 'INVALID_MESSAGE',
			details: { field: 'name' },
		});
		expect(await readdir(dataDir)).toEqual([]);
	});

	it('loses no key when two processes create keys at the same time', async () => {
		const store = await open();
		const other = promisify(execFile)(process.execPath, [
			'--input-type=module',
			'--eval',
			`import { KeyStore } from ${JSON.stringify(new URL('key-store.ts', import.meta.url).href)};
			import { systemClock } from ${JSON.stringify(new URL('../time/clock.ts', import.meta.url).href)};
			const store = await KeyStore.open({ dataDir: ${JSON.stringify(dataDir)}, clock: systemClock });
			for (let i = 0; i < 8; i++) await store.create({ name: 'There ' + i, environment: 'test' });`,
		]);
		// Begins once the other process has created its first key, so that the two overlap.
		await vi.waitFor(() => access(path), { timeout: 20_000 });
		for (let i = 0; i < 8; i++) await store.create({ ...PLAIN, name: `Here ${i}` });
		await other;
		const names = (await open()).list().map(({ name }) => name);
		expect(names.toSorted()).toEqual(
			['Here', 'There'].flatMap((place) => Array.from('01234567', (i) => `${place} ${i}`)),
		);
	});
});

describe('authentication', () => {
	it('returns the principal of the key', async () => {
		const store = await open();
		const { key, record } = await store.create(PLAIN);
		await store.create(PLAIN);
		expect(await store.authenticate(key, undefined)).toMatchObject({ keyId: record.id, sees: 'virtual' });
	});

	it.each([undefined, 42, '', 'ak_test_', 'ak_test_abcdefghijklmnopqrstuvwxyz012345'])('refuses %j', async (apiKey) => {
		const store = await open();
		await store.create(PLAIN);
		await expect(store.authenticate(apiKey, undefined)).rejects.toMatchObject({ error: 'INVALID_API_KEY' });
	});

	it('refuses a wrong origin, an expired and a revoked key, each with its own error', async () => {
		const store = await open();
		const origins = ['https://app.example'];
		const { key, record } = await store.create({ ...PLAIN, origins, expiresAt: clock.now() + 1_000 });
		await store.authenticate(key, 'https://app.example');
		await expect(store.authenticate(key, 'https://other.example')).rejects.toMatchObject({ error: 'UNAUTHORIZED' });
		clock.advance(1_000);
		await expect(store.authenticate(key, 'https://app.example')).rejects.toMatchObject({ error: 'TOKEN_EXPIRED' });
		await store.revoke(record.id);
		await expect(store.authenticate(key, 'https://app.example')).rejects.toMatchObject({ error: 'API_KEY_REVOKED' });
	});

	it('accepts a key that another process has just created, also without watching', async () => {
		const service = await open();
		const { key, record } = await (await open()).create(PLAIN);
		expect(await service.authenticate(key, undefined)).toMatchObject({ keyId: record.id });
	});

	it('accepts such a key also in the second of two parallel attempts', async () => {
		const service = await open();
		const { key, record } = await (await open()).create(PLAIN);
		const principals = await Promise.all([1, 2, 3].map(() => service.authenticate(key, undefined)));
		expect(principals.map(({ keyId }) => keyId)).toEqual(Array(3).fill(record.id));
	});

	it('stores the last use, at most once a minute', async () => {
		const store = await open();
		const { key } = await store.create(PLAIN);
		const uses: (string | undefined)[] = [];
		for (const waitMs of [0, 59_999, 1]) {
			clock.advance(waitMs);
			await store.authenticate(key, undefined);
			await store.close();
			uses.push((await open()).list()[0]?.lastUsedAt);
		}
		expect(uses).toEqual(['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', '2026-01-01T00:01:00.000Z']);
	});

	it.each(CLOCK_STEPS_MS)('stores the last use as often when the clock is set by %i ms', async (stepMs) => {
		const store = await open();
		const { key } = await store.create(PLAIN);
		await store.authenticate(key, undefined);
		clock.stepWallClock(stepMs);
		clock.advance(60_000);
		await store.authenticate(key, undefined);
		await store.close();
		const restarted = await open();
		expect(restarted.list()[0]?.lastUsedAt).toBe(new Date(clock.now()).toISOString());
		clock.stepWallClock(-stepMs);
		await restarted.authenticate(key, undefined);
		await restarted.close();
		expect((await open()).list()[0]?.lastUsedAt).toBe(new Date(clock.now()).toISOString());
	});

	it('accepts an expired key again when the clock is set back, and warns once for each time', async () => {
		const logger = { warn: vi.fn() };
		const store = await open({ logger });
		const { key, record } = await store.create({ ...PLAIN, expiresAt: clock.now() + HOUR_MS });
		await store.create({ ...PLAIN, expiresAt: clock.now() + 30 * HOUR_MS });
		for (const _ of [1, 2]) {
			clock.stepWallClock(7 * HOUR_MS);
			await expect(store.authenticate(key, undefined)).rejects.toMatchObject({ error: 'TOKEN_EXPIRED' });
			clock.stepWallClock(-7 * HOUR_MS);
			await store.authenticate(key, undefined);
			await store.authenticate(key, undefined);
		}
		expect(logger.warn).toHaveBeenCalledTimes(2);
		expect(logger.warn).toHaveBeenLastCalledWith(
			'The clock of this computer was set back, so expired keys are valid again: revoke them or correct the clock',
			{ keyIds: [record.id] },
		);
	});

	it('does not warn when the clock is set back a little or no key is concerned', async () => {
		const logger = { warn: vi.fn() };
		const store = await open({ logger });
		const { key } = await store.create({ ...PLAIN, expiresAt: clock.now() + 1_000 });
		clock.advance(2_000);
		clock.stepWallClock(-5_000);
		await store.authenticate(key, undefined);
		clock.stepWallClock(-7 * HOUR_MS);
		await store.authenticate(key, undefined);
		expect(logger.warn).not.toHaveBeenCalled();
	});

	it('continues when the last use cannot be stored, and logs it', async () => {
		const logger = { warn: vi.fn() };
		const store = await open({ logger });
		const { key, record } = await store.create(PLAIN);
		const { ino } = await stat(path);
		// A folder in place of the lock file, which can be neither created nor removed as a file.
		await mkdir(join(`${path}.lock`, 'full'), { recursive: true });
		expect(await store.authenticate(key, undefined)).toMatchObject({ keyId: record.id });
		await store.close();
		await rm(`${path}.lock`, { recursive: true });
		expect(logger.warn).toHaveBeenCalledExactlyOnceWith(
			'The last use of a key could not be stored',
			expect.objectContaining({ keyId: record.id }),
		);
		expect((await stat(path)).ino).toBe(ino);
	});
});

describe('revoke', () => {
	it('keeps the time of the first call when called twice, and emits one event', async () => {
		const store = await open();
		const revoked = vi.fn();
		store.on('revoked', revoked);
		const { record } = await store.create(PLAIN);
		const first = await store.revoke(record.id);
		expect(first).toEqual({ ...record, revokedAt: '2026-01-01T00:00:00.000Z' });
		clock.advance(1_000);
		expect(await store.revoke(record.id)).toEqual(first);
		expect(revoked).toHaveBeenCalledExactlyOnceWith(record.id);
	});

	it('refuses an unknown key and writes nothing', async () => {
		const store = await open();
		await expect(store.revoke('key-00000000')).rejects.toMatchObject({ error: 'RECORD_NOT_FOUND' });
		expect(await readdir(dataDir)).toEqual([]);
	});

	it('is noticed immediately when another process does it while the store watches', async () => {
		const { record } = await (await open()).create(PLAIN);
		const service = await open({ watch: true });
		const notified = nextEvent(service, 'revoked');
		await (await open()).revoke(record.id);
		expect(await notified).toBe(record.id);
		expect(service.list()[0]?.revokedAt).toBeDefined();
	});

	it('is noticed when another process does it just before the store begins to watch', async () => {
		await (await open()).create(PLAIN);
		vi.mocked(watchDataFile).mockImplementationOnce(() => {
			renameSync(path, join(dataDir, 'away.json'));
			return () => {};
		});
		expect((await open({ watch: true })).list()).toEqual([]);
	});

	it('is reported for a key that is deleted from the file', async () => {
		const { key, record } = await (await open()).create(PLAIN);
		const service = await open({ watch: true });
		const notified = nextEvent(service, 'revoked');
		await rename(path, join(dataDir, 'away.json'));
		expect(await notified).toBe(record.id);
		await expect(service.authenticate(key, undefined)).rejects.toMatchObject({ error: 'INVALID_API_KEY' });
	});

	it('is not reported after close', async () => {
		const { record } = await (await open()).create(PLAIN);
		const [service, otherStore] = [await open({ watch: true }), await open({ watch: true })];
		const revoked = vi.fn();
		service.on('revoked', revoked);
		await service.close();
		await service.close();
		const seen = nextEvent(otherStore, 'revoked');
		await (await open()).revoke(record.id);
		await seen;
		expect(revoked).not.toHaveBeenCalled();
	});
});

describe('rotate', () => {
	it('creates a key with the permissions of the old one, which is revoked in the same write', async () => {
		const store = await open();
		const first = await store.create({ ...PLAIN, permissions: ['device:read'], origins: ['https://app.example'] });
		await store.create({ ...PLAIN, name: 'Till' });
		const [revoked, changed] = [vi.fn(), vi.fn()];
		store.on('revoked', revoked).on('changed', changed);
		clock.advance(1_000);
		const { key, record } = await store.rotate(first.record.id);
		const revokedAt = '2026-01-01T00:00:01.000Z';
		expect(store.list()).toEqual([{ ...first.record, revokedAt }, expect.objectContaining({ name: 'Till' }), record]);
		expect(revoked).toHaveBeenCalledExactlyOnceWith(first.record.id);
		expect(changed).toHaveBeenCalledOnce();

		const admitted = { keyId: record.id, name: 'Shop', permissions: ['device:read'], sees: 'virtual' };
		expect(await store.authenticate(key, 'https://app.example')).toMatchObject(admitted);
		const late = store.authenticate(first.key, 'https://app.example');
		await expect(late).rejects.toMatchObject({ error: 'API_KEY_REVOKED' });
		expect((await open()).list()).toHaveLength(3);
	});

	it.each(['revoked', 'expired'])('refuses a key that is %s and writes nothing', async (state) => {
		const store = await open();
		const { record } = await store.create({ ...PLAIN, expiresAt: clock.now() + 1_000 });
		if (state === 'revoked') await store.revoke(record.id);
		else clock.advance(1_000);
		const text = await readFile(path, 'utf8');
		await expect(store.rotate(record.id)).rejects.toMatchObject({
			error: 'INVALID_MESSAGE',
			details: { field: 'id' },
		});
		expect(await readFile(path, 'utf8')).toBe(text);
	});

	it('refuses an unknown key and writes nothing', async () => {
		const store = await open();
		await expect(store.rotate('key-00000000')).rejects.toMatchObject({ error: 'RECORD_NOT_FOUND' });
		expect(await readdir(dataDir)).toEqual([]);
	});

	it('succeeds once when two processes rotate the same key at the same time', async () => {
		const [one, other] = [await open(), await open()];
		const { record } = await one.create(PLAIN);
		const results = await Promise.allSettled([one.rotate(record.id), other.rotate(record.id)]);
		expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
		expect((await open()).list()).toHaveLength(2);
	});
});

describe('rotate with an overlap', () => {
	const DAY_MS = 24 * HOUR_MS;

	it('keeps both keys valid until the overlap is over, also after a restart', async () => {
		const store = await open();
		const old = await store.create(PLAIN);
		const { key, record } = await store.rotate(old.record.id, 7 * DAY_MS);
		const retired = { ...old.record, expiresAt: '2026-01-08T00:00:00.000Z', replacedBy: record.id };
		expect(store.list()).toEqual([retired, record]);
		expect(record).not.toHaveProperty('expiresAt');
		const restarted = await open();
		expect(restarted.list()).toEqual([retired, record]);
		clock.advance(7 * DAY_MS - 1);
		await restarted.authenticate(old.key, undefined);
		await restarted.authenticate(key, undefined);
		clock.advance(1);
		await expect(restarted.authenticate(old.key, undefined)).rejects.toMatchObject({ error: 'TOKEN_EXPIRED' });
		await restarted.authenticate(key, undefined);
	});

	it('limits the old key for clients that are connected with it', async () => {
		const store = await open();
		const { key, record } = await store.create(PLAIN);
		const principal = await store.authenticate(key, undefined);
		expect(principal.expiresAt).toBeUndefined();
		await (await open()).rotate(record.id, DAY_MS);
		await store.authenticate(key, undefined);
		expect(principal.expiresAt).toBe(clock.now() + DAY_MS);
	});

	it('does not prolong a key that expires earlier', async () => {
		const store = await open();
		const { record } = await store.create({ ...PLAIN, expiresAt: clock.now() + HOUR_MS });
		const rotated = await store.rotate(record.id, DAY_MS);
		expect(store.list()[0]?.expiresAt).toBe(record.expiresAt);
		expect(rotated.record.expiresAt).toBe(record.expiresAt);
	});

	it('ends the old key together with the new one when that is revoked', async () => {
		const store = await open();
		const revoked: string[] = [];
		store.on('revoked', (id) => revoked.push(id));
		const first = await store.create(PLAIN);
		const second = await store.rotate(first.record.id, DAY_MS);
		const third = await store.rotate(second.record.id, DAY_MS);
		await store.revoke(third.record.id);
		expect(revoked).toEqual([first.record.id, second.record.id, third.record.id]);
		await expect(store.authenticate(first.key, undefined)).rejects.toMatchObject({ error: 'API_KEY_REVOKED' });
	});

	it('can be cut short by revoking the old key, and the new one stays valid', async () => {
		const store = await open();
		const old = await store.create(PLAIN);
		const { key } = await store.rotate(old.record.id, DAY_MS);
		await store.revoke(old.record.id);
		await expect(store.authenticate(old.key, undefined)).rejects.toMatchObject({ error: 'API_KEY_REVOKED' });
		await store.authenticate(key, undefined);
	});

	it('is over when the new key is rotated at once', async () => {
		const store = await open();
		const old = await store.create(PLAIN);
		const { record } = await store.rotate(old.record.id, DAY_MS);
		await store.rotate(record.id);
		await expect(store.authenticate(old.key, undefined)).rejects.toMatchObject({ error: 'API_KEY_REVOKED' });
	});

	it('is refused for a key that has a successor already', async () => {
		const store = await open();
		const old = await store.create(PLAIN);
		const { record } = await store.rotate(old.record.id, DAY_MS);
		await expect(store.rotate(old.record.id)).rejects.toMatchObject({
			error: 'INVALID_MESSAGE',
			message: `id names a key that ${record.id} has replaced: rotate that one`,
		});
	});

	it.each([-1, 30 * DAY_MS + 1, Number.NaN])('is refused with %d ms', async (overlapMs) => {
		const store = await open();
		const { record } = await store.create(PLAIN);
		await expect(store.rotate(record.id, overlapMs)).rejects.toMatchObject({
			error: 'INVALID_MESSAGE',
			message: 'overlapMs must be 0 to 30 days in ms',
			details: { field: 'overlapMs' },
		});
	});
});

describe('the event `changed`', () => {
	it('is emitted once, also when no key is revoked', async () => {
		const store = await open();
		const changed = vi.fn();
		store.on('changed', changed);
		const { key, record } = await store.create(PLAIN);
		await store.authenticate(key, undefined);
		await store.close();
		await store.revoke(record.id);
		expect(changed).toHaveBeenCalledTimes(3);
	});

	it('is not emitted when nothing has changed', async () => {
		const store = await open();
		const { record } = await store.create(PLAIN);
		await store.revoke(record.id);
		const changed = vi.fn();
		store.on('changed', changed);
		await store.revoke(record.id);
		await writeFile(path, await readFile(path, 'utf8'));
		await expect(store.authenticate('ak_test_'.padEnd(40, 'x'), undefined)).rejects.toThrow();
		expect(changed).not.toHaveBeenCalled();
	});

	it('is emitted immediately after a change by another process when watching', async () => {
		const service = await open({ watch: true });
		const notified = nextEvent(service, 'changed');
		const { record } = await (await open()).create(PLAIN);
		await notified;
		expect(service.list()).toEqual([record]);
	});
});

describe('a damaged keys.json', () => {
	it.each([
		['', undefined],
		['{"version":1,"keys":[', undefined],
		['[]', 'the file'],
		['{"version":2,"keys":[]}', 'version'],
		['{"version":1}', 'keys'],
		['{"version":1,"keys":[{"id":"key-1"}]}', 'keys.0.id'],
	])('holding %j prevents opening and is not changed', async (text, field) => {
		await writeFile(path, text);
		await expect(open()).rejects.toMatchObject({
			error: 'CONFIGURATION_ERROR',
			message: expect.stringContaining(path),
			details: field === undefined ? { file: path } : { file: path, field },
		});
		expect(await readFile(path, 'utf8')).toBe(text);
	});

	it('keeps the last valid keys, is reported once, and is not overwritten', async () => {
		const { key, record } = await (await open()).create(PLAIN);
		const service = await open({ watch: true });
		const damaged = vi.fn();
		service.on('damaged', damaged);
		await service.authenticate(key, undefined);
		await service.close();
		await writeFile(path, '{"version":1,');

		expect(await service.authenticate(key, undefined)).toMatchObject({ keyId: record.id });
		await service.authenticate(key, undefined);
		await expect(service.create(PLAIN)).rejects.toMatchObject({
			error: 'CONFIGURATION_ERROR',
			details: { file: path },
		});
		await expect(service.revoke(record.id)).rejects.toMatchObject({ error: 'CONFIGURATION_ERROR' });
		expect(await readFile(path, 'utf8')).toBe('{"version":1,');
		expect(damaged).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ error: 'CONFIGURATION_ERROR' }));
	});

	it('is reported when watching, and its repair is noticed', async () => {
		const { record } = await (await open()).create(PLAIN);
		const good = await readFile(path, 'utf8');
		const service = await open({ watch: true });
		const damaged = nextEvent(service, 'damaged');
		await writeFile(path, 'x');
		expect(await damaged).toMatchObject({ error: 'CONFIGURATION_ERROR' });
		const revoked = nextEvent(service, 'revoked');
		await writeFile(path, good.replace('"createdAt"', '"revokedAt": "2026-01-01T00:00:00Z",\n"createdAt"'));
		expect(await revoked).toBe(record.id);
	});
});

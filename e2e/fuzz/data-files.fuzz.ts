import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AdminTokens } from '../../src/access/admin-tokens.ts';
import { apiKeyRecordSchema } from '../../src/access/key-record.ts';
import { KeyStore } from '../../src/access/key-store.ts';
import { loadSettings } from '../../src/config/settings.ts';
import { writeSettings } from '../../src/config/settings-editor.ts';
import { settingsSchema } from '../../src/config/settings-schema.ts';
import { DeviceIds } from '../../src/devices/device-ids.ts';
import { silentLogger } from '../../src/log/silent-logger.ts';
import { ServiceError } from '../../src/protocol/errors.ts';
import { systemClock } from '../../src/time/clock.ts';
import { mutatedJson, toNode } from './support/json-text.ts';
import { runFuzz } from './support/run-fuzz.ts';
import { arbitraryOf } from './support/schema-arbitrary.ts';

/* Damaged files of the data folder: each is read, or refused with its name and left as it is. A file that is read can be changed. */

/** Share of the cases that also write the file, which takes longer than reading it. */
const WRITING_SHARE = 20;

let dataDir: string;

beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'fingerprint-fuzz-'));
});

afterEach(async () => {
	await rm(dataDir, { recursive: true });
	expect({}, 'a file has changed all objects').not.toHaveProperty('polluted');
});

const digits = (alphabet: string, length: number) =>
	fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length });
const time = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
const originList = fc.array(fc.constantFrom('https://app.example', 'http://localhost:3000', 'https://*.app.example'), {
	minLength: 1,
	maxLength: 3,
});

const settingsFile = arbitraryOf(settingsSchema, {
	host: fc.constantFrom('localhost', '::1', '127.0.0.1'),
	allowedHosts: fc.constant(['kiosk.example']),
	allowedOrigins: originList,
	blockedOrigins: originList,
	readers: fc.constantFrom([], ['10c4:ea80']),
	libraryPath: fc.constantFrom('', '/opt/libzkfp.so'),
});

const keyRecord = arbitraryOf(apiKeyRecordSchema, {
	id: digits('abc0', 8).map((id) => `key-${id}`),
	name: fc.constantFrom('page', 'Seite ä', 'x'.repeat(100)),
	hash: digits('0123456789abcdef', 64),
	origins: originList,
	createdAt: time,
	expiresAt: time,
	lastUsedAt: time,
	revokedAt: time,
});

const keysFile = fc.array(keyRecord, { maxLength: 3 }).map((keys) => ({ version: 1, keys }));

const devicesFile = fc
	.array(
		fc.record({
			id: fc.nat({ max: 2_000 }).map((number) => `device-${String(number).padStart(3, '0')}`),
			driver: fc.constantFrom('virtual', 'hid', '__proto__'),
			serialNumber: fc.string({ minLength: 1, maxLength: 10 }),
		}),
		{ maxLength: 4 },
	)
	.map((devices) => ({ devices }));

interface DataFile {
	readonly part: 'settings' | 'keys' | 'devices';
	readonly name: string;
	readonly valid: fc.Arbitrary<unknown>;
	/** Reads the file and checks the result. */
	readonly read: () => Promise<unknown>;
	/** Changes the file after it was read, and reads it again. */
	readonly change: () => Promise<unknown>;
}

const FILES: readonly DataFile[] = [
	{
		part: 'settings',
		name: 'settings.json',
		valid: settingsFile,
		read: readSettings,
		change: async () => {
			const before = await readSettings();
			await writeSettings({ dataDir, env: {}, values: { 'server.port': 9_000, 'scans.perMinute': null } });
			const after = await readSettings();
			expect(after).toEqual({ ...before, scans: after.scans, server: { ...before.server, port: 9_000 } });
		},
	},
	{
		part: 'keys',
		name: 'keys.json',
		valid: keysFile,
		read: async () => {
			const keys = await KeyStore.open({ dataDir, clock: systemClock });
			await expect(keys.authenticate(`ak_test_${'A'.repeat(32)}`, undefined)).rejects.toThrow(ServiceError);
			await keys.close();
		},
		change: async () => {
			const keys = await KeyStore.open({ dataDir, clock: systemClock });
			const before = keys.list();
			const { key, record } = await keys.create({ name: 'fuzz', environment: 'test' });
			const again = await KeyStore.open({ dataDir, clock: systemClock });
			expect(again.list()).toEqual([...before, record]);
			expect(await again.authenticate(key, undefined)).toMatchObject({ keyId: record.id });
			await again.close();
		},
	},
	{
		part: 'devices',
		name: 'devices.json',
		valid: devicesFile,
		read: () => DeviceIds.open({ dataDir, logger: silentLogger }),
		change: async () => {
			const ids = await DeviceIds.open({ dataDir, logger: silentLogger });
			const identity = { driver: 'fuzz', serialNumber: 'new' };
			const id = ids.idOf(identity);
			await ids.flush();
			const again = await DeviceIds.open({ dataDir, logger: silentLogger });
			expect(again.find(id)).toEqual(identity);
		},
	},
];

it.each(FILES)('reads a damaged $name, or refuses it with its name', async ({ part, name, valid, read, change }) => {
	const file = join(dataDir, name);
	const input = fc.tuple(mutatedJson(valid.map(toNode)), fc.nat({ max: WRITING_SHARE - 1 }));
	const check = async ([text, number]: [string, number]) => {
		const content = Buffer.from(text);
		await writeFile(file, content);
		const isRead = await refusedOr(file, read);
		expect(Buffer.compare(await readFile(file), content), 'reading has changed the file').toBe(0);
		if (isRead && number === 0) await change();
	};
	await runFuzz(part, input, check);
});

it('reads a damaged secret, or refuses it with its name', async () => {
	const file = join(dataDir, 'secret');
	const valid = digits('abcXYZ019-_', 43).map((text) => `${text}\n`);
	const input = fc.oneof(
		valid,
		fc.string({ unit: 'binary', maxLength: 60 }),
		valid.map((text) => text.slice(9)),
	);
	const check = async (text: string) => {
		await writeFile(file, text);
		await refusedOr(file, async () => {
			const tokens = await AdminTokens.open({ dataDir, clock: systemClock });
			expect(await tokens.verify(await tokens.issue())).toMatchObject({ kind: 'admin' });
		});
		expect(await readFile(file, 'utf8')).toBe(text.toWellFormed());
	};
	await runFuzz('secrets', input, check);
});

async function readSettings() {
	const { settings, warnings } = await loadSettings({ dataDir, env: {} });
	expect(settingsSchema.parse(settings)).toEqual(settings);
	for (const warning of warnings) expect(warning).toContain('settings.json');
	return settings;
}

/** Returns whether the file was read; it is refused otherwise. @throws whatever is not a refusal that names the file */
async function refusedOr(file: string, read: () => Promise<unknown>): Promise<boolean> {
	try {
		await read();
		return true;
	} catch (thrown) {
		if (!(thrown instanceof ServiceError)) throw thrown;
		expect(thrown.error).toBe('CONFIGURATION_ERROR');
		expect(thrown.message).toContain(file);
		return false;
	}
}

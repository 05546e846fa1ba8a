import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSettings } from './settings.ts';
import { readSettingValues, writeSettings } from './settings-editor.ts';
import { SETTINGS } from './settings-schema.ts';
import type { SettingsFlags } from './settings-sources.ts';

let dataDir: string;
let file: string;

beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'settings-editor-'));
	file = join(dataDir, 'settings.json');
});

afterEach(() => rm(dataDir, { recursive: true }));

const read = (env: NodeJS.ProcessEnv = {}, flags: SettingsFlags = {}) => readSettingValues({ dataDir, env, flags });

const write = (values: Record<string, unknown>, env: NodeJS.ProcessEnv = {}, flags: SettingsFlags = {}) =>
	writeSettings({ dataDir, env, flags, values });

const text = () => readFile(file, 'utf8');

describe('the values of the settings', () => {
	it('are the defaults, in the order of the schema, without any source', async () => {
		const values = await read();
		expect(values).toEqual(SETTINGS.map((setting) => ({ ...setting, value: setting.fallback, source: 'default' })));
		expect(await readdir(dataDir)).toEqual([]);
	});

	it('come with the source that overrides the others', async () => {
		await writeFile(file, '{"server":{"port":1,"maxConnections":1,"authTimeoutMs":100},"log":{"level":"warn"}}');
		const env = { FINGERPRINT_SERVER_PORT: '2', FINGERPRINT_SERVER_MAX_CONNECTIONS: '2' };
		const values = await read(env, { server: { port: '3', host: undefined } });
		const given = values.filter(({ source }) => source !== 'default');
		expect(given.map(({ field, value, source }) => [field, value, source])).toEqual([
			['server.port', 3, 'flag'],
			['server.maxConnections', 2, 'environment'],
			['server.authTimeoutMs', 100, 'file'],
			['log.level', 'warn', 'file'],
		]);
	});

	it('equal those that the service runs with', async () => {
		await writeFile(file, '{"server":{"allowedOrigins":["https://a.example"]},"window":{"theme":"dark"}}');
		const env = { FINGERPRINT_VIRTUAL_ENABLED: '0' };
		const { settings } = await loadSettings({ dataDir, env });
		for (const { section, name, value } of await read(env)) expect(Object(settings)[section][name]).toEqual(value);
	});

	it('cannot be read from a damaged file', async () => {
		await writeFile(file, '{"server":{"port":"x"}}');
		await expect(read()).rejects.toMatchObject({
			error: 'CONFIGURATION_ERROR',
			details: { file, field: 'server.port' },
		});
	});
});

describe('writing settings', () => {
	it('creates the file, accessible only to its owner', async () => {
		await write({ 'window.theme': 'dark', 'server.port': 81, 'server.blockedOrigins': ['https://a.example'] });
		expect(await text()).toBe(
			'{\n\t"window": {\n\t\t"theme": "dark"\n\t},\n\t"server": {\n\t\t"port": 81,\n\t\t"blockedOrigins": [\n\t\t\t"https://a.example"\n\t\t]\n\t}\n}\n',
		);
		expect(await readdir(dataDir)).toEqual(['settings.json']);
		if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
	});

	it('accepts the default of each setting', async () => {
		const values = Object.fromEntries(SETTINGS.map(({ field, fallback }) => [field, fallback]));
		await write(values);
		const written = await read();
		expect(written.map(({ field, value, source }) => [field, value, source])).toEqual(
			Object.entries(values).map(([field, value]) => [field, value, 'file']),
		);
	});

	it('keeps the rest of the file and its indent', async () => {
		const before =
			'{\n  "$schema": "x",\n  "server": {\n    "port": 1,\n    "quic": true,\n    "maxConnections": 5\n  },\n  "cloud": {\n    "__proto__": 1,\n    "url": null\n  }\n}\n';
		await writeFile(file, before);
		await write({ 'server.port': 2 });
		expect(await text()).toBe(before.replace('"port": 1', '"port": 2'));
	});

	it('removes an entry with null, and a section with its last entry', async () => {
		await writeFile(file, '{"server":{"port":1,"host":"::1"},"log":{"level":"warn"},"cloud":{}}');
		await write({ 'server.port': null, 'log.level': null, 'virtual.enabled': null });
		expect(JSON.parse(await text())).toEqual({ server: { host: '::1' }, cloud: {} });
	});

	it('loses no change when several are made at the same time', async () => {
		const writes = SETTINGS.filter(({ kind }) => kind === 'number').map(({ field, fallback }) => [field, fallback]);
		await Promise.all(writes.map(([field, value]) => write({ [String(field)]: value })));
		const inFile = (await read()).filter(({ source }) => source === 'file');
		expect(inFile.map(({ field, value }) => [field, value])).toEqual(writes);
	});
});

describe('a refused change of settings', () => {
	const PORT = 'allowed: a whole number from 0 to 65535';

	it.each([
		['server.port', 65_536, PORT],
		['server.port', '81', PORT],
		['server.port', undefined, PORT],
		['log.level', 'silly', 'allowed: one of error, warn, info, debug'],
		[
			'server.allowedOrigins',
			['*'],
			'allowed: a list of origins without a path, such as https://app.example or https://*.app.example; no wildcard for a public suffix such as com or github.io',
		],
		['virtual.enabled', 1, 'allowed: true or false'],
		['server.prot', 1, 'no setting has this name'],
		['server', {}, 'no setting has this name'],
		['__proto__', null, 'no setting has this name'],
		['__proto__.port', 1, 'no setting has this name'],
		['constructor', 1, 'no setting has this name'],
		['', null, 'no setting has this name'],
	])('of %s to %j reports why', async (field, value, reason) => {
		const values = Object.fromEntries([[field, value]]);
		await expect(write(values)).rejects.toMatchObject({
			error: 'CONFIGURATION_ERROR',
			message: `${field} cannot be changed to ${JSON.stringify(value)}: ${reason}`,
			details: { field, fields: Object.fromEntries([[field, reason]]) },
		});
		expect(await readdir(dataDir)).toEqual([]);
	});

	it('names every field and writes nothing', async () => {
		await writeFile(file, '{"server":{"port":1}}');
		const change = write({ 'log.level': 'warn', 'server.port': -1, 'server.prot': 1, 'virtual.enabled': 'yes' });
		await expect(change).rejects.toMatchObject({
			details: {
				field: 'server.port',
				fields: {
					'server.port': PORT,
					'server.prot': 'no setting has this name',
					'virtual.enabled': 'allowed: true or false',
				},
			},
		});
		expect(await text()).toBe('{"server":{"port":1}}');
		expect(await readdir(dataDir)).toEqual(['settings.json']);
	});

	it.each([81, null])('to %j names the source that overrides the file', async (value) => {
		const change = write(
			{ 'server.port': value, 'log.level': value },
			{ FINGERPRINT_SERVER_PORT: '1' },
			{
				log: { level: 'warn' },
			},
		);
		await expect(change).rejects.toMatchObject({
			details: {
				field: 'server.port',
				fields: {
					'server.port':
						'Environment variable FINGERPRINT_SERVER_PORT sets it and overrides settings.json; change it there',
					'log.level': 'Command line sets it and overrides settings.json; change it there',
				},
			},
		});
		expect(await readdir(dataDir)).toEqual([]);
	});

	it.each([
		['{"server":', undefined],
		['[]', undefined],
		['{"server":null}', 'server'],
		['{"server":{"port":"x"}}', 'server.port'],
	])('of a file that contains %s leaves the file unchanged', async (damaged, field) => {
		await writeFile(file, damaged);
		await expect(write({ 'log.level': 'warn' })).rejects.toMatchObject({
			error: 'CONFIGURATION_ERROR',
			message: expect.stringContaining(file),
			details: field === undefined ? { file } : { file, field },
		});
		expect(await text()).toBe(damaged);
	});
});

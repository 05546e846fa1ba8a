import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSettings, type Settings } from './settings.ts';
import { SETTINGS } from './settings-schema.ts';
import type { SettingsFlags } from './settings-sources.ts';

const DEFAULTS: Settings = {
	server: {
		host: 'localhost',
		port: 8080,
		allowedHosts: [],
		allowedOrigins: [],
		blockedOrigins: [],
		maxConnections: 256,
		maxUnauthenticated: 16,
		messagesPerSecond: 5_000,
		authTimeoutMs: 10_000,
		pingIntervalMs: 30_000,
		pongTimeoutMs: 60_000,
	},
	scans: { perMinute: 10 },
	virtual: { enabled: true, autoTouch: true, touchDelayMs: 700 },
	hid: { enabled: true, readers: [] },
	zkfinger: { enabled: true, libraryPath: '' },
	log: { level: 'info' },
	window: { language: 'system', theme: 'system' },
	desktop: { startAtLogin: true },
};

let dataDir: string;
let file: string;

beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'settings-'));
	file = join(dataDir, 'settings.json');
});

afterEach(() => rm(dataDir, { recursive: true }));

const load = (env: NodeJS.ProcessEnv = {}, flags: SettingsFlags = {}) => loadSettings({ dataDir, env, flags });

async function loadWithFile(content: unknown) {
	await writeFile(file, JSON.stringify(content));
	return load();
}

describe('settings', () => {
	it('are the defaults without any source, and loading writes nothing', async () => {
		expect(await load()).toEqual({ settings: DEFAULTS, warnings: [] });
		expect(await readdir(dataDir)).toEqual([]);
	});

	it('come from the file, overridden by the environment, overridden by flags', async () => {
		await writeFile(file, '{"server":{"port":1,"maxConnections":1,"authTimeoutMs":100},"log":{"level":"warn"}}');
		const env = { FINGERPRINT_SERVER_PORT: '2', FINGERPRINT_SERVER_MAX_CONNECTIONS: '2' };
		const { settings } = await load(env, { server: { port: 3, host: undefined } });
		expect(settings).toEqual({
			...DEFAULTS,
			server: { ...DEFAULTS.server, port: 3, maxConnections: 2, authTimeoutMs: 100 },
			log: { level: 'warn' },
		});
	});

	it('can each be set by their environment variable', async () => {
		const texts: Record<string, string> = {
			boolean: 'false',
			number: '77',
			string: 'debug',
			object: 'https://a.example',
			allowedHosts: 'a.example',
			readers: '10c4:ea80=ignore',
			libraryPath: '/opt/zkfinger/libzkfp.so',
			language: 'id',
			theme: 'dark',
		};
		for (const { variable, section, name, fallback } of SETTINGS) {
			const text = texts[name] ?? texts[typeof fallback] ?? '';
			const { settings, warnings } = await load({ [variable]: text });
			expect(warnings).toEqual([]);
			expect(Object(settings)[section]).not.toEqual(Object(DEFAULTS)[section]);
			expect(String(Object(settings)[section][name])).toBe(text);
		}
	});
});

describe('the environment', () => {
	it.each([
		['FINGERPRINT_VIRTUAL_AUTO_TOUCH', 'false', { virtual: { autoTouch: false } }],
		['FINGERPRINT_VIRTUAL_AUTOTOUCH', '0', { virtual: { autoTouch: false } }],
		['fingerprint_virtual_enabled', 'false', { virtual: { enabled: false } }],
		['FINGERPRINT_SERVER_PORT', '0', { server: { port: 0 } }],
		['FINGERPRINT_SERVER_PORT', '65535', { server: { port: 65_535 } }],
		['FINGERPRINT_SERVER_HOST', '::1', { server: { host: '::1' } }],
		['FINGERPRINT_SERVER_ALLOWEDORIGINS', '', { server: { allowedOrigins: [] } }],
		[
			'FINGERPRINT_SERVER_ALLOWED_ORIGINS',
			'https://a.example, http://b.example:81,',
			{ server: { allowedOrigins: ['https://a.example', 'http://b.example:81'] } },
		],
		[
			'FINGERPRINT_HID_READERS',
			'10c4:ea80=cp2110, 1a86:e429:ffa0=ch9329',
			{ hid: { readers: ['10c4:ea80=cp2110', '1a86:e429:ffa0=ch9329'] } },
		],
	])('%s=%s is accepted', async (variable, text, expected) => {
		expect(await load({ [variable]: text })).toMatchObject({ settings: expected, warnings: [] });
	});

	it.each([
		['FINGERPRINT_SERVER_PORT', '65536', 'server.port'],
		['FINGERPRINT_SERVER_PORT', '-1', 'server.port'],
		['FINGERPRINT_SERVER_PORT', '80.5', 'server.port'],
		['FINGERPRINT_SERVER_PORT', '0x50', 'server.port'],
		['FINGERPRINT_SERVER_PORT', '', 'server.port'],
		['FINGERPRINT_SERVER_PORT', '99999999999999999999', 'server.port'],
		['FINGERPRINT_SERVER_HOST', 'http://localhost', 'server.host'],
		['FINGERPRINT_SERVER_ALLOWED_HOSTS', 'a.example,b example', 'server.allowedHosts'],
		['FINGERPRINT_SERVER_ALLOWED_ORIGINS', 'https://a.example,*', 'server.allowedOrigins'],
		['FINGERPRINT_SERVER_ALLOWED_ORIGINS', 'https://*.com', 'server.allowedOrigins'],
		['FINGERPRINT_VIRTUAL_ENABLED', 'yes', 'virtual.enabled'],
		['FINGERPRINT_VIRTUAL_ENABLED', 'constructor', 'virtual.enabled'],
		['FINGERPRINT_HID_READERS', '10c4:ea80=cp2110,10c4:ea80', 'hid.readers'],
		['FINGERPRINT_ZKFINGER_LIBRARY_PATH', 'libzkfp.so', 'zkfinger.libraryPath'],
		['FINGERPRINT_LOG_LEVEL', 'verbose', 'log.level'],
	])('%s=%s is refused with variable and field', async (variable, text, field) => {
		const allowed = SETTINGS.find((setting) => setting.field === field)?.allowed;
		const refused = expect(load({ [variable]: text })).rejects;
		await refused.toMatchObject({ error: 'CONFIGURATION_ERROR', details: { field } });
		await refused.toThrow(`Environment variable ${variable}: ${field} is `);
		await refused.toThrow(`; allowed: ${allowed}`);
	});

	it.each(['FINGERPRINT_DATADIR', 'fingerprint_data_dir', 'FINGERPRINT_Key'])(
		'%s is not mistaken for a variable of the command line',
		async (variable) => {
			expect(await load({ [variable]: '/data' })).toMatchObject({
				warnings: [`Environment variable ${variable} is not a setting and is ignored`],
			});
		},
	);

	it('shows the refused value', async () => {
		await expect(load({ FINGERPRINT_SERVER_PORT: '65536' })).rejects.toThrow(
			'Environment variable FINGERPRINT_SERVER_PORT: server.port is 65536; allowed: a whole number from 0 to 65535',
		);
	});

	it('warns about variables that name no setting, without showing their values', async () => {
		const { settings, warnings } = await load({
			FINGERPRINT_SERVER_PROT: 'ak_live_secret',
			FINGERPRINT_DATA_DIR: '/data',
			FINGERPRINT_KEY: 'ak_live_secret',
			PATH: '/bin',
		});
		expect(settings).toEqual(DEFAULTS);
		expect(warnings).toEqual(['Environment variable FINGERPRINT_SERVER_PROT is not a setting and is ignored']);
	});
});

describe('flags', () => {
	it('are parsed when they are text, as typed by the operator', async () => {
		const flags = { server: { port: '81', allowedOrigins: 'https://a.example' }, virtual: { enabled: false } };
		expect((await load({}, flags)).settings).toMatchObject({
			server: { port: 81, allowedOrigins: ['https://a.example'] },
			virtual: { enabled: false },
		});
	});

	it('are refused with the field', async () => {
		await expect(load({}, { server: { port: 'http' } })).rejects.toMatchObject({
			error: 'CONFIGURATION_ERROR',
			message: 'Command line: server.port is "http"; allowed: a whole number from 0 to 65535',
			details: { field: 'server.port' },
		});
	});
});

describe('the settings file', () => {
	it('is accepted with entries of a newer version, which are ignored with a warning', async () => {
		const content = { $schema: 'x', server: { port: 81, quic: true }, cloud: { url: 'x' } };
		const { settings, warnings } = await loadWithFile(content);
		expect(settings).toEqual({ ...DEFAULTS, server: { ...DEFAULTS.server, port: 81 } });
		expect(warnings).toEqual([
			`${file}: $schema is not a setting and is ignored`,
			`${file}: server.quic is not a setting and is ignored`,
			`${file}: cloud is not a setting and is ignored`,
		]);
	});

	it.each([
		['{"server":{"port":8080', undefined],
		['', undefined],
		['[]', undefined],
		['null', undefined],
		['{"server":8080}', 'server'],
		['{"server":{"port":"8080"}}', 'server.port'],
		['{"server":{"port":65536}}', 'server.port'],
		['{"server":{"port":null}}', 'server.port'],
		['{"server":{"allowedOrigins":"https://a.example"}}', 'server.allowedOrigins'],
		['{"server":{"allowedOrigins":["https://a.example/"]}}', 'server.allowedOrigins'],
		['{"server":{"blockedOrigins":["https://*.co.uk"]}}', 'server.blockedOrigins'],
		['{"virtual":{"touchDelayMs":-1}}', 'virtual.touchDelayMs'],
		['{"scans":{"perMinute":0}}', 'scans.perMinute'],
		['{"log":{"level":"silly"}}', 'log.level'],
	])('that contains %s stops the start and is not changed', async (text, field) => {
		await writeFile(file, text);
		await expect(load({ FINGERPRINT_SERVER_PORT: '1' })).rejects.toMatchObject({
			error: 'CONFIGURATION_ERROR',
			message: expect.stringContaining(file),
			details: field === undefined ? { file } : { file, field },
		});
		expect(await readFile(file, 'utf8')).toBe(text);
	});
});

import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { OriginDecisions } from '../access/origin-decisions.ts';
import { FakeClock } from '../time/testing/fake-clock.ts';
import { SettingsService } from './settings-service.ts';

const APP = 'https://app.example';
const OTHER = 'https://other.example';

/** Creates a settings service; `write` edits the file by hand. */
async function openSettings({ isDesktop = false, ownPort = 0 } = {}) {
	const dataDir = await mkdtemp(join(tmpdir(), 'settings-service-'));
	onTestFinished(() => rm(dataDir, { recursive: true }));
	const path = join(dataDir, 'settings.json');
	const origins = new OriginDecisions({ allowed: [], blocked: [] }, new FakeClock());
	const settings = new SettingsService({
		sources: { dataDir, env: {} },
		origins,
		isDesktop,
		ownPort: () => ownPort,
	});
	await settings.refresh();
	return { settings, origins, write: (text: string) => writeFile(path, text), read: () => readFile(path, 'utf8') };
}

describe('a decision about an origin', () => {
	it('keeps origins that were added to the file by hand', async () => {
		const { settings, origins, write, read } = await openSettings();
		await write(JSON.stringify({ server: { allowedOrigins: [OTHER] } }));
		await settings.decide(APP, 'allow');
		expect(JSON.parse(await read())).toEqual({ server: { allowedOrigins: [OTHER, APP] } });
		expect(origins.allowed).toEqual([OTHER, APP]);
	});

	it('is refused when the file cannot be read, and changes nothing', async () => {
		const { settings, origins, write, read } = await openSettings();
		await settings.decide(OTHER, 'allow');
		await write('{"damaged');
		await expect(settings.decide(APP, 'allow')).rejects.toMatchObject({ error: 'CONFIGURATION_ERROR' });
		expect(await read()).toBe('{"damaged');
		expect(origins.allowed).toEqual([OTHER]);
	});
});

describe('settings that can no longer be read', () => {
	it('are replaced by the problem', async () => {
		const { settings, write } = await openSettings();
		settings.noteApplied();
		await write('{"damaged');
		await settings.refresh();
		expect(settings.view()).toMatchObject({ settings: [], pending: [], problem: { error: 'CONFIGURATION_ERROR' } });
		await write('{"scans":{"perMinute":7}}');
		await settings.refresh();
		expect(settings.view()).toMatchObject({ pending: ['scans.perMinute'] });
		expect(settings.view()).not.toHaveProperty('problem');
	});
});

describe('a new address', () => {
	it('is refused when another program uses the port, and nothing is saved', async () => {
		const blocker = createServer().listen(0, '127.0.0.1');
		onTestFinished(() => void blocker.close());
		await once(blocker, 'listening');
		const { port } = blocker.address() as AddressInfo;
		const { settings, read } = await openSettings();
		await expect(settings.write({ values: { 'server.port': port, 'scans.perMinute': 7 } })).rejects.toMatchObject({
			error: 'CONFIGURATION_ERROR',
			message: expect.stringMatching(new RegExp(`^server.port cannot be changed to ${port}: Port ${port} is taken`)),
			details: { field: 'server.port', fields: { 'server.port': expect.any(String) }, reason: 'address' },
		});
		await expect(read()).rejects.toThrow('ENOENT');
	});

	it('may keep the port of this service, and names a host that does not belong to this machine', async () => {
		const blocker = createServer().listen(0, '127.0.0.1');
		onTestFinished(() => void blocker.close());
		await once(blocker, 'listening');
		const { port } = blocker.address() as AddressInfo;
		const { settings, read } = await openSettings({ ownPort: port });
		await settings.write({ values: { 'server.port': port } });
		await expect(settings.write({ values: { 'server.host': '192.0.2.1' } })).rejects.toMatchObject({
			details: { field: 'server.host', reason: 'address' },
		});
		expect(JSON.parse(await read())).toEqual({ server: { port } });
	});

	it('that is not allowed is reported as such', async () => {
		const { settings } = await openSettings();
		await expect(settings.write({ values: { 'server.port': 70_000 } })).rejects.toThrow('from 0 to 65535');
	});
});

describe('a value that another window has changed', () => {
	it('is not overwritten, and the new value is shown', async () => {
		const { settings, read, write } = await openSettings();
		const change = (value: number, replaced: number) =>
			settings.write({ values: { 'scans.perMinute': value }, replaces: { 'scans.perMinute': replaced } });
		await change(20, 10);
		await write('{"scans":{"perMinute":30}}');
		await expect(change(40, 20)).rejects.toMatchObject({
			error: 'CONFIGURATION_ERROR',
			message: 'scans.perMinute cannot be changed to 40: it was changed to 30 in the meantime',
			details: {
				field: 'scans.perMinute',
				fields: { 'scans.perMinute': 'it was changed to 30 in the meantime' },
				reason: 'changed',
			},
		});
		expect(settings.view().settings.find(({ field }) => field === 'scans.perMinute')).toMatchObject({ value: 30 });
		await change(40, 30);
		expect(JSON.parse(await read())).toEqual({ scans: { perMinute: 40 } });
	});

	it('does not prevent a change of another setting', async () => {
		const { settings, write } = await openSettings();
		await write('{"scans":{"perMinute":30}}');
		await settings.write({
			values: { 'log.level': 'debug' },
			replaces: { 'log.level': 'info', 'scans.perMinute': 10 },
		});
	});
});

describe('a changed port', () => {
	it.each([
		[true, 'service-start', []],
		[false, 'program-start', ['server.port']],
	])('with isDesktop %s takes effect at %s', async (isDesktop, effect, pendingAfterRestart) => {
		const { settings, write } = await openSettings({ isDesktop });
		settings.noteApplied();
		await write('{"server":{"port":8081}}');
		await settings.refresh();
		expect(settings.view().pending).toEqual(['server.port']);
		expect(settings.view().settings.find(({ field }) => field === 'server.port')).toMatchObject({ effect });
		settings.noteApplied();
		expect(settings.view().pending).toEqual(pendingAfterRestart);
	});
});

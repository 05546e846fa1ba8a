import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { OriginDecisions } from '../access/origin-decisions.ts';
import { FakeClock } from '../time/testing/fake-clock.ts';
import { SettingsService } from './settings-service.ts';

const APP = 'https://app.example';
const OTHER = 'https://other.example';

/** Creates a settings service; `write` edits the file by hand. */
async function openSettings(isDesktop = false) {
	const dataDir = await mkdtemp(join(tmpdir(), 'settings-service-'));
	onTestFinished(() => rm(dataDir, { recursive: true }));
	const path = join(dataDir, 'settings.json');
	const origins = new OriginDecisions({ allowed: [], blocked: [] }, new FakeClock());
	const settings = new SettingsService({ sources: { dataDir, env: {} }, origins, isDesktop });
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

describe('a change of settings', () => {
	it('is refused if a value is not the one that the operator has seen, and the new value is published', async () => {
		const { settings, write, read } = await openSettings();
		await write('{"scans":{"perMinute":7}}');
		const change = settings.write({ 'scans.perMinute': 9, 'log.level': 'warn' }, { 'scans.perMinute': 10 });
		await expect(change).rejects.toMatchObject({
			error: 'CONFIGURATION_ERROR',
			details: { fields: { 'scans.perMinute': expect.stringContaining('changed elsewhere') }, reason: 'changed' },
		});
		expect(await read()).toBe('{"scans":{"perMinute":7}}');
		expect(settings.view().settings.find(({ field }) => field === 'scans.perMinute')).toMatchObject({ value: 7 });
		await settings.write({ 'scans.perMinute': 9 }, { 'scans.perMinute': 7 });
		expect(JSON.parse(await read())).toEqual({ scans: { perMinute: 9 } });
	});

	it('of two at the same time is made only once', async () => {
		const { settings, read } = await openSettings();
		const changes = [11, 12].map((value) => settings.write({ 'scans.perMinute': value }, { 'scans.perMinute': 10 }));
		const outcomes = await Promise.allSettled(changes);
		expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
		expect(JSON.parse(await read())).toEqual({ scans: { perMinute: 11 } });
	});
});

describe('a changed port', () => {
	it.each([
		[true, 'service-start', []],
		[false, 'program-start', ['server.port']],
	])('with isDesktop %s takes effect at %s', async (isDesktop, effect, pendingAfterRestart) => {
		const { settings, write } = await openSettings(isDesktop);
		settings.noteApplied();
		await write('{"server":{"port":8081}}');
		await settings.refresh();
		expect(settings.view().pending).toEqual(['server.port']);
		expect(settings.view().settings.find(({ field }) => field === 'server.port')).toMatchObject({ effect });
		settings.noteApplied();
		expect(settings.view().pending).toEqual(pendingAfterRestart);
	});
});

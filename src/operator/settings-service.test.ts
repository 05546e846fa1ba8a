import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { OriginDecisions } from '../access/origin-decisions.ts';
import { FakeClock } from '../time/testing/fake-clock.ts';
import { SettingsService } from './settings-service.ts';

const APP = 'https://app.example';
const OTHER = 'https://other.example';

/** The desk of a service that runs; `write` changes the file by hand. */
async function openDesk() {
	const dataDir = await mkdtemp(join(tmpdir(), 'settings-desk-'));
	onTestFinished(() => rm(dataDir, { recursive: true }));
	const path = join(dataDir, 'settings.json');
	const origins = new OriginDecisions({ allowed: [], blocked: [] }, new FakeClock());
	const desk = new SettingsService({ sources: { dataDir, env: {} }, origins });
	await desk.refresh();
	return { desk, origins, write: (text: string) => writeFile(path, text), read: () => readFile(path, 'utf8') };
}

describe('a decision about an origin', () => {
	it('loses none that was added to the file by hand', async () => {
		const { desk, origins, write, read } = await openDesk();
		await write(JSON.stringify({ server: { allowedOrigins: [OTHER] } }));
		await desk.decide(APP, 'allow');
		expect(JSON.parse(await read())).toEqual({ server: { allowedOrigins: [OTHER, APP] } });
		expect(origins.allowed).toEqual([OTHER, APP]);
	});

	it('is refused with the reason where the file cannot be read, and changes nothing', async () => {
		const { desk, origins, write, read } = await openDesk();
		await desk.decide(OTHER, 'allow');
		await write('{"damaged');
		await expect(desk.decide(APP, 'allow')).rejects.toMatchObject({ error: 'CONFIGURATION_ERROR' });
		expect(await read()).toBe('{"damaged');
		expect(origins.allowed).toEqual([OTHER]);
	});
});

describe('settings that cannot be read any more', () => {
	it('are not shown as they were, but why', async () => {
		const { desk, write } = await openDesk();
		desk.noteApplied();
		await write('{"damaged');
		await desk.refresh();
		expect(desk.view()).toMatchObject({ settings: [], pending: [], problem: { error: 'CONFIGURATION_ERROR' } });
		await write('{"scans":{"perMinute":7}}');
		await desk.refresh();
		expect(desk.view()).toMatchObject({ pending: ['scans.perMinute'] });
		expect(desk.view()).not.toHaveProperty('problem');
	});
});

import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { removeLeftovers } from './leftovers.ts';

const NOW = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;

async function createFolder(names: readonly string[], writtenAt: number): Promise<string> {
	const dataDir = await mkdtemp(join(tmpdir(), 'leftovers-'));
	onTestFinished(() => rm(dataDir, { recursive: true }));
	for (const name of names) {
		await writeFile(join(dataDir, name), '');
		await utimes(join(dataDir, name), writtenAt / 1_000, writtenAt / 1_000);
	}
	return dataDir;
}

const LEFTOVERS = [
	'keys.json.2910374512',
	'keys.json.lock',
	'keys.json.lock.clearing',
	'run.3fa9',
	'run.sock.lock',
	'secret.7',
	'secret.lock',
	'service.lock',
	'service.lock.probe',
];

it.each([
	['a minute old', NOW - MINUTE_MS],
	['from the future', NOW + MINUTE_MS],
])('removes what killed programs have left and is %s', async (_what, writtenAt) => {
	const dataDir = await createFolder(LEFTOVERS, writtenAt);
	expect((await removeLeftovers(dataDir, NOW)).toSorted()).toEqual(LEFTOVERS);
	expect(await readdir(dataDir)).toEqual([]);
});

it('keeps files that a running program may be writing', async () => {
	const dataDir = await createFolder(LEFTOVERS, NOW - MINUTE_MS + 1_000);
	expect(await removeLeftovers(dataDir, NOW)).toEqual([]);
	expect((await readdir(dataDir)).toSorted()).toEqual(LEFTOVERS);
});

it('keeps every other file, and folders', async () => {
	const names = ['keys.json', 'keys.json.bak', 'notes.1', 'package.lock', 'run.sock', 'secret', 'settings.json.old'];
	const dataDir = await createFolder(names, 0);
	await mkdir(join(dataDir, 'devices.json.1'));
	await utimes(join(dataDir, 'devices.json.1'), 0, 0);
	expect(await removeLeftovers(dataDir, NOW)).toEqual([]);
	expect((await readdir(dataDir)).toSorted()).toEqual(['devices.json.1', ...names]);
});

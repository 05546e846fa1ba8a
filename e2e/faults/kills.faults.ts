import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AdminTokens } from '../../src/access/admin-tokens.ts';
import { KeyStore } from '../../src/access/key-store.ts';
import { loadSettings } from '../../src/config/settings.ts';
import { writeSettings } from '../../src/config/settings-editor.ts';
import { DeviceIds } from '../../src/devices/device-ids.ts';
import { createLogging } from '../../src/log/logging.ts';
import { systemClock } from '../../src/time/clock.ts';
import { Program } from '../support/program.ts';
import { CHANGES, type ChangeKind, NEW_LOG_LINE, OLD_LOG_LINE } from './support/change-data-folder.ts';

/*
 * A process is killed at each change to a file that an operation makes, one run for each. What was confirmed must then be there,
 * nothing may be half written, and the operation must work again at once.
 */

const fileIn = (name: string) => fileURLToPath(new URL(`./support/${name}`, import.meta.url));

/** More changes than any operation makes. */
const MAX_CHANGES = 100;

let folder: string;
let original: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'fingerprint-kills-'));
	original = join(folder, 'original');
	const logging = createLogging({ level: 'info', dir: join(original, 'logs') });
	logging.createLogger('Fault').info(OLD_LOG_LINE);
	await logging.close();
	await writeSettings({ dataDir: original, env: {}, values: { 'server.port': 8_081, 'scans.perMinute': 7 } });
	const keys = await KeyStore.open({ dataDir: original, clock: systemClock });
	await keys.create({ name: 'old', environment: 'live' });
	const ids = await DeviceIds.open({ dataDir: original, logger: logging.createLogger('Fault') });
	ids.idOf({ driver: 'fault', serialNumber: 'OLD' });
	await ids.flush();
});

afterEach(() => rm(folder, { recursive: true }));

interface DataFolder {
	readonly settings: Awaited<ReturnType<typeof loadSettings>>['settings'];
	readonly keys: KeyStore;
	readonly ids: DeviceIds;
	readonly log: string;
}

/** Opens everything in the folder, which must work after every kill, and checks what no kill may have changed. */
async function open(dataDir: string): Promise<DataFolder> {
	const { settings, warnings } = await loadSettings({ dataDir, env: {} });
	const keys = await KeyStore.open({ dataDir, clock: systemClock });
	const ids = await DeviceIds.open({ dataDir, logger: createLogging({ level: 'error' }).createLogger('Fault') });
	const tokens = await AdminTokens.open({ dataDir, clock: systemClock });
	const log = await readFile(join(dataDir, 'logs', 'main.log'), 'utf8');
	expect(warnings).toEqual([]);
	expect(settings.scans.perMinute).toBe(7);
	expect(keys.list()[0]?.name).toBe('old');
	expect(ids.find('device-001')).toEqual({ driver: 'fault', serialNumber: 'OLD' });
	expect(await tokens.verify(await tokens.issue())).toMatchObject({ kind: 'admin' });
	expect(log).toContain(OLD_LOG_LINE);
	return { settings, keys, ids, log };
}

/** What must be true once an operation has confirmed its result. */
const CONFIRMED: Readonly<Record<ChangeKind, (data: DataFolder, result: string) => void>> = {
	settings: ({ settings }, port) => expect(settings.server.port).toBe(Number(port)),
	'a new key': ({ keys }, id) => expect(keys.list().map((key) => key.id)).toContain(id),
	'a revocation': ({ keys }, id) => expect(keys.list().find((key) => key.id === id)?.revokedAt).toBeDefined(),
	'a reader id': ({ ids }, id) => expect(ids.find(id)).toEqual({ driver: 'fault', serialNumber: 'NEW' }),
	'the secret': () => {},
	'the log': ({ log }) => expect(log).toContain(NEW_LOG_LINE),
	'all files of a service that starts': () => {},
};

/** A start makes many changes, and each takes long. */
const STRIDES: Partial<Record<ChangeKind, number>> = { 'all files of a service that starts': 6 };

/** Runs a change in a process that is killed. @returns whether it was killed, and what it had confirmed by then */
async function changeAndKill(kind: ChangeKind, dataDir: string, change: number) {
	const args = ['--import', fileIn('kill-at-write.ts'), fileIn('change-data-folder.ts'), kind, dataDir, String(change)];
	const program = Program.start(process.execPath, args);
	const { code, signal } = await program.exit;
	if (signal !== 'SIGKILL') expect(code, program.stderr).toBe(0);
	return { wasKilled: signal === 'SIGKILL', confirmed: program.stdout.trim() };
}

it.each(Object.keys(CHANGES) as ChangeKind[])(
	'loses and damages nothing when it is killed while it writes %s',
	async (kind) => {
		const makeChange = await CHANGES[kind]();
		let kills = 0;
		for (let change = 1, wasKilled = true; wasKilled; change += STRIDES[kind] ?? 1) {
			expect(change, 'an operation makes fewer changes').toBeLessThan(MAX_CHANGES);
			const dataDir = join(folder, String(change));
			await cp(original, dataDir, { recursive: true });
			const run = await changeAndKill(kind, dataDir, change);
			const data = await open(dataDir);
			if (run.confirmed !== '') CONFIRMED[kind](data, run.confirmed);
			const again = await makeChange(dataDir);
			CONFIRMED[kind](await open(dataDir), again);
			wasKilled = run.wasKilled;
			if (wasKilled) kills += 1;
		}
		expect(kills).toBeGreaterThan(0);
		process.stdout.write(`faults: ${kills} kills while writing ${kind}\n`);
	},
);

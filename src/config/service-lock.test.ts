import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { holdServiceLock } from './service-lock.ts';

/** Longer than any test may take: who waits for it has failed. */
const FOR_EVER = { patienceMs: 3_600_000 };

let dataDir: string;
let path: string;
let children: ChildProcessWithoutNullStreams[];

beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'service-lock-'));
	path = join(dataDir, 'service.lock');
	children = [];
});

afterEach(async () => {
	await Promise.all(children.map(kill));
	await rm(dataDir, { recursive: true });
});

async function kill(child: ChildProcessWithoutNullStreams): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	child.kill('SIGKILL');
	await once(child, 'exit');
}

/** A process that runs a script and then waits to be killed. */
function startProcess(script: string): ChildProcessWithoutNullStreams {
	const child = spawn(process.execPath, [
		'--input-type=module',
		'--eval',
		`${script};\nsetInterval(() => {}, 60_000);`,
	]);
	children.push(child);
	return child;
}

/** A process that is ready to hold the lock, and tries when it gets a line. */
async function startStarter(): Promise<ChildProcessWithoutNullStreams> {
	const child = startProcess(`
		import { once } from 'node:events';
		import { holdServiceLock } from ${JSON.stringify(new URL('service-lock.ts', import.meta.url).href)};
		console.log('ready');
		await once(process.stdin, 'data');
		await holdServiceLock(${JSON.stringify(dataDir)}, ${JSON.stringify(FOR_EVER)})
			.then(() => console.log('holds'), (error) => console.log(error.message))`);
	expect(await nextLine(child)).toBe('ready');
	return child;
}

async function tryToHold(starter: ChildProcessWithoutNullStreams): Promise<string> {
	starter.stdin.write('\n');
	return nextLine(starter);
}

const nextLine = async ({ stdout }: ChildProcessWithoutNullStreams): Promise<string> =>
	String((await once(stdout, 'data'))[0]).trim();

describe('the lock of a service', () => {
	it('names its process, lasts until it is given back, and leaves nothing behind', async () => {
		const release = await holdServiceLock(dataDir);
		expect(await readFile(path, 'utf8')).toBe(String(process.pid));
		await expect(holdServiceLock(dataDir)).rejects.toMatchObject({
			error: 'CONFIGURATION_ERROR',
			message: `The service already runs on ${dataDir} (process ${process.pid}): stop that one, or use another --data-dir`,
			details: { file: path },
		});
		await Promise.all([release(), release()]);
		expect(await readdir(dataDir)).toEqual([]);
	});

	it('is not lost when one who held it before gives it back again', async () => {
		const release = await holdServiceLock(dataDir);
		await release();
		const releaseSecond = await holdServiceLock(dataDir);
		await release();
		expect(await readdir(dataDir)).toEqual(['service.lock']);
		await releaseSecond();
	});

	it('can be had by the next one once it is given back', async () => {
		await (await holdServiceLock(dataDir))();
		const releaseSecond = await holdServiceLock(dataDir);
		expect(await readFile(path, 'utf8')).toBe(String(process.pid));
		await releaseSecond();
		expect(await readdir(dataDir)).toEqual([]);
	});

	it('keeps other processes out, which say who holds it', async () => {
		const holder = await startStarter();
		expect(await tryToHold(holder)).toBe('holds');
		await expect(holdServiceLock(dataDir, FOR_EVER)).rejects.toThrow(
			`already runs on ${dataDir} (process ${holder.pid})`,
		);
		expect(await readdir(dataDir)).toEqual(['service.lock']);
	});

	it('is taken over at once from a process that was killed', async () => {
		const holder = await startStarter();
		expect(await tryToHold(holder)).toBe('holds');
		await kill(holder);
		const release = await holdServiceLock(dataDir, FOR_EVER);
		expect(await readFile(path, 'utf8')).toBe(String(process.pid));
		await release();
	});

	it.each(['free', 'left by a killed process'])(
		'goes to exactly one of many who start at once, if %s',
		async (state) => {
			if (state !== 'free') {
				const holder = await startStarter();
				expect(await tryToHold(holder)).toBe('holds');
				await kill(holder);
			}
			const starters = await Promise.all(Array.from({ length: 4 }, startStarter));
			const answers = await Promise.all(starters.map(tryToHold));
			const winner = starters[answers.indexOf('holds')];
			expect(await readFile(path, 'utf8')).toBe(String(winner?.pid));
			const refusal = expect.stringContaining(`(process ${winner?.pid})`);
			expect(answers.toSorted()).toEqual([refusal, refusal, refusal, 'holds']);
			expect(await readdir(dataDir)).toEqual(['service.lock']);
		},
	);

	it('stays with another who got it after somebody had deleted the file', async () => {
		const release = await holdServiceLock(dataDir);
		await writeFile(path, '1');
		await release();
		expect(await readFile(path, 'utf8')).toBe('1');
	});
});

describe('the lock of a service that is no more', () => {
	it('is taken over from a stranger who has got its process id', async () => {
		const stranger = startProcess('');
		await writeFile(path, String(stranger.pid));
		const release = await holdServiceLock(dataDir, { patienceMs: 200 });
		expect(await readdir(dataDir)).toEqual(['service.lock']);
		await release();
	});

	it('is taken over at once by a process that has got its id', async () => {
		await writeFile(path, String(process.pid));
		const release = await holdServiceLock(dataDir, FOR_EVER);
		await release();
	});

	it('is not waited for once it is gone, or the stranger', async () => {
		for (const end of [() => rm(path), () => Promise.all(children.map(kill))]) {
			await writeFile(path, String(startProcess('').pid));
			const holding = holdServiceLock(dataDir, FOR_EVER);
			await vi.waitFor(() => access(`${path}.knock`), { timeout: 20_000, interval: 1 });
			await end();
			await (await holding)();
		}
	});

	it.each(['', 'x', '0', '-1', '99999999999999999999'])('is taken over at once where it holds %j', async (text) => {
		await writeFile(path, text);
		const release = await holdServiceLock(dataDir, FOR_EVER);
		await release();
	});
});

it('says which file cannot be made in a folder that is not there', async () => {
	const nowhere = join(dataDir, 'missing');
	await expect(holdServiceLock(nowhere)).rejects.toMatchObject({
		error: 'DB_QUERY_FAILED',
		message: expect.stringContaining(join(nowhere, 'service.lock')),
	});
});

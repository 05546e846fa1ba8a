import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { holdServiceLock } from './service-lock.ts';

/** Longer than any test may take, so that a test which waits for it fails. */
const NO_TIMEOUT = { answerTimeoutMs: 3_600_000 };

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

/** Starts a process that runs a script and then waits to be killed. */
function startProcess(script: string): ChildProcessWithoutNullStreams {
	const child = spawn(process.execPath, [
		'--input-type=module',
		'--eval',
		`${script};\nsetInterval(() => {}, 60_000);`,
	]);
	children.push(child);
	return child;
}

/** Starts a process that tries to take the lock when it receives a line. */
async function startContender(): Promise<ChildProcessWithoutNullStreams> {
	const child = startProcess(`
		import { once } from 'node:events';
		import { holdServiceLock } from ${JSON.stringify(new URL('service-lock.ts', import.meta.url).href)};
		console.log('ready');
		await once(process.stdin, 'data');
		await holdServiceLock(${JSON.stringify(dataDir)}, ${JSON.stringify(NO_TIMEOUT)})
			.then(() => console.log('holds'), (error) => console.log(error.message))`);
	expect(await nextLine(child)).toBe('ready');
	return child;
}

async function tryToHold(contender: ChildProcessWithoutNullStreams): Promise<string> {
	contender.stdin.write('\n');
	return nextLine(contender);
}

const nextLine = async ({ stdout }: ChildProcessWithoutNullStreams): Promise<string> =>
	String((await once(stdout, 'data'))[0]).trim();

describe('a service lock', () => {
	it('contains the process id and is removed on release', async () => {
		const release = await holdServiceLock(dataDir);
		expect(await readFile(path, 'utf8')).toBe(String(process.pid));
		await expect(holdServiceLock(dataDir)).rejects.toMatchObject({
			error: 'CONFIGURATION_ERROR',
			message: `The service already runs on ${dataDir} (process ${process.pid}): stop that process, or choose another folder with --data-dir`,
			details: { file: path },
		});
		await Promise.all([release(), release()]);
		expect(await readdir(dataDir)).toEqual([]);
	});

	it('is not removed when an earlier holder releases it again', async () => {
		const release = await holdServiceLock(dataDir);
		await release();
		const releaseSecond = await holdServiceLock(dataDir);
		await release();
		expect(await readdir(dataDir)).toEqual(['service.lock']);
		await releaseSecond();
	});

	it('can be taken again after its release', async () => {
		await (await holdServiceLock(dataDir))();
		const releaseSecond = await holdServiceLock(dataDir);
		expect(await readFile(path, 'utf8')).toBe(String(process.pid));
		await releaseSecond();
		expect(await readdir(dataDir)).toEqual([]);
	});

	it('refuses other processes with an error that names the holder', async () => {
		const holder = await startContender();
		expect(await tryToHold(holder)).toBe('holds');
		await expect(holdServiceLock(dataDir, NO_TIMEOUT)).rejects.toThrow(
			`already runs on ${dataDir} (process ${holder.pid})`,
		);
		expect(await readdir(dataDir)).toEqual(['service.lock']);
	});

	it('is taken over at once from a killed process', async () => {
		const holder = await startContender();
		expect(await tryToHold(holder)).toBe('holds');
		await kill(holder);
		const release = await holdServiceLock(dataDir, NO_TIMEOUT);
		expect(await readFile(path, 'utf8')).toBe(String(process.pid));
		await release();
	});

	it.each(['free', 'left by a killed process'])(
		'goes to exactly one of several processes that start at the same time, if it is %s',
		async (state) => {
			if (state !== 'free') {
				const holder = await startContender();
				expect(await tryToHold(holder)).toBe('holds');
				await kill(holder);
			}
			const contenders = await Promise.all(Array.from({ length: 4 }, startContender));
			const answers = await Promise.all(contenders.map(tryToHold));
			const winner = contenders[answers.indexOf('holds')];
			expect(await readFile(path, 'utf8')).toBe(String(winner?.pid));
			const refusal = expect.stringContaining(`(process ${winner?.pid})`);
			expect(answers.toSorted()).toEqual([refusal, refusal, refusal, 'holds']);
			expect(await readdir(dataDir)).toEqual(['service.lock']);
		},
	);

	it('is not removed when another service has taken it after the file was deleted', async () => {
		const release = await holdServiceLock(dataDir);
		await writeFile(path, '1');
		await release();
		expect(await readFile(path, 'utf8')).toBe('1');
	});
});

describe('the lock of a service that has ended', () => {
	it('is taken over when an unrelated process has its id', async () => {
		const unrelated = startProcess('');
		await writeFile(path, String(unrelated.pid));
		const release = await holdServiceLock(dataDir, { answerTimeoutMs: 200 });
		expect(await readdir(dataDir)).toEqual(['service.lock']);
		await release();
	});

	it('is taken over at once by a process with the same id', async () => {
		await writeFile(path, String(process.pid));
		const release = await holdServiceLock(dataDir, NO_TIMEOUT);
		await release();
	});

	it('can be taken as soon as the file or the unrelated process disappears', async () => {
		for (const end of [() => rm(path), () => Promise.all(children.map(kill))]) {
			await writeFile(path, String(startProcess('').pid));
			const holding = holdServiceLock(dataDir, NO_TIMEOUT);
			await vi.waitFor(() => access(`${path}.probe`), { timeout: 20_000, interval: 1 });
			await end();
			await (await holding)();
		}
	});

	it.each(['', 'x', '0', '-1', '99999999999999999999'])('is taken over at once when it contains %j', async (text) => {
		await writeFile(path, text);
		const release = await holdServiceLock(dataDir, NO_TIMEOUT);
		await release();
	});
});

it('names the file when the folder does not exist', async () => {
	const missing = join(dataDir, 'missing');
	await expect(holdServiceLock(missing)).rejects.toMatchObject({
		error: 'DB_QUERY_FAILED',
		message: expect.stringContaining(join(missing, 'service.lock')),
	});
});

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ServiceError } from '../../protocol/errors.ts';
import { systemClock } from '../../time/clock.ts';
import { FakeClock } from '../../time/testing/fake-clock.ts';
import { askHolder } from './ask-holder.ts';
import { STEP_TIMEOUT_MS } from './lock-connection.ts';
import { createNonce, LockProof, type ProgramStatus } from './lock-messages.ts';
import { CHECK_INTERVAL_MS, ServiceLock, type ServiceLockOptions } from './service-lock.ts';

const STATUS: ProgramStatus = {
	program: 'service',
	version: '1.2.3',
	pid: process.pid,
	state: 'running',
	addresses: ['ws://localhost:8080'],
	host: 'localhost',
	port: 8080,
};

/** The options of a lock that is free, in a data folder with the secret. */
const FREE = ['secret'];
const HELD = ['run.sock', 'secret'];

let dataDir: string;
let children: ChildProcessWithoutNullStreams[];

beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'service-lock-'));
	children = [];
});

afterEach(async () => {
	await Promise.all(children.map((child) => kill(child)));
	await rm(dataDir, { recursive: true, force: true });
});

function createLock(options: Partial<ServiceLockOptions> = {}): ServiceLock {
	const lock = new ServiceLock({
		dataDir,
		env: {},
		status: () => STATUS,
		start: () => Promise.reject(new Error('not expected')),
		stop: () => {},
		onDeleted: () => {},
		onLost: () => {},
		clock: systemClock,
		...options,
	});
	onTestFinished(() => lock.release());
	return lock;
}

async function holdLock(options: Partial<ServiceLockOptions> = {}): Promise<ServiceLock> {
	const lock = createLock(options);
	await lock.hold();
	return lock;
}

async function kill(child: ChildProcessWithoutNullStreams, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	child.kill(signal);
	if (signal === 'SIGKILL') await once(child, 'exit');
}

/** Starts a process that tries to take the lock each time it receives a line, until it is killed. */
async function startContender(): Promise<ChildProcessWithoutNullStreams> {
	const script = `
		import { ServiceLock } from ${JSON.stringify(new URL('service-lock.ts', import.meta.url).href)};
		import { systemClock } from ${JSON.stringify(new URL('../../time/clock.ts', import.meta.url).href)};
		console.log('ready');
		const status = () => ({ ...${JSON.stringify(STATUS)}, pid: process.pid });
		const lock = new ServiceLock({ dataDir: ${JSON.stringify(dataDir)}, env: {}, status, clock: systemClock });
		for await (const _line of process.stdin) {
			await lock.hold().then(() => console.log('holds'), (error) => console.log(error.message));
		}`;
	const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
	children.push(child);
	expect(await nextLine(child)).toBe('ready');
	return child;
}

async function tryToHold(contender: ChildProcessWithoutNullStreams): Promise<string> {
	contender.stdin.write('\n');
	return nextLine(contender);
}

const nextLine = async ({ stdout }: ChildProcessWithoutNullStreams): Promise<string> =>
	String((await once(stdout, 'data'))[0]).trim();

async function connectRaw(): Promise<Socket> {
	const socket = connect(join(dataDir, 'run.sock'));
	onTestFinished(() => void socket.destroy());
	await once(socket, 'connect');
	return socket;
}

/** Resolves with everything that the holder sends until it closes the connection. */
async function readToEnd(socket: Socket): Promise<string> {
	let text = '';
	socket.setEncoding('utf8').on('data', (chunk) => {
		text += chunk;
	});
	socket.on('error', () => {});
	await once(socket, 'close');
	return text;
}

describe.skipIf(process.platform === 'win32')('a service lock', () => {
	it('is a socket that only this user can open, and is removed on release', async () => {
		const lock = await holdLock();
		const stats = await stat(join(dataDir, 'run.sock'));
		expect([stats.isSocket(), stats.mode & 0o777]).toEqual([true, 0o600]);
		expect((await readdir(dataDir)).toSorted()).toEqual(HELD);
		await Promise.all([lock.release(), lock.release()]);
		expect(await readdir(dataDir)).toEqual(FREE);
		await lock.hold();
		expect((await readdir(dataDir)).toSorted()).toEqual(HELD);
	});

	it('refuses other programs with an error that names the holder and the commands', async () => {
		const holder = await startContender();
		expect(await tryToHold(holder)).toBe('holds');
		await expect(createLock().hold()).rejects.toMatchObject({
			error: 'CONFIGURATION_ERROR',
			message: `The data folder ${dataDir} is in use by \`fingerprint-service serve\` (version 1.2.3, process ${holder.pid}), its service is running on ws://localhost:8080: end that program with \`fingerprint-service stop --data-dir ${dataDir}\`, or choose another folder with --data-dir`,
		});
	});

	it('names the command that starts a stopped service', async () => {
		await holdLock({ status: () => ({ ...STATUS, program: 'desktop', state: 'stopped' }) });
		await expect(createLock().hold()).rejects.toThrow(
			/by the desktop app .* its service is stopped on ws:.*: start the service with `fingerprint-service start /,
		);
	});

	it('is taken over at once from a killed process', async () => {
		const holder = await startContender();
		expect(await tryToHold(holder)).toBe('holds');
		await kill(holder);
		expect((await readdir(dataDir)).toSorted()).toEqual(HELD);
		expect(await askHolder(dataDir, 'status')).toBeUndefined();
		await holdLock();
		expect(await askHolder(dataDir, 'status')).toEqual(STATUS);
	});

	it('stays with a process that is suspended', async () => {
		const holder = await startContender();
		expect(await tryToHold(holder)).toBe('holds');
		await kill(holder, 'SIGSTOP');
		const clock = new FakeClock();
		const refused = expect(createLock({ clock }).hold()).rejects.toMatchObject({
			error: 'CONFIGURATION_ERROR',
			message: expect.stringContaining(`holds the lock of the data folder ${dataDir} and does not answer`),
		});
		await vi.waitFor(() => expect(clock.pending).toBe(1));
		clock.advance(STEP_TIMEOUT_MS);
		await refused;
		await kill(holder, 'SIGCONT');
		expect(await askHolder(dataDir, 'status')).toMatchObject({ pid: holder.pid });
	});

	it('goes to exactly one of 8 programs that start at the same time, whether it is free or left by a killed one', async () => {
		const contenders = new Set(await Promise.all(Array.from({ length: 8 }, startContender)));
		for (const _round of ['free', 'left', 'left']) {
			const answers = await Promise.all([...contenders].map(tryToHold));
			const winner = [...contenders][answers.indexOf('holds')];
			const refusal = expect.stringContaining(`process ${winner?.pid}`);
			expect(answers.toSorted()).toEqual([...answers.slice(1).map(() => refusal), 'holds']);
			expect((await readdir(dataDir)).toSorted()).toEqual(HELD);
			if (winner === undefined) return;
			contenders.delete(winner);
			await kill(winner);
		}
	});

	it.each([
		['a file', (path: string) => writeFile(path, 'text')],
		['a link to nothing', (path: string) => symlink('/nonexistent/run.sock', path)],
	])('replaces %s with its name', async (_what, create) => {
		await create(join(dataDir, 'run.sock'));
		await holdLock();
		expect(await askHolder(dataDir, 'status')).toEqual(STATUS);
	});

	it('reports a lock that cannot be created', async () => {
		await mkdir(join(dataDir, 'run.sock', 'folder'), { recursive: true });
		await expect(createLock().hold()).rejects.toMatchObject({
			error: 'CONFIGURATION_ERROR',
			details: { file: join(dataDir, 'run.sock') },
		});
	});

	it('refuses a damaged secret', async () => {
		await writeFile(join(dataDir, 'secret'), 'short');
		await expect(createLock().hold()).rejects.toThrow(join(dataDir, 'secret'));
	});
});

describe.skipIf(process.platform === 'win32')('a data folder whose path is too long for a socket', () => {
	let parent: string;

	beforeEach(() => {
		parent = dataDir;
		dataDir = join(dataDir, 'long'.repeat(30));
		return mkdir(dataDir);
	});

	afterEach(async () => {
		dataDir = parent;
	});

	it.each([
		['an absolute path', true],
		['a relative path', false],
	])('is locked in the runtime folder; XDG_RUNTIME_DIR is %s', async (_what, isAbsolute) => {
		const env = { XDG_RUNTIME_DIR: isAbsolute ? parent : 'relative' };
		const lock = await holdLock({ env });
		const target = await readlink(join(dataDir, 'run.sock'));
		const folder = isAbsolute ? join(parent, 'fingerprint-service') : `/tmp/fingerprint-service-${process.getuid?.()}`;
		expect(target.startsWith(`${folder}/`)).toBe(true);
		expect((await stat(folder)).mode & 0o777).toBe(0o700);
		expect(await askHolder(dataDir, 'status')).toEqual(STATUS);
		await expect(createLock().hold()).rejects.toThrow('is in use by');
		await lock.release();
		expect(await readdir(dataDir)).toEqual(FREE);
		await expect(stat(target)).rejects.toThrow('ENOENT');
	});

	it('stays locked when only the link in it is deleted', async () => {
		const clock = new FakeClock();
		await holdLock({ env: { XDG_RUNTIME_DIR: parent }, clock });
		await rm(join(dataDir, 'run.sock'));
		await expect(createLock({ env: { XDG_RUNTIME_DIR: parent } }).hold()).rejects.toThrow('in use');
		clock.advance(CHECK_INTERVAL_MS);
		await vi.waitFor(async () => expect(await askHolder(dataDir, 'status')).toEqual(STATUS));
	});
});

describe.skipIf(process.platform === 'win32')('the holder of a lock', () => {
	it('starts and stops its service for a program that knows the secret', async () => {
		let state: ProgramStatus['state'] = 'stopped';
		const lock: ServiceLock = await holdLock({
			status: () => ({ ...STATUS, state }),
			start: async () => {
				state = 'running';
			},
			stop: () => void lock.release(),
		});
		expect(await askHolder(dataDir, 'status')).toMatchObject({ state: 'stopped' });
		expect(await askHolder(dataDir, 'start')).toMatchObject({ state: 'running' });
		// Waits for the end of this process.
		void askHolder(dataDir, 'stop', new FakeClock());
		await vi.waitFor(async () => expect(await askHolder(dataDir, 'status')).toBeUndefined());
	});

	it('reports why its service cannot start', async () => {
		const problem = new ServiceError('CONFIGURATION_ERROR', { message: 'Port 8080 is taken' });
		await holdLock({ start: () => Promise.reject(problem) });
		await expect(askHolder(dataDir, 'start')).rejects.toMatchObject({
			error: 'SERVICE_UNAVAILABLE',
			message: 'Port 8080 is taken',
		});
	});

	it('is not trusted when it does not know the secret', async () => {
		await holdLock();
		await rm(join(dataDir, 'secret'));
		await expect(askHolder(dataDir, 'stop')).rejects.toThrow('has another secret');
		await writeFile(join(dataDir, 'secret'), Buffer.alloc(32, 1).toString('base64url'));
		await expect(askHolder(dataDir, 'stop')).rejects.toThrow('has another secret');
		await expect(createLock().hold()).rejects.toThrow('has another secret');
	});

	it('tells nothing to a program with another secret, and does not obey it', async () => {
		const stop = vi.fn();
		await holdLock({ stop });
		const socket = await connectRaw();
		const answer = readToEnd(socket);
		const asker = createNonce();
		socket.write(`${JSON.stringify({ nonce: asker })}\n`);
		const [data] = await once(socket, 'data');
		const { nonce: holder, proof } = JSON.parse(data);
		const wrong = new LockProof(Buffer.alloc(32, 1), { asker, holder }).of('asker');
		socket.write(`${JSON.stringify({ proof: wrong, request: 'stop' })}\n`);
		expect(Object.keys(JSON.parse(await answer))).toEqual(['nonce', 'proof']);

		// A proof is also worthless when it is sent back to the end that made it.
		const second = await connectRaw();
		second.write(`${JSON.stringify({ nonce: asker })}\n${JSON.stringify({ proof, request: 'stop' })}\n`);
		await readToEnd(second);
		expect(stop).not.toHaveBeenCalled();
	});

	it.each([
		['text', 'hello\n'],
		['a request without a proof', '{"request":"stop"}\n'],
		['a nonce of another length', '{"nonce":"abc"}\n'],
		['binary data', Buffer.from([0, 255, 10, 10])],
		['a line without an end', 'x'.repeat(10_000)],
	])('closes a connection that sends %s, without an answer', async (_what, bytes) => {
		await holdLock();
		const socket = await connectRaw();
		socket.write(bytes);
		expect(await readToEnd(socket)).toBe('');
		expect(await askHolder(dataDir, 'status')).toEqual(STATUS);
	});

	it('closes a connection that sends nothing in time', async () => {
		const clock = new FakeClock();
		await holdLock({ clock });
		const socket = await connectRaw();
		const end = readToEnd(socket);
		// One timer is for the check of the lock.
		await vi.waitFor(() => expect(clock.pending).toBe(2));
		clock.advance(STEP_TIMEOUT_MS);
		expect(await end).toBe('');
	});

	it('serves later programs when too many connections were open', async () => {
		await holdLock();
		const sockets = await Promise.all(Array.from({ length: 40 }, connectRaw));
		for (const socket of sockets) socket.destroy();
		await vi.waitFor(async () => expect(await askHolder(dataDir, 'status')).toEqual(STATUS));
	});
});

describe.skipIf(process.platform === 'win32')('a data folder that is deleted while its lock is held', () => {
	it('gets the lock and the secret again, and this is reported once', async () => {
		const [clock, onDeleted] = [new FakeClock(), vi.fn()];
		const lock = await holdLock({ clock, onDeleted });
		const secret = await readFile(join(dataDir, 'secret'), 'utf8');
		clock.advance(CHECK_INTERVAL_MS);
		await rm(dataDir, { recursive: true });
		clock.advance(CHECK_INTERVAL_MS);
		await vi.waitFor(() => expect(onDeleted).toHaveBeenCalledTimes(1));
		expect(await readFile(join(dataDir, 'secret'), 'utf8')).toBe(secret);
		expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
		expect(await askHolder(dataDir, 'status')).toEqual(STATUS);
		clock.advance(CHECK_INTERVAL_MS);
		await lock.release();
		expect(onDeleted).toHaveBeenCalledTimes(1);
		expect(await readdir(dataDir)).toEqual(FREE);
	});

	it('belongs to the program that has locked it since, and the earlier holder is notified', async () => {
		const [clock, onLost] = [new FakeClock(), vi.fn()];
		const first = await holdLock({ clock, onLost });
		await rm(dataDir, { recursive: true });
		await mkdir(dataDir);
		await holdLock({ status: () => ({ ...STATUS, pid: 4711 }) });
		clock.advance(CHECK_INTERVAL_MS);
		await vi.waitFor(() => expect(onLost).toHaveBeenCalledTimes(1));
		expect(onLost.mock.lastCall?.[0].message).toContain('process 4711');
		await first.release();
		expect(await askHolder(dataDir, 'status')).toMatchObject({ pid: 4711 });
		expect(clock.pending).toBe(0);
	});
});

it('names the folder when it does not exist', async () => {
	const missing = join(dataDir, 'missing');
	await expect(createLock({ dataDir: missing }).hold()).rejects.toMatchObject({
		message: expect.stringContaining(missing),
	});
	expect(await askHolder(missing, 'status')).toBeUndefined();
});

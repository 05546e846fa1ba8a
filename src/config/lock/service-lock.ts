import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, link, rm, stat, symlink } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { ServiceError } from '../../protocol/errors.ts';
import type { Clock } from '../../time/clock.ts';
import { repeat } from '../../time/repeat.ts';
import { prepareDataDir } from '../data-folder.ts';
import { withFileLock } from '../file-lock.ts';
import { ownCommand } from '../own-command.ts';
import { openSecret } from '../secret-file.ts';
import { codeOf, reasonOf } from '../system-error.ts';
import { askHolder, connectToHolder } from './ask-holder.ts';
import { type LockAddress, lockAddress, newLockAddress } from './lock-address.ts';
import { LockConnection } from './lock-connection.ts';
import {
	createNonce,
	helloSchema,
	type LockAnswer,
	LockProof,
	type LockRequest,
	type ProgramStatus,
	requestSchema,
} from './lock-messages.ts';

/** Interval at which the holder checks that its socket is still in the data folder, ms. */
export const CHECK_INTERVAL_MS = 2_000;

/** Most connections at the same time; one takes a few milliseconds. */
const MAX_CONNECTIONS = 16;

/** Age at which the file lock of a claim counts as abandoned, ms. Long, because a claim may be suspended halfway. */
const CLAIM_LOCK = { waitTimeoutMs: 20_000, staleAfterMs: 60_000 };

export interface ServiceLockOptions {
	/** The data folder to lock; must exist. */
	readonly dataDir: string;
	readonly env: NodeJS.ProcessEnv;
	/** Returns what other programs learn about this one. */
	readonly status: () => ProgramStatus;
	/** Starts the service unless it is running. @throws ServiceError why it cannot start */
	readonly start: () => Promise<void>;
	/** Makes this program stop its service and exit, which releases the lock last. Returns immediately. */
	readonly stop: () => void;
	/** The data folder was deleted, or only the lock in it. This class creates the folder, the secret and the lock again. */
	readonly onDeleted: () => void;
	/** Another program has locked the data folder after it was deleted, so this program must stop. */
	readonly onLost: (error: ServiceError) => void;
	readonly clock: Clock;
}

/** What a holder has open. */
interface Held {
	readonly address: LockAddress;
	readonly server: Server;
	readonly sockets: Set<Socket>;
	readonly secret: Uint8Array;
	/** Identifies the socket file; `undefined` on Windows. */
	readonly file: string | undefined;
}

/**
 * Locks a data folder for one program, until the program ends. The lock is a Unix socket or a named pipe, which the system closes
 * with the program: a program that is killed leaves no lock, and one that is suspended keeps it. Other programs can connect to ask for
 * the status of this one, or to start or stop its service; see `lock-messages.ts`.
 */
export class ServiceLock {
	private readonly options: ServiceLockOptions;
	private held: Held | undefined;
	private stopChecking = () => {};
	private checking: Promise<void> | undefined;

	constructor(options: ServiceLockOptions) {
		this.options = options;
	}

	/**
	 * Takes the lock unless this program has it.
	 *
	 * @throws ServiceError CONFIGURATION_ERROR naming the folder, the program that holds it and the commands to start or stop it; also if
	 *   the secret is damaged. DB_QUERY_FAILED naming the file, if the folder is not writable
	 */
	async hold(): Promise<void> {
		if (this.held !== undefined) return;
		this.held = await this.claim();
		this.stopChecking = repeat(this.options.clock, CHECK_INTERVAL_MS, () => {
			this.checking ??= this.check().finally(() => {
				this.checking = undefined;
			});
		});
	}

	/** Releases the lock. Idempotent. */
	async release(): Promise<void> {
		this.stopChecking();
		await this.checking;
		const { held } = this;
		this.held = undefined;
		if (held === undefined) return;
		if (held.address.entry !== undefined && (await this.isInPlace(held))) await rm(held.address.entry, { force: true });
		close(held);
	}

	private async claim(lost?: Uint8Array): Promise<Held> {
		const { dataDir, env } = this.options;
		// Before the file lock as well, so that programs which are refused do not make others wait.
		await this.refuseIfHeld(await lockAddress(dataDir));
		const secret = await openSecret(dataDir, lost);
		return withFileLock(
			join(dataDir, 'run.sock'),
			async () => {
				const address = await newLockAddress(dataDir, env);
				// The second one is different only if its path is too long and the link in the data folder was deleted.
				for (const claimed of [await lockAddress(dataDir), address]) await this.refuseIfHeld(claimed);
				return this.listen(address, secret);
			},
			CLAIM_LOCK,
		);
	}

	/** Resolves if no program listens at the address. @throws ServiceError CONFIGURATION_ERROR otherwise */
	private async refuseIfHeld(address: LockAddress | undefined): Promise<void> {
		const { dataDir, clock } = this.options;
		const socket = address && (await connectToHolder(address, dataDir).catch(refuse));
		if (socket === undefined) return;
		socket.destroy();
		const holder = await askHolder(dataDir, 'status', clock).catch(refuse);
		if (holder !== undefined) throw heldError(inUseText(dataDir, holder));
		throw heldError(`The data folder ${dataDir} was in use a moment ago: try again`);
	}

	private async listen(address: LockAddress, secret: Uint8Array): Promise<Held> {
		const { entry, target } = address;
		const sockets = new Set<Socket>();
		const server = createServer((socket) => {
			sockets.add(socket);
			socket.on('close', () => sockets.delete(socket));
			void this.serve(socket, secret, () => sockets.delete(socket));
		});
		server.maxConnections = MAX_CONNECTIONS;
		// The socket gets its final name last, so that every program that finds it can connect. Its first name is as short, and
		// different each time, because the system removes it when the server closes.
		const fresh = entry === target ? `${target.slice(0, -4)}${randomBytes(2).toString('hex')}` : target;
		try {
			if (entry !== undefined) await rm(fresh, { force: true });
			await once(server.listen(fresh), 'listening');
			// A connection that cannot be accepted fails at the other end.
			server.on('error', () => {});
			if (entry === undefined) return { address, server, sockets, secret, file: undefined };
			await chmod(fresh, 0o600);
			await rm(entry, { force: true });
			// Both fail if the name exists, so that two programs cannot both take it.
			if (entry === target) await link(fresh, entry);
			else await symlink(target, entry);
			if (entry === target) await rm(fresh);
			return { address, server, sockets, secret, file: await fileIdOf(entry) };
		} catch (cause) {
			server.close();
			throw creationError(entry ?? target, cause);
		}
	}

	/**
	 * Answers one connection; whatever does not follow the protocol is closed without an answer.
	 *
	 * @param keep keeps the connection open when the lock is released
	 */
	private async serve(socket: Socket, secret: Uint8Array, keep: () => void): Promise<void> {
		const connection = new LockConnection(socket, this.options.clock);
		try {
			const { nonce: asker } = await connection.receive(helloSchema);
			const holder = createNonce();
			const expected = new LockProof(secret, { asker, holder });
			connection.send({ nonce: holder, proof: expected.of('holder') });
			const { proof, request } = await connection.receive(requestSchema);
			if (!expected.isValid('asker', proof)) throw new Error('The other end does not know the secret');
			connection.send(await this.answer(request));
			if (request !== 'stop') return connection.close();
			// The system closes it when this process ends, which is what the other program waits for.
			keep();
			socket.unref();
			this.options.stop();
		} catch {
			socket.destroy();
		}
	}

	private async answer(request: LockRequest): Promise<LockAnswer> {
		const { start, status } = this.options;
		try {
			if (request === 'start') await start();
			return { status: status() };
		} catch (thrown) {
			return { problem: thrown instanceof ServiceError ? thrown.message : reasonOf(thrown) };
		}
	}

	/** Takes the lock again if the data folder or the socket was deleted. */
	private async check(): Promise<void> {
		const { dataDir, onDeleted, onLost } = this.options;
		const { held } = this;
		if (held === undefined || (await this.isInPlace(held))) return;
		// Only once, because the socket stays closed until it is replaced.
		const isNew = held.server.listening;
		close(held);
		try {
			await prepareDataDir(dataDir);
			this.held = await this.claim(held.secret);
		} catch (thrown) {
			// Any other error, such as a folder that cannot be created, may be gone at the next check.
			if (thrown instanceof ServiceError && isHeldByAnother(thrown)) {
				this.stopChecking();
				onLost(thrown);
				return;
			}
		}
		// Last, because a log in the data folder would create it with access for other users.
		if (isNew) onDeleted();
	}

	private async isInPlace({ address: { entry }, file }: Held): Promise<boolean> {
		try {
			return entry === undefined || (await fileIdOf(entry)) === file;
		} catch (cause) {
			// After any other error, such as a disk that does not answer, the socket is probably still there.
			return !['ENOENT', 'ENOTDIR'].includes(codeOf(cause) ?? '');
		}
	}
}

/** Identifies a socket file. Node rounds numbers of this size, so they are read as text. */
async function fileIdOf(path: string): Promise<string> {
	const { dev, ino, birthtimeNs } = await stat(path, { bigint: true });
	return `${dev} ${ino} ${birthtimeNs}`;
}

/** Closes the socket; the system removes its temporary name, or the one outside the data folder. */
function close({ server, sockets }: Held): void {
	server.close();
	for (const socket of sockets) socket.destroy();
}

function inUseText(dataDir: string, { program, version, pid, state, addresses: [address] }: ProgramStatus): string {
	const name = program === 'desktop' ? 'the desktop app' : '`fingerprint-service serve`';
	const service = `its service is ${state === 'failed' ? 'stopped' : state}${address === undefined ? '' : ` on ${address}`}`;
	const start = state === 'running' ? '' : `start the service with ${ownCommand('start', dataDir)}, or `;
	return `The data folder ${dataDir} is in use by ${name} (version ${version}, process ${pid}), ${service}: ${start}end that program with ${ownCommand('stop', dataDir)}, or choose another folder with --data-dir`;
}

/** Returns whether an error means that another program holds the lock, and with it the data folder. */
export function isHeldByAnother({ details }: ServiceError): boolean {
	return details?.reason === HELD;
}

/** `details.reason` of the error if another program holds the lock. */
const HELD = 'held';

function refuse(thrown: unknown): never {
	throw heldError(reasonOf(thrown), thrown);
}

function heldError(message: string, cause?: unknown): ServiceError {
	return new ServiceError('CONFIGURATION_ERROR', { message, details: { reason: HELD }, cause });
}

function creationError(path: string, cause: unknown): ServiceError {
	return new ServiceError('CONFIGURATION_ERROR', {
		message: `The lock ${path} cannot be created (${reasonOf(cause)}): use a data folder on a local disk of this computer`,
		details: { file: path },
		cause,
	});
}

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { ServiceError } from '../../protocol/errors.ts';
import { type Clock, systemClock } from '../../time/clock.ts';
import { readSecret } from '../secret-file.ts';
import { codeOf, reasonOf } from '../system-error.ts';
import { type LockAddress, lockAddress } from './lock-address.ts';
import { LockConnection, STEP_TIMEOUT_MS } from './lock-connection.ts';
import {
	answerSchema,
	createNonce,
	holderProofSchema,
	type LockAnswer,
	LockProof,
	type LockRequest,
	type ProgramStatus,
} from './lock-messages.ts';

/** Time for a program to start its service, or to stop it and exit, ms. */
const CHANGE_TIMEOUT_MS = 30_000;

/**
 * Asks the program that holds the lock of a data folder for its status, to start its service, or to stop and exit. Waits until
 * that is done, and after `stop` until its process has ended.
 *
 * @returns the status afterwards, before a stop; `undefined` if no program holds the lock
 * @throws ServiceError SERVICE_UNAVAILABLE if the program does not answer, does not know the secret of the data folder or cannot do
 *   what it was asked
 */
export async function askHolder(
	dataDir: string,
	request: LockRequest,
	clock: Clock = systemClock,
): Promise<ProgramStatus | undefined> {
	const address = await lockAddress(dataDir).catch((cause: unknown) => {
		throw unavailable(`The lock of the data folder ${dataDir} cannot be read (${reasonOf(cause)})`, cause);
	});
	const socket = address && (await connectToHolder(address, dataDir));
	if (socket === undefined) return undefined;
	try {
		const answer = await exchange(new LockConnection(socket, clock), { dataDir, request });
		if ('problem' in answer) throw unavailable(answer.problem);
		return answer.status;
	} finally {
		socket.destroy();
	}
}

/**
 * Connects to the holder of a lock, which proves nothing about it except that it runs.
 *
 * @returns `undefined` if no program listens there
 * @throws ServiceError SERVICE_UNAVAILABLE if that is unknown, for example because the program belongs to another user
 */
export async function connectToHolder({ target }: LockAddress, dataDir: string): Promise<Socket | undefined> {
	const socket = connect(target);
	try {
		await once(socket, 'connect');
		return socket;
	} catch (cause) {
		const code = codeOf(cause);
		// ECONNREFUSED: the program that created the socket has ended.
		if (code === 'ENOENT' || code === 'ECONNREFUSED') return undefined;
		throw silentError(dataDir, cause);
	}
}

async function exchange(
	connection: LockConnection,
	{ dataDir, request }: { dataDir: string; request: LockRequest },
): Promise<LockAnswer> {
	const proof = await prove(connection, dataDir);
	connection.send({ proof: proof.of('asker'), request });
	const timeoutMs = request === 'start' ? CHANGE_TIMEOUT_MS : STEP_TIMEOUT_MS;
	const answer = await receive(connection.receive(answerSchema, timeoutMs), dataDir);
	if (request === 'stop' && !(await connection.closed(CHANGE_TIMEOUT_MS)))
		throw unavailable(`The program is still stopping after ${CHANGE_TIMEOUT_MS / 1_000} s: look at its log`);
	return answer;
}

async function prove(connection: LockConnection, dataDir: string): Promise<LockProof> {
	const asker = createNonce();
	connection.send({ nonce: asker });
	const { nonce: holder, proof } = await receive(connection.receive(holderProofSchema), dataDir);
	const secret = await readSecret(dataDir);
	const expected = secret && new LockProof(secret, { asker, holder });
	if (expected?.isValid('holder', proof)) return expected;
	throw unavailable(
		`A program holds the lock of the data folder ${dataDir} but has another secret, because the file was replaced while it ran: end that program, then try again`,
	);
}

async function receive<T>(message: Promise<T>, dataDir: string): Promise<T> {
	return message.catch((cause: unknown) => {
		throw silentError(dataDir, cause);
	});
}

function silentError(dataDir: string, cause: unknown): ServiceError {
	const reason = codeOf(cause);
	const message = `A program holds the lock of the data folder ${dataDir} and does not answer${reason ? ` (${reason})` : ''}: it may be suspended, overloaded or run by another user; resume or end it, then try again`;
	return unavailable(message, cause);
}

function unavailable(message: string, cause?: unknown): ServiceError {
	return new ServiceError('SERVICE_UNAVAILABLE', { message, cause });
}

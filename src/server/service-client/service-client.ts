import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import * as z from 'zod';
import type { Credentials } from '../../access/authenticator.ts';
import { ServiceError } from '../../protocol/errors.ts';
import { SERVER_MESSAGES, type ServerMessage, type ServerMessageType } from '../../protocol/server-messages.ts';
import { type Clock, systemClock } from '../../time/clock.ts';
import { serviceAddress } from '../http/service-address.ts';

/** Time for a service to open a connection, and to answer the credentials, ms. */
const ANSWER_TIMEOUT_MS = 10_000;

const WEBSOCKET_OPTIONS = { maxPayload: 16 * 1024 * 1024, handshakeTimeout: ANSWER_TIMEOUT_MS, closeTimeout: 2_000 };

/** One line of text without control characters. */
const REFUSAL = /^[^\p{C}]{1,300}(?=\n$)/u;

const envelopeSchema = z.object({ type: z.enum(Object.keys(SERVER_MESSAGES) as ServerMessageType[]) });

/** A WebSocket client of a running service, used by the command line. */
export class ServiceClient {
	private readonly socket: WebSocket;
	private readonly address: string;
	private readonly clock: Clock;
	private readonly arrived: ServerMessage[] = [];
	private fault: ServiceError | undefined;
	private cancelDeadline = () => {};
	private onChange = () => {};

	private constructor(socket: WebSocket, address: string, clock: Clock) {
		this.socket = socket;
		this.address = address;
		this.clock = clock;
		socket.on('message', (data) => this.receive(String(data)));
		socket.on('error', (cause) => this.fail('does not speak the protocol of the service', cause));
		socket.on('close', () => {
			this.cancelDeadline();
			this.onChange();
		});
	}

	/**
	 * @param service `host` as in `server.host`
	 * @param clock for the timeout of the answer to the credentials
	 * @throws ServiceError SERVICE_UNAVAILABLE if no service answers there
	 */
	static async connect(service: { host: string; port: number }, clock: Clock = systemClock): Promise<ServiceClient> {
		const address = serviceAddress(service);
		const socket = new WebSocket(`ws://${address}/ws`, WEBSOCKET_OPTIONS);
		// Created before the connection is open, so that no early message is missed.
		const client = new ServiceClient(socket, address, clock);
		await opened(socket, address);
		return client;
	}

	/** Sends the credentials; the answer is one of the messages. */
	authenticate(credentials: Credentials): void {
		// If the connection has already closed, nothing would cancel the timeout.
		if (this.socket.readyState !== WebSocket.OPEN) return;
		this.cancelDeadline = this.clock.after(ANSWER_TIMEOUT_MS, () => this.fail('does not answer'));
		this.send({ type: 'auth', ...credentials });
	}

	send(message: { readonly type: string; readonly [field: string]: unknown }): void {
		this.socket.send(JSON.stringify(message));
	}

	/**
	 * Yields every message until the connection closes; pings are answered and left out.
	 *
	 * @throws ServiceError SERVICE_UNAVAILABLE if the other side does not answer or speaks another protocol
	 */
	async *messages(): AsyncGenerator<ServerMessage> {
		for (;;) {
			const message = this.arrived.shift();
			if (message !== undefined) yield message;
			else if (this.socket.readyState === WebSocket.CLOSED) break;
			else await new Promise<void>((resolve) => (this.onChange = resolve));
		}
		if (this.fault !== undefined) throw this.fault;
	}

	close(): void {
		this.socket.close();
	}

	private receive(text: string): void {
		this.cancelDeadline();
		try {
			const message = parseServerMessage(JSON.parse(text));
			if (message.type === 'ping') this.send({ type: 'pong' });
			else this.arrived.push(message);
		} catch (cause) {
			this.fail('does not speak the protocol of the service', cause);
		}
		this.onChange();
	}

	private fail(what: string, cause?: unknown): void {
		this.fault ??= unavailable(
			`The program on ${this.address} ${what}: set the port of the service with --port`,
			cause,
		);
		this.socket.terminate();
	}
}

/** Parses a message with the schema of its type only. @throws ZodError for anything else */
function parseServerMessage(input: unknown): ServerMessage {
	const { type } = envelopeSchema.parse(input);
	return SERVER_MESSAGES[type].parse(input);
}

/** Resolves when the connection is open. @throws ServiceError SERVICE_UNAVAILABLE with the reason */
function opened(socket: WebSocket, address: string): Promise<void> {
	return new Promise((resolve, reject) => {
		socket.once('open', resolve);
		socket.once('unexpected-response', (request, response) => {
			const refusal = `The program on ${address} refuses the connection (HTTP status ${response.statusCode})`;
			void refusalOf(response)
				.then((reason = 'try again in a few seconds, or set the port of the service with --port') =>
					reject(unavailable(`${refusal}: ${reason}`)),
				)
				.finally(() => request.destroy());
		});
		socket.once('error', (cause) => {
			const message = `No fingerprint service answers on ${address}: start it with \`fingerprint-service serve\`, or set its port with --port`;
			reject(unavailable(message, cause));
		});
	});
}

/** Returns the line in which the service states why it refuses a connection; `undefined` if the program is not the service. */
async function refusalOf(response: IncomingMessage): Promise<string | undefined> {
	if (response.headers['content-type'] !== 'text/plain; charset=utf-8') return undefined;
	// The service closes the connection after it; another program may send more, or nothing.
	const line = await new Promise<string>((resolve) => {
		response.once('data', (data) => resolve(String(data))).once('close', () => resolve(''));
	});
	return REFUSAL.exec(line)?.[0];
}

function unavailable(message: string, cause?: unknown): ServiceError {
	return new ServiceError('SERVICE_UNAVAILABLE', { message, cause });
}

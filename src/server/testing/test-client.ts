import { EventEmitter, once } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { WebSocket } from 'ws';
import {
	SERVER_MESSAGES,
	type ServerMessage,
	type ServerMessageOf,
	type ServerMessageType,
} from '../../protocol/server-messages.ts';

/** How long a test waits for what must come, ms. */
const DEADLINE_MS = 10_000;

export interface ConnectOptions {
	/** Default 127.0.0.1. */
	readonly host?: string;
	/** Default `/`. */
	readonly path?: string;
	/** Default: none, as a native program. */
	readonly origin?: string;
}

/** A client over a real socket that keeps every message and holds each to the letter of its schema. */
export class TestClient {
	readonly socket: WebSocket;
	private readonly unread: ServerMessage[] = [];
	private readonly changes = new EventEmitter();
	private fault: Error | undefined;
	private goodbye: { code: number; reason: string } | undefined;

	private constructor(socket: WebSocket) {
		this.socket = socket;
		socket.on('message', (data) => this.receive(String(data)));
		socket.on('close', (code, reason) => {
			this.goodbye = { code, reason: String(reason) };
			this.changes.emit('change');
		});
	}

	/** @throws Error "Unexpected server response: 403" and the like when the handshake is refused */
	static async connect(port: number, options: ConnectOptions = {}): Promise<TestClient> {
		const { host = '127.0.0.1', path = '/', origin } = options;
		const socket = new WebSocket(`ws://${host}:${port}${path}`, origin === undefined ? {} : { origin });
		await once(socket, 'open');
		return new TestClient(socket);
	}

	/** Send an object as JSON, or a text as it is. */
	send(message: object | string): void {
		this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
	}

	/** The next message, which must be of this type. */
	async next<T extends ServerMessageType>(type: T): Promise<ServerMessageOf<T>> {
		const message = await this.until(`a message ${type}`, () => this.unread.shift());
		if (message.type !== type) throw new Error(`Expected ${type}, got ${JSON.stringify(message)}`);
		return message as ServerMessageOf<T>;
	}

	/**
	 * Every unread message, after two pings went there and back one after the other; the pongs are left out. Whatever the
	 * server had to say so far is among them, and what is not among them was not said.
	 */
	async drain(): Promise<ServerMessage[]> {
		// The first pong may overtake what messages sent just before it still bring about; the second cannot.
		return [...(await this.roundTrip()), ...(await this.roundTrip())];
	}

	/** How the connection ended, once it has; messages before its end may be unread. */
	closed(): Promise<{ code: number; reason: string }> {
		return this.until('the end of the connection', () => this.goodbye);
	}

	/** Every message of a connection that has ended or is about to. */
	async rest(): Promise<ServerMessage[]> {
		await this.closed();
		return this.unread.splice(0);
	}

	/** Leave, and wait until the socket is closed. */
	async close(): Promise<void> {
		this.socket.close();
		await this.closed();
	}

	private async roundTrip(): Promise<ServerMessage[]> {
		this.send({ type: 'ping' });
		const end = await this.until('a pong', () => {
			const index = this.unread.findIndex(({ type }) => type === 'pong');
			return index === -1 ? undefined : index + 1;
		});
		return this.unread.splice(0, end).slice(0, -1);
	}

	private receive(text: string): void {
		const message = JSON.parse(text);
		const schema = SERVER_MESSAGES[message.type as ServerMessageType];
		// A schema leaves out what it does not know: a message that comes out as it went in has no unknown field.
		if (!isDeepStrictEqual(schema?.safeParse(message).data, message))
			this.fault ??= new Error(`Not in the protocol: ${text}`);
		this.unread.push(message);
		this.changes.emit('change');
	}

	private async until<T>(what: string, pick: () => T | undefined): Promise<T> {
		const signal = AbortSignal.timeout(DEADLINE_MS);
		for (;;) {
			if (this.fault !== undefined) throw this.fault;
			const found = pick();
			if (found !== undefined) return found;
			const state = () => `waiting for ${what}; unread: ${JSON.stringify(this.unread)}`;
			if (this.goodbye !== undefined) throw new Error(`Closed with ${JSON.stringify(this.goodbye)} while ${state()}`);
			await once(this.changes, 'change', { signal }).catch((cause) => {
				throw new Error(`No answer while ${state()}`, { cause });
			});
		}
	}
}

import { EventEmitter, once } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { WebSocket } from 'ws';
import { SERVER_MESSAGES, type ServerMessage, type ServerMessageType } from '../../../src/protocol/server-messages.ts';

/** The beginning of a record in base64, "FMR". */
const TEMPLATE_START = 'Rk1S';
const INTERNAL_ERROR = 5001;

/** Messages that answer a client which is not authenticated. */
const FIRST_ANSWERS: readonly ServerMessageType[] = ['error', 'auth:error', 'pong'];

export interface FuzzClientOptions {
	readonly port: number;
	/** For messages of failures. */
	readonly name: string;
	/** Texts that no message may contain. */
	readonly secrets: readonly string[];
}

/** A client that sends any text, and checks of each message what must be true of every message that the service sends. */
export class FuzzClient {
	readonly name: string;
	readonly received: ServerMessage[] = [];
	closeCode: number | undefined;
	private readonly secrets: readonly string[];
	private readonly socket: WebSocket;
	private readonly changes = new EventEmitter();
	private fault: Error | undefined;

	private constructor(socket: WebSocket, { name, secrets }: FuzzClientOptions) {
		this.name = name;
		this.secrets = secrets;
		this.socket = socket;
		socket.on('message', (data) => this.receive(String(data)));
		// A socket that the service has closed fails when a frame is written to it.
		socket.on('error', () => {});
		socket.on('close', (code) => {
			this.closeCode = code;
			this.changes.emit('change');
		});
	}

	static async connect(options: FuzzClientOptions): Promise<FuzzClient> {
		const socket = new WebSocket(`ws://127.0.0.1:${options.port}`);
		const client = new FuzzClient(socket, options);
		await once(socket, 'open');
		return client;
	}

	get isAuthenticated(): boolean {
		return this.received.some(({ type }) => type === 'auth:success');
	}

	/**
	 * Sends a text and a ping.
	 *
	 * @param isPing whether the text is a valid ping, which is answered with a pong as well
	 * @returns the messages that arrive before the pong of the ping, or before the connection closes
	 */
	exchange(text: string, isPing: boolean): Promise<readonly ServerMessage[]> {
		return this.exchangeFrame(text, false, isPing);
	}

	/** As `exchange`, with a frame of any kind. */
	async exchangeFrame(data: string | Buffer, binary: boolean, isPing = false): Promise<readonly ServerMessage[]> {
		const start = this.received.length;
		const answers = () => this.received.slice(start);
		if (this.closeCode !== undefined) return [];
		this.socket.send(data, { binary });
		this.socket.send('{"type":"ping"}');
		await this.until(() => isAnswered(answers(), this.isAuthenticated, isPing));
		const isPong = this.received.at(-1)?.type === 'pong';
		return isPong ? answers().slice(0, -1) : answers();
	}

	async close(): Promise<void> {
		this.socket.close();
		while (this.closeCode === undefined) await once(this.changes, 'change');
	}

	private async until(isReached: () => boolean): Promise<void> {
		while (this.fault === undefined && this.closeCode === undefined && !isReached()) await once(this.changes, 'change');
		if (this.fault !== undefined) throw this.fault;
	}

	private receive(text: string): void {
		const message = JSON.parse(text);
		const problem = this.problemOf(message, text);
		if (problem !== undefined) this.fault ??= new Error(`${this.name} received ${problem}: ${text.slice(0, 1_000)}`);
		this.received.push(message);
		this.changes.emit('change');
	}

	private problemOf(message: ServerMessage, text: string): string | undefined {
		const schema = SERVER_MESSAGES[message.type];
		// Parsing removes unknown fields, so a message that is unchanged has none.
		if (!isDeepStrictEqual(schema?.safeParse(message).data, message))
			return 'a message that the protocol does not have';
		if ('code' in message && message.code === INTERNAL_ERROR) return 'INTERNAL_ERROR';
		if (this.secrets.some((secret) => text.includes(secret))) return 'a key or a token';
		const { template: _template, ...others } = { template: undefined, ...message };
		if (
			message.type === 'scan:complete' ? JSON.stringify(others).includes(TEMPLATE_START) : text.includes(TEMPLATE_START)
		)
			return 'a template outside of scan:complete';
		return undefined;
	}
}

/** Returns whether both the text and the ping after it are answered. */
function isAnswered(answers: readonly ServerMessage[], isAuthenticated: boolean, isPing: boolean): boolean {
	const count = (types: readonly ServerMessageType[]) => answers.filter(({ type }) => types.includes(type)).length;
	if (!isAuthenticated) return count(FIRST_ANSWERS) >= 2;
	return count(['pong']) >= (isPing ? 2 : 1);
}

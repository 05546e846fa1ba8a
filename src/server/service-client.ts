import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Credentials } from '../access/authenticator.ts';
import { ServiceError } from '../protocol/errors.ts';
import type { ServerMessage } from '../protocol/server-messages.ts';

/** A client of a running service, as the command line needs one: connect, authenticate, exchange messages. */
export class ServiceClient {
	private readonly socket: WebSocket;

	private constructor(socket: WebSocket) {
		this.socket = socket;
	}

	/**
	 * Connect and send the credentials; whether they are accepted is among the messages.
	 *
	 * @throws ServiceError SERVICE_UNAVAILABLE if no service listens there
	 */
	static async connect(port: number, credentials: Credentials): Promise<ServiceClient> {
		const socket = new WebSocket(`ws://localhost:${port}/ws`, { maxPayload: 16 * 1024 * 1024 });
		try {
			await once(socket, 'open');
		} catch (cause) {
			const message = `No fingerprint service answers on port ${port}: start it with \`fingerprint-service serve\`, or name its port with --port`;
			throw new ServiceError('SERVICE_UNAVAILABLE', { message, cause });
		}
		const client = new ServiceClient(socket);
		client.send({ type: 'auth', ...credentials });
		return client;
	}

	send(message: { readonly type: string; readonly [field: string]: unknown }): void {
		this.socket.send(JSON.stringify(message));
	}

	/** Every message from now on until the connection closes; pings are answered and left out. */
	async *messages(): AsyncGenerator<ServerMessage> {
		const arrived: ServerMessage[] = [];
		let wake = () => {};
		let isClosed = false;
		this.socket.on('message', (data) => {
			arrived.push(JSON.parse(String(data)));
			wake();
		});
		this.socket.on('close', () => {
			isClosed = true;
			wake();
		});
		while (!isClosed || arrived.length > 0) {
			const message = arrived.shift();
			if (message === undefined) await new Promise<void>((resolve) => (wake = resolve));
			else if (message.type === 'ping') this.send({ type: 'pong' });
			else yield message;
		}
	}

	close(): void {
		this.socket.close();
	}
}

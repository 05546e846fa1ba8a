import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AdminTokens } from '../../access/admin-tokens.ts';
import { isHostAllowed } from '../../access/origins.ts';
import type { Logger } from '../../log/logger.ts';
import { toServiceError } from '../../protocol/errors.ts';
import { acceptWebSocket, refuseWebSocket, type UpgradeRequest } from '../../server/http/accept-web-socket.ts';
import { pathOf } from '../../server/http/handshake.ts';
import type { HttpHandler } from '../../server/http/http-listener.ts';
import { RefusalLog } from '../../server/http/refusal-log.ts';
import { PAGE_ISOLATION_HEADERS, SECURITY_HEADERS } from '../../server/http/security-headers.ts';
import type { Clock } from '../../time/clock.ts';
import type { OperatorSession } from '../operator-session.ts';
import { toProblem } from '../views.ts';
import { WebConsoleClient } from './operator-client.ts';
import { readSmallBody } from './request-body.ts';
import { readWindowFile, windowPolicy } from './window-files.ts';

/** Where the console lives on the service's port. */
export const CONSOLE_PATH = '/console/';

/** Windows open at the same time; nobody has more. */
const MAX_CLIENTS = 16;

export interface WebConsoleOptions {
	readonly tokens: () => Promise<AdminTokens>;
	readonly openSession: () => OperatorSession;
	/** The host the service listens on, by which it may be reached besides the names of the loopback. */
	readonly host: () => string;
	readonly clock: Clock;
	readonly logger: Logger;
}

/**
 * The carrier of the console over HTTP and WebSocket, for a service without a desktop app. It answers this machine alone, and
 * no page but its own; what is said over it takes an admin token. See the end of `contract.ts` for what goes over the wire.
 */
export class WebConsole implements HttpHandler {
	private readonly options: WebConsoleOptions;
	private readonly clients = new Set<WebConsoleClient>();
	private readonly refusals: RefusalLog;
	private isClosing = false;

	constructor(options: WebConsoleOptions) {
		this.options = options;
		this.refusals = new RefusalLog(options);
	}

	respond(request: IncomingMessage, response: ServerResponse, address: string): void {
		this.answer(request, response, address).catch((error: unknown) => {
			this.options.logger.error('A request of the console failed', { error });
			response.destroy();
		});
	}

	upgrade(upgrade: UpgradeRequest): void {
		const { request } = upgrade;
		if (!this.isFromHere(request))
			refuseWebSocket(upgrade, { status: 403, reason: 'The console is for this machine alone' });
		else if (pathOf(request.url ?? '') !== `${CONSOLE_PATH}socket`)
			refuseWebSocket(upgrade, { status: 404, reason: `The WebSocket is at ${CONSOLE_PATH}socket` });
		else if (this.isClosing) refuseWebSocket(upgrade, { status: 503, reason: 'The program ends' });
		else if (this.clients.size >= MAX_CLIENTS)
			refuseWebSocket(upgrade, { status: 503, reason: 'Too many windows are open already; close some' });
		else acceptWebSocket(upgrade, (socket) => this.welcome(new WebConsoleClient(socket, this.options)));
	}

	/** Say goodbye to every window, for good; idempotent. */
	async close(): Promise<void> {
		// A window that was told comes back within a second, while another may take two to answer.
		this.isClosing = true;
		this.refusals.close();
		await Promise.all([...this.clients].map((client) => client.close()));
	}

	/** Whether a request comes from this machine, by one of its own names, and from no foreign page. */
	private isFromHere({ socket, headers }: IncomingMessage): boolean {
		const { host, origin } = headers;
		const { remoteAddress = '', localAddress } = socket;
		const isOwn = /^(?:127\.|::1$|::ffff:127\.)/.test(remoteAddress) || remoteAddress === localAddress;
		return isOwn && isHostAllowed(host, [this.options.host()]) && (origin === undefined || origin === `http://${host}`);
	}

	private welcome(client: WebConsoleClient): void {
		this.clients.add(client);
		void client.closed.then(() => this.clients.delete(client));
	}

	private async answer(request: IncomingMessage, response: ServerResponse, address: string): Promise<void> {
		const path = pathOf(request.url ?? '');
		if (!this.isFromHere(request)) reply(response, 403, 'text/plain', 'The console is for this machine alone\n');
		else if (path === `${CONSOLE_PATH}session` && request.method === 'POST') await this.openSession(request, response);
		else if (request.method !== 'GET' && request.method !== 'HEAD') reply(response, 405, 'text/plain', 'Use GET\n');
		else if (`${path}/` === CONSOLE_PATH) response.writeHead(308, { location: CONSOLE_PATH }).end();
		else await serveFile(path.slice(CONSOLE_PATH.length), response, address);
	}

	/** Change a ticket for a token. */
	private async openSession(request: IncomingMessage, response: ServerResponse): Promise<void> {
		try {
			const { ticket } = await readSmallBody(request);
			const token = await (await this.options.tokens()).redeemTicket(ticket);
			reply(response, 200, 'application/json', JSON.stringify({ token }));
		} catch (thrown) {
			const error = toServiceError(thrown);
			this.refusals.record({ error });
			const status = error.error === 'INVALID_JSON' || error.error === 'INVALID_MESSAGE' ? 400 : 401;
			reply(response, status, 'application/json', JSON.stringify(toProblem(error)));
		}
	}
}

async function serveFile(path: string, response: ServerResponse, address: string): Promise<void> {
	const file = await readWindowFile(path);
	if (file === undefined) return reply(response, 404, 'text/plain', `Nothing is here; see ${CONSOLE_PATH}\n`);
	response.setHeader('content-security-policy', windowPolicy(`ws://${address}`));
	reply(response, 200, file.contentType, file.content);
}

function reply(response: ServerResponse, status: number, contentType: string, body: string | Buffer): void {
	response.writeHead(status, {
		'content-type': contentType,
		'content-length': Buffer.byteLength(body),
		...SECURITY_HEADERS,
		...PAGE_ISOLATION_HEADERS,
	});
	response.end(body);
}

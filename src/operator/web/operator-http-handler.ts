import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KeyAccess } from '../../access/key-access.ts';
import type { Logger } from '../../log/logger.ts';
import { type ServiceError, toServiceError } from '../../protocol/errors.ts';
import { acceptWebSocket, refuseWebSocket, type UpgradeRequest } from '../../server/http/accept-web-socket.ts';
import { checkHost, type Refusal } from '../../server/http/handshake.ts';
import type { HttpHandler } from '../../server/http/http-listener.ts';
import { RefusalLog } from '../../server/http/refusal-log.ts';
import { handshakeSourceOf, pathOf } from '../../server/http/request-target.ts';
import { PAGE_ISOLATION_HEADERS, SECURITY_HEADERS } from '../../server/http/security-headers.ts';
import { CLOSE_CODES } from '../../server/session/connection.ts';
import { makeRoom } from '../../server/session/slots.ts';
import type { Clock } from '../../time/clock.ts';
import type { OperatorSession } from '../operator-session.ts';
import { toProblem } from '../views.ts';
import { readJsonBody } from './request-body.ts';
import { WindowConnection } from './window-connection.ts';
import { readWindowFile, windowPolicy } from './window-files.ts';

/** Path of the operator window on the port of the service. */
export const OPERATOR_PATH = '/console/';

const SOCKET_PATH = `${OPERATOR_PATH}socket`;

const LOCAL_ONLY = 'The operator window works only on the computer of the service: open the link there';

/** Windows that are open at the same time; far more than one operator needs. Their slots are not those of the clients. */
const SLOT_LIMITS = { connections: 16, unauthenticated: 16, unauthenticatedPerOrigin: 16 };

export interface OperatorHttpHandlerOptions {
	readonly access: KeyAccess;
	readonly openSession: () => OperatorSession;
	/** Called for each wrong or expired link and token. */
	readonly onRefused: (error: ServiceError) => void;
	/** Returns the host on which the service listens; requests may use it in addition to the loopback names. */
	readonly host: () => string;
	readonly clock: Clock;
	readonly logger: Logger;
}

/**
 * Serves the operator window, and its calls and events, over HTTP and WebSocket when there is no desktop app. It accepts only
 * requests from this computer and from its own page, and every call needs an admin token. The end of `contract.ts` describes
 * the messages.
 */
export class OperatorHttpHandler implements HttpHandler {
	private readonly options: OperatorHttpHandlerOptions;
	private readonly windows = new Set<WindowConnection>();
	private readonly refusals: RefusalLog;
	private isClosing = false;

	constructor(options: OperatorHttpHandlerOptions) {
		this.options = options;
		this.refusals = new RefusalLog(options);
	}

	respond(request: IncomingMessage, response: ServerResponse, address: string): void {
		this.answer(request, response, address).catch((error: unknown) => {
			this.options.logger.error('A request to the operator window failed', { error });
			response.destroy();
		});
	}

	upgrade(upgrade: UpgradeRequest): void {
		const refusal = this.refusalOf(upgrade.request);
		if (refusal !== undefined) refuseWebSocket(upgrade, refusal);
		else acceptWebSocket(upgrade, (socket) => this.add(new WindowConnection(socket, this.options)));
	}

	/** Closes every window and refuses new ones; idempotent. */
	async close(): Promise<void> {
		// First, because a closed window reconnects within 1 s, while another may take 2 s to close.
		this.isClosing = true;
		this.refusals.close();
		for (const window of this.windows) window.close(CLOSE_CODES.goingAway, 'The service is exiting');
		await Promise.all([...this.windows].map(({ closed }) => closed));
	}

	/** Whether a request comes from this computer, uses one of its own names, and does not come from a page of another origin. */
	private isLocalRequest(request: IncomingMessage): boolean {
		const source = handshakeSourceOf(request);
		const { hosts, origin } = source;
		const { remoteAddress = '', localAddress } = request.socket;
		const isOwn = /^(?:127\.|::1$|::ffff:127\.)/.test(remoteAddress) || remoteAddress === localAddress;
		const isHostAllowed = checkHost(source, [this.options.host()]) === undefined;
		return isOwn && isHostAllowed && (origin === undefined || origin === `http://${hosts[0]}`);
	}

	private refusalOf(request: IncomingMessage): Refusal | undefined {
		if (!this.isLocalRequest(request)) return { status: 403, reason: LOCAL_ONLY };
		if (pathOf(request.url ?? '') !== SOCKET_PATH) return { status: 404, reason: `Wrong path: use ${SOCKET_PATH}` };
		if (this.isClosing) return { status: 503, reason: 'The service is exiting: start it again' };
		const newcomer = { origin: undefined, openedMonotonic: this.options.clock.monotonic() };
		if (makeRoom([...this.windows], newcomer, SLOT_LIMITS) === undefined) return undefined;
		return { status: 503, reason: 'Too many operator windows are open: close some' };
	}

	private add(window: WindowConnection): void {
		this.windows.add(window);
		void window.closed.then(() => this.windows.delete(window));
	}

	private async answer(request: IncomingMessage, response: ServerResponse, address: string): Promise<void> {
		const path = pathOf(request.url ?? '');
		if (!this.isLocalRequest(request)) reply(response, 403, 'text/plain', `${LOCAL_ONLY}\n`);
		else if (path === `${OPERATOR_PATH}session` && request.method === 'POST') await this.openSession(request, response);
		else if (request.method !== 'GET' && request.method !== 'HEAD')
			reply(response, 405, 'text/plain', 'Wrong method: use GET\n');
		else if (`${path}/` === OPERATOR_PATH) response.writeHead(308, { location: OPERATOR_PATH }).end();
		else await serveFile(path.slice(OPERATOR_PATH.length), response, address);
	}

	/** Exchanges a ticket for a token. */
	private async openSession(request: IncomingMessage, response: ServerResponse): Promise<void> {
		try {
			const { ticket } = await readJsonBody(request);
			const token = await (await this.options.access.open()).tokens.redeemTicket(ticket);
			reply(response, 200, 'application/json', JSON.stringify({ token }));
		} catch (thrown) {
			const error = toServiceError(thrown);
			this.refusals.record({ error });
			const status = error.error === 'INVALID_JSON' || error.error === 'INVALID_MESSAGE' ? 400 : 401;
			if (status === 401) this.options.onRefused(error);
			reply(response, status, 'application/json', JSON.stringify(toProblem(error)));
		}
	}
}

async function serveFile(path: string, response: ServerResponse, address: string): Promise<void> {
	const file = await readWindowFile(path);
	if (file === undefined) return reply(response, 404, 'text/plain', `There is no such file: open ${OPERATOR_PATH}\n`);
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

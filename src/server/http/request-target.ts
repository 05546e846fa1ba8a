import type { IncomingMessage } from 'node:http';

/** A target such as `http://localhost:8080/ws`, which a server must accept as well (RFC 9112, section 3.2.2). */
const ABSOLUTE_TARGET = /^(?:http|ws)s?:\/\/(?<host>[^/?#]*)(?<rest>.*)$/i;

/** Returns the path of a request target, without its query. */
export function pathOf(target: string): string {
	const { rest = target } = ABSOLUTE_TARGET.exec(target)?.groups ?? {};
	return rest.split('?', 1)[0] || '/';
}

/** Returns the host and port of an absolute request target; `undefined` = the target is a path. */
export function targetHostOf(target: string): string | undefined {
	return ABSOLUTE_TARGET.exec(target)?.groups?.host;
}

/** What decides whether a request is accepted. */
export interface RequestSource {
	/** Path and query, or an absolute URL, as in the request line. */
	readonly target: string;
	/** The value of each `Host` header. */
	readonly hosts: readonly string[];
	/** `undefined` = a native program. */
	readonly origin: string | undefined;
}

/** Returns the source of a plain request. */
export function sourceOf({ url = '', headersDistinct }: IncomingMessage): RequestSource {
	const { host = [], origin } = headersDistinct;
	return { target: url, hosts: host, origin: origin?.join() };
}

/** Returns the source of a WebSocket handshake. Before version 13 of the protocol, `Origin` had another name (RFC 6455, appendix). */
export function handshakeSourceOf(request: IncomingMessage): RequestSource {
	const source = sourceOf(request);
	return { ...source, origin: source.origin ?? request.headersDistinct['sec-websocket-origin']?.join() };
}

/** Returns whether a request offers to switch to WebSocket. An offer of another protocol, such as h2c, is ignored. */
export function offersWebSocket({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
	return headers.upgrade?.toLowerCase() === 'websocket';
}

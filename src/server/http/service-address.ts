/** Where a service listens: a host as in `server.host`, and the actual port. */
export interface ListeningAddress {
	readonly host: string;
	readonly port: number;
}

/** Values of `server.host` that stand for several addresses: both loopback addresses, or all addresses of the machine. */
const MANY_ADDRESSES = ['localhost', '0.0.0.0', '::'];

/**
 * Returns the address at which a client on this machine reaches a service, in URL notation: `localhost:8080`,
 * `127.0.0.2:8080`, `[fd00::1]:8080`.
 */
export function serviceAddress({ host, port }: ListeningAddress): string {
	if (MANY_ADDRESSES.includes(host)) return `localhost:${port}`;
	return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

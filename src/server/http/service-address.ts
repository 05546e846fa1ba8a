/** What the setting `server.host` may name without naming one address: both loopbacks, or every address of the machine. */
const MANY_ADDRESSES = ['localhost', '0.0.0.0', '::'];

/**
 * Where a client on this machine reaches a service, as it stands in a URL: `localhost:8080`, `127.0.0.2:8080`,
 * `[fd00::1]:8080`.
 *
 * @param host as in `server.host`
 */
export function serviceAddress({ host, port }: { host: string; port: number }): string {
	if (MANY_ADDRESSES.includes(host)) return `localhost:${port}`;
	return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

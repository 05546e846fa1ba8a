import type { ServiceState, SettingsState } from '../../../src/operator/contract.ts';

/** The default of `server.port`. */
const DEFAULT_PORT = 8080;

/** Returns the address for a page: the current address of the service, or the one after its next start. */
export function pageAddress(service: ServiceState | undefined, settings: SettingsState | undefined): string {
	const [address] = service?.phase === 'running' ? service.addresses : [];
	if (address !== undefined) return address;
	const port = settings?.settings.find(({ field }) => field === 'server.port')?.value;
	return `ws://localhost:${typeof port === 'number' && port > 0 ? port : DEFAULT_PORT}`;
}

import type { ServiceState, SettingsState } from '../../../src/operator/contract.ts';

/** Where the service listens unless a setting says otherwise. */
const DEFAULT_PORT = 8080;

/** The address to write into a page: where the service listens, or else where it will after its next start. */
export function pageAddress(service: ServiceState | undefined, settings: SettingsState | undefined): string {
	const [address] = service?.phase === 'running' ? service.addresses : [];
	if (address !== undefined) return address;
	const port = settings?.settings.find(({ field }) => field === 'server.port')?.value;
	return `ws://localhost:${typeof port === 'number' && port > 0 ? port : DEFAULT_PORT}`;
}

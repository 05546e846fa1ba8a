import type { Settings } from '../config/settings.ts';
import { ServiceError } from '../protocol/errors.ts';
import { HttpListener, type HttpListenerOptions } from '../server/http/http-listener.ts';

/** Where the service listens: a host as in `server.host`, and the actual port. */
export interface ListeningAddress {
	readonly host: string;
	readonly port: number;
}

export interface ServiceListenerOptions extends HttpListenerOptions {
	/** Whether it stays open, at the same address, between runs, because it serves the operator window then. */
	readonly staysOpen: boolean;
}

/** The port of the service. */
export class ServiceListener {
	private readonly listener: HttpListener;
	private readonly staysOpen: boolean;
	private current: ListeningAddress | undefined;

	constructor(options: ServiceListenerOptions) {
		this.listener = new HttpListener(options);
		this.staysOpen = options.staysOpen;
	}

	/** The current or the last address. @throws ServiceError SERVICE_UNAVAILABLE before the first start */
	get address(): ListeningAddress {
		if (this.current !== undefined) return this.current;
		throw new ServiceError('SERVICE_UNAVAILABLE', { message: 'The service has not been started: start it first' });
	}

	/** Opens the port unless it is open. @throws ServiceError CONFIGURATION_ERROR naming port and setting */
	async open(settings: Settings['server']): Promise<ListeningAddress> {
		const port = await this.listener.open(settings);
		if (!this.staysOpen || this.current === undefined) this.current = { host: settings.host, port };
		return this.current;
	}

	/** Closes the port unless it stays open between runs. */
	async endRun(): Promise<void> {
		if (!this.staysOpen) await this.close();
	}

	/** Idempotent. */
	close(): Promise<void> {
		return this.listener.close();
	}
}

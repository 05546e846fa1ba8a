import { AdminTokens } from './access/admin-tokens.ts';
import { AuthThrottle } from './access/auth-throttle.ts';
import { Authenticator } from './access/authenticator.ts';
import { KeyStore } from './access/key-store.ts';
import { Extractor } from './biometrics/extractor.ts';
import { prepareDataDir } from './config/data-folder.ts';
import type { Settings } from './config/settings.ts';
import { DeviceIds } from './devices/device-ids.ts';
import { DeviceRegistry } from './devices/device-registry.ts';
import { VirtualDriver } from './devices/drivers/virtual/virtual-driver.ts';
import type { Logging } from './log/logging.ts';
import { type Clock, systemClock } from './protocol/clock.ts';
import { ServiceError } from './protocol/errors.ts';
import { ScanService } from './scans/scan-service.ts';
import { FingerprintServer } from './server/fingerprint-server.ts';

export interface FingerprintServiceOptions {
	/** Absolute path; made when missing. */
	readonly dataDir: string;
	readonly settings: Settings;
	/** Flushed by `stop`, but its owner's to close. */
	readonly logging: Logging;
	readonly clock?: Clock;
}

interface Parts {
	readonly keys: KeyStore;
	readonly engine: Extractor;
	readonly registry: DeviceRegistry;
	readonly scans: ScanService;
	readonly server: FingerprintServer;
	readonly unsubscribeLog: () => void;
}

/** The whole service in one object: builds the parts, starts and stops them in order; no other logic. */
export class FingerprintService {
	private readonly options: FingerprintServiceOptions;
	private parts: Parts | undefined;
	private stopped: Promise<void> | undefined;
	private isRunning = false;

	constructor(options: FingerprintServiceOptions) {
		this.options = options;
	}

	/**
	 * Start everything; after a failure nothing is left open.
	 *
	 * @returns the port
	 * @throws ServiceError CONFIGURATION_ERROR naming the file, the folder, or port and setting
	 */
	async start(): Promise<{ port: number }> {
		await prepareDataDir(this.options.dataDir);
		this.parts = await this.build();
		const { server, registry, engine } = this.parts;
		try {
			const port = await server.listen();
			await registry.start();
			server.announce('running');
			this.isRunning = true;
			this.logger('Service').info('Service is running', { port });
			// After the start, so that it costs the start nothing; a fault comes up again, and is answered, in the first scan.
			engine.load().catch((error: unknown) => this.logger('Service').error('Workers cannot be loaded', { error }));
			return { port };
		} catch (thrown) {
			await this.stop();
			throw thrown;
		}
	}

	/** Stop in the order that loses nothing: clients hear of it, scans end, readers close, logs are written. Idempotent. */
	stop(): Promise<void> {
		if (this.isRunning) this.logger('Service').info('Service is stopping');
		this.isRunning = false;
		this.stopped ??= this.stopParts();
		return this.stopped;
	}

	/** The keys, for whoever runs the service; they may be changed while it runs. */
	get keys(): KeyStore {
		if (this.parts === undefined) throw new ServiceError('SERVICE_UNAVAILABLE', { message: 'Service is not started' });
		return this.parts.keys;
	}

	/** Each step is taken, whatever became of the one before: what is left open would be left for good. */
	private async stopParts(): Promise<void> {
		if (this.parts === undefined) return;
		const { keys, engine, registry, scans, server, unsubscribeLog } = this.parts;
		const stopping = new ServiceError('SERVICE_UNAVAILABLE', { message: 'Service is stopping' });
		const steps: readonly (() => void | Promise<void>)[] = [
			() => server.announce('stopping'),
			() => scans.failAll(stopping),
			() => server.close(),
			() => registry.stop(),
			() => engine.close(),
			() => keys.close(),
			unsubscribeLog,
			() => this.options.logging.flush(),
		];
		for (const step of steps) await this.take(step);
	}

	private async take(step: () => void | Promise<void>): Promise<void> {
		try {
			await step();
		} catch (error) {
			this.logger('Service').error('A part of the service did not stop cleanly', { error });
		}
	}

	private async build(): Promise<Parts> {
		const { dataDir, settings, logging, clock = systemClock } = this.options;
		const tokens = await AdminTokens.open({ dataDir, clock });
		const ids = await DeviceIds.open({ dataDir, logger: this.logger('DeviceIds') });
		const keys = await KeyStore.open({ dataDir, clock, logger: this.logger('KeyStore'), watch: true });
		const engine = new Extractor();
		const virtual = settings.virtual.enabled ? new VirtualDriver({ clock, ...settings.virtual }) : undefined;
		const drivers = virtual === undefined ? [] : [virtual];
		const registry = new DeviceRegistry({ drivers, ids, clock, logger: this.logger('DeviceRegistry') });
		const scansPerMinute = settings.scans.perMinute;
		const scans = new ScanService({ registry, engine, clock, logger: this.logger('ScanService'), scansPerMinute });
		const server = new FingerprintServer({
			settings: settings.server,
			authenticator: new Authenticator({ keys, tokens, throttle: new AuthThrottle(clock) }),
			ports: { registry, scans, virtual, clock },
			logger: this.logger('FingerprintServer'),
		});
		keys.on('revoked', (keyId) => server.closeSessionsOf(keyId));
		keys.on('damaged', (error) => this.logger('KeyStore').error('Keys cannot be read any more', { error }));
		const unsubscribeLog = logging.ring.subscribe((entry) => server.sendLog(entry));
		return { keys, engine, registry, scans, server, unsubscribeLog };
	}

	private logger(name: string) {
		return this.options.logging.createLogger(name);
	}
}

import type { KeyAccess } from '../access/key-access.ts';
import { dataDirWarning, prepareDataDir } from '../config/data-folder.ts';
import { removeLeftovers } from '../config/leftovers.ts';
import type { ServiceLock } from '../config/lock/service-lock.ts';
import { loadSettings, type Settings } from '../config/settings.ts';
import type { OperatorService } from '../operator/operator-service.ts';
import type { SettingsService } from '../operator/settings-service.ts';
import { ServiceError } from '../protocol/errors.ts';
import type { HttpListener } from '../server/http/http-listener.ts';
import { serviceAddress } from '../server/http/service-address.ts';
import { closeAll } from './close-all.ts';
import { limitHeap } from './limit-heap.ts';
import { buildComponents, type RunComponents, type RunDependencies } from './run-components.ts';
import type { Run } from './run-lifecycle.ts';

export interface RunLauncherOptions extends RunDependencies {
	readonly access: KeyAccess;
	readonly settings: SettingsService;
	readonly operator: OperatorService;
	/** Stays open between runs, because it serves the operator window and tells clients that the service is stopped. */
	readonly listener: HttpListener;
	/** Taken at the first start and kept until the program ends. */
	readonly lock: ServiceLock;
	readonly isDesktop: boolean;
}

/** Starts and stops the components of a run in order. */
export class RunLauncher {
	private readonly options: RunLauncherOptions;
	/** The components of the current run, or of the last one, whose server answers that the service is stopped. */
	components: RunComponents | undefined;

	constructor(options: RunLauncherOptions) {
		this.options = options;
	}

	/** As in `RunLifecycleOptions`. */
	async launch(): Promise<Run> {
		const { dataDir, access, settings: settingsService, operator, listener, lock, isDesktop } = this.options;
		await prepareDataDir(dataDir);
		// First, because the window shows the settings, and what is wrong with them, also when the service may not start.
		await settingsService.refresh();
		await lock.hold();
		await this.tidyUp();
		const settings = await this.loadSettings();
		let components: RunComponents | undefined;
		const stop = () => this.stop(components);
		try {
			components = await buildComponents(settings, await access.open(), this.options);
			this.components = components;
			operator.show(components);
			const address = await listener.open(settings.server, { canMove: isDesktop });
			await components.registry.start();
			limitHeap();
			this.logger('Service').info('Service is running', { port: address.port });
			// Not awaited, so that it does not delay the start; if it fails, the first scan reports the error again.
			components.engine
				.load()
				.catch((error: unknown) => this.logger('Service').error('Worker threads cannot be loaded', { error }));
			const endRun = () => {
				this.logger('Service').info('Service is stopping');
				return stop();
			};
			return { addresses: [`ws://${serviceAddress(address)}`], stop: endRun };
		} catch (thrown) {
			await stop();
			throw thrown;
		}
	}

	private async tidyUp(): Promise<void> {
		const { dataDir, clock } = this.options;
		const removed = await removeLeftovers(dataDir, clock.now());
		if (removed.length > 0)
			this.logger('Service').info('Files that a killed program had left were removed', { removed });
		const warning = await dataDirWarning(dataDir);
		if (warning !== undefined) this.logger('Service').warn(warning);
	}

	private async loadSettings(): Promise<Settings> {
		const { settings: service, logging } = this.options;
		const { settings, warnings } = await loadSettings(service.sources);
		logging.setLevel(settings.log.level);
		for (const warning of warnings) this.logger('Settings').warn(warning);
		service.noteApplied();
		return settings;
	}

	private async stop(components: RunComponents | undefined): Promise<void> {
		const { operator, logging } = this.options;
		const stopping = new ServiceError('SERVICE_UNAVAILABLE', { message: 'Service is stopping' });
		const steps = [
			() => components?.scans.failAll(stopping),
			() => components?.server.close(),
			() => components?.registry.stop(),
			() => components?.engine.close(),
			() => components?.unsubscribeLog(),
			() => operator.show(undefined),
			() => logging.flush(),
		];
		await closeAll(steps, this.logger('Service'));
	}

	private logger(name: string) {
		return this.options.logging.createLogger(name);
	}
}

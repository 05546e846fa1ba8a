import { arch, platform, release } from 'node:os';
import { join } from 'node:path';
import { AdminTokens } from '../access/admin-tokens.ts';
import { KeyStore } from '../access/key-store.ts';
import { OriginDecisions } from '../access/origin-decisions.ts';
import { prepareDataDir } from '../config/data-folder.ts';
import { holdServiceLock } from '../config/service-lock.ts';
import { loadSettings, type Settings } from '../config/settings.ts';
import type { SettingsFlags } from '../config/settings-sources.ts';
import { forkWorkerProcess, type StartWorkerProcess } from '../devices/drivers/zkfinger/process/worker-process.ts';
import type { Logging } from '../log/logging.ts';
import type { AboutInfo } from '../operator/contract.ts';
import { OperatorService } from '../operator/operator-service.ts';
import type { OperatorSession } from '../operator/operator-session.ts';
import { Lifecycle, type Run } from '../operator/run-lifecycle.ts';
import { SettingsService } from '../operator/settings-service.ts';
import { CONSOLE_PATH, WebConsole } from '../operator/web/web-operator.ts';
import { ServiceError } from '../protocol/errors.ts';
import { SERVICE_VERSION } from '../protocol/version.ts';
import { HttpListener } from '../server/http/http-listener.ts';
import { serviceAddress } from '../server/http/service-address.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { buildServiceParts, type ServiceParts } from './components.ts';

export interface FingerprintServiceOptions {
	/** Absolute path; made when missing. */
	readonly dataDir: string;
	/** Settings above those of the file. */
	readonly env: NodeJS.ProcessEnv;
	readonly flags?: SettingsFlags;
	/** Gets its level from the settings; flushed by each stop, but its owner's to close. */
	readonly logging: Logging;
	/** A desktop app has the operator's window; without one it is served at `/console/`, also while the service is stopped. */
	readonly isDesktop: boolean;
	/** How the process of a reader's vendor library is started; default: as Node does it. */
	readonly startWorkerProcess?: StartWorkerProcess;
	readonly clock?: Clock;
}

/** What the data folder holds for as long as the program runs, whether the service does or not. */
interface Access {
	readonly keys: KeyStore;
	readonly tokens: AdminTokens;
}

/** Where the service listens: a host as in `server.host`, and the port it really has. */
interface Location {
	readonly host: string;
	readonly port: number;
}

/** The whole service in one object: builds the parts, starts and stops them in order; no other logic. */
export class FingerprintService {
	private readonly options: Required<FingerprintServiceOptions>;
	private readonly origins: OriginDecisions;
	private readonly lifecycle: Lifecycle;
	private readonly desk: SettingsService;
	private readonly console: OperatorService;
	private readonly webConsole: WebConsole | undefined;
	private readonly door: HttpListener;
	private opened: Promise<Access> | undefined;
	/** Of the run under way or, answering that it has stopped, of the last one. */
	private parts: ServiceParts | undefined;
	/** Where the door is or was last. */
	private location: Location | undefined;

	constructor(options: FingerprintServiceOptions) {
		const { dataDir, env, flags = {}, logging, isDesktop, clock = systemClock } = options;
		const { startWorkerProcess = forkWorkerProcess } = options;
		this.options = { ...options, flags, clock, startWorkerProcess };
		this.origins = new OriginDecisions({ allowed: [], blocked: [] }, clock);
		this.origins.on('changed', () => this.parts?.server.closeSessionsOfRefusedOrigins());
		this.lifecycle = new Lifecycle({ launch: () => this.launch(), clock });
		this.desk = new SettingsService({ sources: { dataDir, env, flags }, origins: this.origins });
		const openKeys = async () => (await this.access()).keys;
		const tokens = async () => (await this.access()).tokens;
		const { lifecycle, origins, desk: settings } = this;
		this.console = new OperatorService({ about: this.about(), lifecycle, openKeys, origins, settings, logging, clock });
		const openSession = () => this.openConsole();
		const host = () => this.location?.host ?? 'localhost';
		if (!isDesktop)
			this.webConsole = new WebConsole({ tokens, openSession, host, clock, logger: this.logger('WebConsole') });
		this.door = new HttpListener({ faceOf: (path) => this.faceOf(path), logger: this.logger('HttpListener') });
	}

	/**
	 * Start everything; after a failure nothing is left open. Idempotent.
	 *
	 * @throws ServiceError CONFIGURATION_ERROR naming the file, the folder, or port and setting
	 */
	async start(): Promise<Location> {
		await this.lifecycle.start();
		return this.requireLocation();
	}

	/** Stop in the order that loses nothing: clients hear of it, scans end, readers close, logs are written. Idempotent. */
	stop(): Promise<void> {
		return this.lifecycle.stop();
	}

	/** Stop for good: nothing is left open, not even for the operator. Idempotent. */
	async close(): Promise<void> {
		await this.lifecycle.close();
		const steps = [
			() => this.webConsole?.close(),
			() => this.console.close(),
			() => this.door.close(),
			async () => (await this.opened)?.keys.close(),
			() => this.options.logging.flush(),
		];
		for (const step of steps) await this.take(step);
		this.opened = undefined;
	}

	/** The system goes to sleep: readers are let go. Resolves once they are closed. */
	async suspend(): Promise<void> {
		await this.parts?.registry.suspend();
	}

	/** The system is awake again. */
	async resume(): Promise<void> {
		await this.parts?.registry.resume();
	}

	/** Where an operator does and sees everything; the owner of the session closes it. */
	openConsole(): OperatorSession {
		return this.console.openSession();
	}

	/**
	 * A link to the operator's window, which works once, within 10 minutes.
	 *
	 * @throws ServiceError SERVICE_UNAVAILABLE before the first start
	 */
	async consoleLink(): Promise<string> {
		const ticket = await (await this.access()).tokens.issueTicket();
		return `http://${serviceAddress(this.requireLocation())}${CONSOLE_PATH}#${ticket}`;
	}

	/** The keys, for whoever runs the service; they may be changed while it runs. @throws ServiceError CONFIGURATION_ERROR */
	async keys(): Promise<KeyStore> {
		return (await this.access()).keys;
	}

	private async launch(): Promise<Run> {
		const { dataDir } = this.options;
		await prepareDataDir(dataDir);
		// Before the lock: the window needs them also where the service may not start.
		const settings = await this.loadSettings();
		const release = await holdServiceLock(dataDir);
		let parts: ServiceParts | undefined;
		const stop = () => this.stopParts(parts, release);
		try {
			parts = await buildServiceParts(settings, { ...this.options, ...(await this.access()), origins: this.origins });
			this.parts = parts;
			this.console.show(parts);
			const { server, registry, engine } = parts;
			const location = await this.openDoor(settings);
			await registry.start();
			server.announce('running');
			this.logger('Service').info('Service is running', { port: location.port });
			// After the start, so that it costs the start nothing; a fault comes up again, and is answered, in the first scan.
			engine.load().catch((error: unknown) => this.logger('Service').error('Workers cannot be loaded', { error }));
			return { addresses: [`ws://${serviceAddress(location)}`], stop: () => this.endRun(stop) };
		} catch (thrown) {
			await stop();
			throw thrown;
		}
	}

	private async loadSettings(): Promise<Settings> {
		// First of all: the window says what is wrong with them.
		await this.desk.refresh();
		const { settings, warnings } = await loadSettings(this.desk.sources);
		this.options.logging.setLevel(settings.log.level);
		for (const warning of warnings) this.logger('Settings').warn(warning);
		// The door that serves the window stays where it is.
		this.desk.noteApplied(this.options.isDesktop ? [] : ['server.host', 'server.port']);
		return settings;
	}

	/** Without a desktop app it stays open and where it is, since it serves the window that might want to change it. */
	private async openDoor({ server }: Settings): Promise<Location> {
		const port = await this.door.open(server);
		if (this.options.isDesktop || this.location === undefined) this.location = { host: server.host, port };
		return this.location;
	}

	private requireLocation(): Location {
		if (this.location !== undefined) return this.location;
		throw new ServiceError('SERVICE_UNAVAILABLE', { message: 'The service has not been started yet' });
	}

	private endRun(stop: () => Promise<void>): Promise<void> {
		this.logger('Service').info('Service is stopping');
		return stop();
	}

	/** Each step is taken, whatever became of the one before: what is left open would be left for good. */
	private async stopParts(parts: ServiceParts | undefined, release: () => Promise<void>): Promise<void> {
		const stopping = new ServiceError('SERVICE_UNAVAILABLE', { message: 'Service is stopping' });
		const steps = [
			() => parts?.server.announce('stopping'),
			() => parts?.scans.failAll(stopping),
			() => parts?.server.close(),
			() => (this.options.isDesktop ? this.door.close() : undefined),
			() => parts?.registry.stop(),
			() => parts?.engine.close(),
			() => parts?.server.announce('stopped'),
			() => parts?.unsubscribeLog(),
			() => this.console.show(undefined),
			release,
			() => this.options.logging.flush(),
		];
		for (const step of steps) await this.take(step);
	}

	private async take(step: () => unknown): Promise<void> {
		try {
			await step();
		} catch (error) {
			this.logger('Service').error('A part of the service did not stop cleanly', { error });
		}
	}

	/** Opened on first use, and again after a failure: the operator may have mended the file. */
	private access(): Promise<Access> {
		this.opened ??= this.openAccess();
		this.opened.catch(() => {
			this.opened = undefined;
		});
		return this.opened;
	}

	private async openAccess(): Promise<Access> {
		const { dataDir, clock } = this.options;
		await prepareDataDir(dataDir);
		const tokens = await AdminTokens.open({ dataDir, clock });
		const keys = await KeyStore.open({ dataDir, clock, logger: this.logger('KeyStore'), watch: true });
		keys.on('revoked', (keyId) => this.parts?.server.closeSessionsOf(keyId));
		keys.on('damaged', (error) => this.logger('KeyStore').error('Keys cannot be read any more', { error }));
		return { tokens, keys };
	}

	private faceOf(path: string) {
		const isConsole = this.webConsole !== undefined && `${path}/`.startsWith(CONSOLE_PATH);
		return isConsole ? this.webConsole : this.parts?.server;
	}

	private about(): AboutInfo {
		const { dataDir, isDesktop } = this.options;
		const { electron, node } = process.versions;
		return {
			version: SERVICE_VERSION,
			platform: `${platform()} ${release()} ${arch()}`,
			runtime: electron === undefined ? `Node ${node}` : `Electron ${electron}, Node ${node}`,
			dataDir,
			logsDir: join(dataDir, 'logs'),
			isDesktop,
		};
	}

	private logger(name: string) {
		return this.options.logging.createLogger(name);
	}
}

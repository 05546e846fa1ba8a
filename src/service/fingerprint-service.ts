import { arch, platform, release } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { KeyAccess } from '../access/key-access.ts';
import type { KeyStore } from '../access/key-store.ts';
import { OriginDecisions } from '../access/origin-decisions.ts';
import { ServiceLock } from '../config/lock/service-lock.ts';
import type { SettingsFlags } from '../config/settings-sources.ts';
import { forkWorkerProcess, type StartWorkerProcess } from '../devices/drivers/zkfinger/process/worker-process.ts';
import type { Logging } from '../log/logging.ts';
import type { AboutInfo } from '../operator/contract.ts';
import { OperatorService } from '../operator/operator-service.ts';
import type { OperatorSession } from '../operator/operator-session.ts';
import { SettingsService } from '../operator/settings-service.ts';
import { OPERATOR_PATH, OperatorHttpHandler } from '../operator/web/operator-http-handler.ts';
import type { ServiceError } from '../protocol/errors.ts';
import { SERVICE_VERSION } from '../protocol/version.ts';
import { type HttpHandler, HttpListener } from '../server/http/http-listener.ts';
import { type ListeningAddress, serviceAddress } from '../server/http/service-address.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { closeAll } from './close-all.ts';
import { openAuditTrail } from './open-audit-trail.ts';
import { programStatus } from './program-status.ts';
import { RunLauncher } from './run-launcher.ts';
import { RunLifecycle } from './run-lifecycle.ts';
import { ServiceAudit } from './service-audit.ts';

export interface FingerprintServiceOptions {
	/** Absolute path; created when missing. */
	readonly dataDir: string;
	/** The environment, whose settings take precedence over the file. */
	readonly env: NodeJS.ProcessEnv;
	/** Settings that take precedence over the environment. */
	readonly flags?: SettingsFlags;
	/** Gets its level from the settings. Every stop flushes it; the caller closes it. */
	readonly logging: Logging;
	/** True: the desktop app shows the operator window. False: the service serves it at `/console/`, also while stopped. */
	readonly isDesktop: boolean;
	/**
	 * Ends the program, because the operator has asked for it through the lock of the data folder, or with an error because another
	 * program uses the folder now. Default: closes the service.
	 */
	readonly exit?: (error?: ServiceError) => void;
	/** Starts the process that loads the vendor library of a reader; default: a Node process. */
	readonly startWorkerProcess?: StartWorkerProcess;
	/** Yields the lines of `doctor` for the support file; default: none. */
	readonly examine?: () => AsyncIterable<string>;
	readonly clock?: Clock;
}

/** The whole service: connects the objects that live as long as the program. */
export class FingerprintService {
	private readonly logging: Logging;
	private readonly access: KeyAccess;
	private readonly audit: ServiceAudit;
	private readonly lifecycle: RunLifecycle;
	private readonly operator: OperatorService;
	private readonly operatorHandler: OperatorHttpHandler | undefined;
	private readonly listener: HttpListener;
	private readonly launcher: RunLauncher;
	private readonly lock: ServiceLock;

	constructor(options: FingerprintServiceOptions) {
		const { dataDir, env, flags = {}, logging, isDesktop, clock = systemClock } = options;
		const { startWorkerProcess = forkWorkerProcess } = options;
		const logger = logging.createLogger;
		this.logging = logging;
		this.access = new KeyAccess({ dataDir, clock, logger: logger('KeyStore') });
		this.lifecycle = new RunLifecycle({ launch: () => this.launcher.launch(), clock });
		this.listener = new HttpListener({ handlerFor: (path) => this.handlerFor(path), logger: logger('HttpListener') });
		this.audit = new ServiceAudit(openAuditTrail({ dataDir, clock, logger: logger('AuditTrail') }), clock);
		const { access, lifecycle, listener, audit } = this;
		const origins = new OriginDecisions({ allowed: [], blocked: [] }, clock);
		const sources = { dataDir, env, flags };
		const ownPort = () => listener.listening?.port;
		const settings = new SettingsService({ sources, origins, isDesktop, ownPort });
		const shared = { dataDir, isDesktop, access, origins, settings, logging, clock };
		this.operator = new OperatorService({
			...shared,
			about: aboutInfo(options),
			run: lifecycle,
			examine: options.examine ?? (() => Readable.from([])),
			audit: (event) => audit.record(event),
		});
		const { operator } = this;
		const { exit = () => void this.close() } = options;
		this.lock = new ServiceLock({
			dataDir,
			env,
			status: () => programStatus(lifecycle.state, { isDesktop, address: listener.listening }),
			start: () => lifecycle.start(),
			stop: () => exit(),
			onDeleted: () =>
				logger('Service').error(
					'The data folder was deleted while the program runs, and its keys and settings with it: restore it, or create new keys',
					{ dataDir },
				),
			onLost: (error) => {
				logger('Service').error('The program ends because another one uses its data folder', { error });
				exit(error);
			},
			clock,
		});
		this.launcher = new RunLauncher({
			...shared,
			audit,
			lock: this.lock,
			operator,
			listener,
			startWorkerProcess,
			status: () => lifecycle.status,
		});
		if (!isDesktop) {
			const openSession = () => operator.openSession();
			const host = () => listener.address.host;
			this.operatorHandler = new OperatorHttpHandler({
				access,
				openSession,
				onRefused: (error) => audit.recordWindowRefusal(error),
				host,
				clock,
				logger: logger('OperatorHttp'),
			});
		}
		audit.followLifecycle(lifecycle);
		lifecycle.on('changed', () => this.server?.announceStatus());
		origins.on('changed', () => this.server?.closeSessionsOfRefusedOrigins());
		access.on('revoked', (keyId) => this.server?.closeSessionsOf(keyId));
	}

	/**
	 * Starts the service unless it is running; a failed start leaves nothing open.
	 *
	 * @throws ServiceError CONFIGURATION_ERROR naming the file, the folder, or port and setting
	 */
	async start(): Promise<ListeningAddress> {
		await this.lifecycle.start();
		return this.listener.address;
	}

	/** Stops the service without losing anything: clients are notified, scans end, readers close, logs are flushed. Idempotent. */
	stop(): Promise<void> {
		return this.lifecycle.stop();
	}

	/** Stops the service permanently and closes everything, including the operator sessions. Idempotent. */
	async close(): Promise<void> {
		await this.lifecycle.close();
		const steps = [
			() => this.operatorHandler?.close(),
			() => this.operator.close(),
			() => this.listener.close(),
			() => this.access.close(),
			() => this.audit.flush(),
			() => this.logging.flush(),
			() => this.lock.release(),
		];
		await closeAll(steps, this.logging.createLogger('Service'));
	}

	/** Closes the readers because the computer goes to sleep. Resolves once they are closed. */
	async suspend(): Promise<void> {
		await this.launcher.components?.registry.suspend();
	}

	/** Opens the readers again after sleep. */
	async resume(): Promise<void> {
		await this.launcher.components?.registry.resume();
	}

	/** Opens a session for one operator window; the caller closes it. */
	openOperatorSession(): OperatorSession {
		return this.operator.openSession();
	}

	/**
	 * Returns a link to the operator window that can be used once, within 10 minutes.
	 *
	 * @throws ServiceError SERVICE_UNAVAILABLE before the first start
	 */
	async operatorLink(): Promise<string> {
		const { tokens } = await this.access.open();
		return `http://${serviceAddress(this.listener.address)}${OPERATOR_PATH}#${await tokens.issueTicket()}`;
	}

	/** Returns the API keys, which may be changed while the service runs. @throws ServiceError CONFIGURATION_ERROR */
	async keys(): Promise<KeyStore> {
		return (await this.access.open()).keys;
	}

	private get server() {
		return this.launcher.components?.server;
	}

	private handlerFor(path: string): HttpHandler | undefined {
		const isOperatorPath = this.operatorHandler !== undefined && `${path}/`.startsWith(OPERATOR_PATH);
		return isOperatorPath ? this.operatorHandler : this.server;
	}
}

function aboutInfo({ dataDir, isDesktop }: FingerprintServiceOptions): AboutInfo {
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

import { randomUUID } from 'node:crypto';
import type { KeyStore } from '../access/key-store.ts';
import type { OriginDecisions } from '../access/origin-decisions.ts';
import type { GreyImage } from '../biometrics/worker-engine.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import type { Logger } from '../log/logger.ts';
import type { Logging } from '../log/logging.ts';
import { ServiceError } from '../protocol/errors.ts';
import type { ScanService } from '../scans/scan-service.ts';
import type { FingerprintServer } from '../server/fingerprint-server.ts';
import type { Clock } from '../time/clock.ts';
import type { AboutInfo } from './contract.ts';
import type { CallPorts } from './operations.ts';
import { OperatorSession } from './operator-session.ts';
import type { Lifecycle } from '../service/run-lifecycle.ts';
import type { SettingsService } from './settings-service.ts';
import { TopicPublisher, type TopicReaders } from './topic-publisher.ts';
import { toConnectionView, toKeyView, toOriginsState, toReaderView } from './views.ts';

/** What an operator sees and uses of one run of the service. */
export interface ConsoleRun {
	readonly registry: DeviceRegistry;
	readonly scans: ScanService;
	readonly server: FingerprintServer;
	readonly encodePng: (image: GreyImage) => Promise<Uint8Array>;
}

export interface OperatorServiceOptions {
	readonly about: AboutInfo;
	readonly lifecycle: Lifecycle;
	/** See `CallPorts`. */
	readonly openKeys: () => Promise<KeyStore>;
	readonly origins: OriginDecisions;
	readonly settings: SettingsService;
	readonly logging: Logging;
	readonly clock: Clock;
}

/** The operator's side of the service: outlives its runs, has a session for each window. */
export class OperatorService {
	private readonly options: OperatorServiceOptions;
	private readonly ports: CallPorts;
	private readonly board: TopicPublisher;
	private readonly sessions = new Set<OperatorSession>();
	private keys: KeyStore | undefined;
	private run: ConsoleRun | undefined;

	constructor(options: OperatorServiceOptions) {
		const { lifecycle, origins, settings, logging, clock } = options;
		this.options = options;
		const topics = this.topicReaders();
		this.board = new TopicPublisher(topics, logging.ring);
		this.ports = {
			lifecycle,
			requireRun: () => this.requireRun(),
			openKeys: () => this.openKeys(),
			origins,
			settings,
			topics,
			ring: logging.ring,
			logger: this.logger(),
			clock,
		};
		lifecycle.on('changed', () => this.board.touch('service'));
		origins.on('changed', () => this.board.touch('origins'));
		settings.on('changed', () => this.board.touch('settings'));
	}

	/** Show a run from now on; undefined = there is none any more. */
	show(run: ConsoleRun | undefined): void {
		this.run = run;
		const readersChanged = () => this.board.touch('readers');
		run?.registry.on('connected', readersChanged).on('disconnected', readersChanged).on('status', readersChanged);
		run?.server.on('clients', () => this.board.touch('connections'));
		// They could not be read before if they kept the service from starting.
		if (run !== undefined) this.showKeys();
		this.board.touch('readers');
		this.board.touch('connections');
	}

	/** A session for one window, which its owner closes. */
	openSession(): OperatorSession {
		this.showKeys();
		const id = `console-${randomUUID()}`;
		const session = new OperatorSession({
			id,
			ports: this.ports,
			board: this.board,
			logger: this.logger(),
			onClosed: () => {
				this.sessions.delete(session);
				this.run?.scans.stopAllOf(id);
			},
		});
		this.sessions.add(session);
		return session;
	}

	/** Close every session; idempotent. */
	close(): void {
		for (const session of this.sessions) session.close();
		this.board.close();
	}

	private logger(): Logger {
		return this.options.logging.createLogger('Console');
	}

	private showKeys(): void {
		this.openKeys().catch((error: unknown) => this.logger().warn('Keys cannot be shown', { error }));
	}

	private async openKeys(): Promise<KeyStore> {
		const keys = await this.options.openKeys();
		if (this.keys !== keys) {
			this.keys = keys;
			keys.on('changed', () => this.board.touch('keys'));
			this.board.touch('keys');
		}
		return keys;
	}

	private requireRun(): ConsoleRun {
		// While it stops its scans have ended already, and none may begin.
		if (this.run !== undefined && this.options.lifecycle.state.phase === 'running') return this.run;
		throw new ServiceError('SERVICE_UNAVAILABLE', { message: 'The service is not running: start it first' });
	}

	private topicReaders(): TopicReaders {
		const { about, lifecycle, origins, settings, clock } = this.options;
		return {
			about: () => about,
			service: () => lifecycle.state,
			readers: () => this.run?.registry.list().map(toReaderView) ?? [],
			connections: () => this.run?.server.clients().map(toConnectionView) ?? [],
			keys: () => this.keys?.list().map((record) => toKeyView(record, clock.now())),
			origins: () => toOriginsState(origins),
			settings: () => settings.view(),
		};
	}
}

import { randomUUID } from 'node:crypto';
import type { KeyAccess } from '../access/key-access.ts';
import type { OriginDecisions } from '../access/origin-decisions.ts';
import type { GreyImage } from '../biometrics/worker-engine.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import type { ReaderDriver } from '../devices/reader.ts';
import type { AuditEvent } from '../log/audit/audit-event.ts';
import type { Logger } from '../log/logger.ts';
import type { Logging } from '../log/logging.ts';
import { ServiceError } from '../protocol/errors.ts';
import type { ScanService } from '../scans/scan-service.ts';
import type { FingerprintServer } from '../server/fingerprint-server.ts';
import type { Clock } from '../time/clock.ts';
import type { AboutInfo } from './contract.ts';
import type { OperationPorts } from './operations.ts';
import { OperatorSession } from './operator-session.ts';
import type { RunControl } from './run-control.ts';
import type { SettingsService } from './settings-service.ts';
import { TopicPublisher, type TopicSources } from './topic-publisher.ts';
import { toConnectionView, toKeyView, toOriginsState, toReaderView, toServiceState } from './views.ts';

/** The components of a run that the operator sees and uses. */
export interface OperatorComponents {
	readonly registry: DeviceRegistry;
	readonly scans: ScanService;
	readonly server: FingerprintServer;
	readonly drivers: readonly ReaderDriver[];
	readonly encodePng: (image: GreyImage) => Promise<Uint8Array>;
}

export interface OperatorServiceOptions {
	readonly about: AboutInfo;
	readonly run: RunControl;
	readonly access: KeyAccess;
	readonly origins: OriginDecisions;
	readonly settings: SettingsService;
	readonly logging: Logging;
	readonly clock: Clock;
	/** Yields the lines of `doctor` for the support file. */
	readonly examine: () => AsyncIterable<string>;
	/** Records what operators do. */
	readonly audit: (event: AuditEvent) => void;
}

/** The operator's side of the service: exists for as long as the program and has one session for each window. */
export class OperatorService {
	private readonly options: OperatorServiceOptions;
	private readonly ports: OperationPorts;
	private readonly publisher: TopicPublisher;
	private readonly sessions = new Set<OperatorSession>();
	private components: OperatorComponents | undefined;

	constructor(options: OperatorServiceOptions) {
		const { run, access, origins, settings, logging, examine, clock } = options;
		this.options = options;
		const topics = this.topicSources();
		this.publisher = new TopicPublisher(topics, logging.ring);
		this.ports = {
			run,
			requireComponents: () => this.requireComponents(),
			access,
			origins,
			settings,
			support: { topics, ring: logging.ring, drivers: () => this.components?.drivers ?? [], examine, clock },
			logger: this.logger(),
			clock,
		};
		run.on('changed', () => this.publisher.markChanged('service'));
		access.on('changed', () => this.publisher.markChanged('keys'));
		origins.on('changed', () => this.publisher.markChanged('origins'));
		settings.on('changed', () => this.publisher.markChanged('settings'));
	}

	/** Shows the components of a run from now on; undefined when the run has ended. */
	show(components: OperatorComponents | undefined): void {
		this.components = components;
		const onReaders = () => this.publisher.markChanged('readers');
		components?.registry.on('connected', onReaders).on('disconnected', onReaders).on('status', onReaders);
		components?.server.on('clients', () => this.publisher.markChanged('connections'));
		this.publisher.markChanged('readers');
		this.publisher.markChanged('connections');
	}

	/** Opens a session for one window; the caller closes it. */
	openSession(): OperatorSession {
		// The keys are shown also while the service is stopped.
		this.options.access
			.open()
			.catch((error: unknown) => this.logger().warn('The keys cannot be shown because they cannot be read', { error }));
		const { audit } = this.options;
		const id = `operator-${randomUUID()}`;
		const session = new OperatorSession({
			id,
			ports: this.ports,
			publisher: this.publisher,
			logger: this.logger(),
			audit,
			onClosed: () => {
				audit({ event: 'operator:closed', session: id });
				this.sessions.delete(session);
				this.components?.scans.stopAllOf(id);
			},
		});
		this.sessions.add(session);
		audit({ event: 'operator:opened', session: id });
		return session;
	}

	/** Closes every session; idempotent. */
	close(): void {
		for (const session of this.sessions) session.close();
		this.publisher.close();
	}

	private logger(): Logger {
		return this.options.logging.createLogger('OperatorService');
	}

	private requireComponents(): OperatorComponents {
		// While the service is stopping its scans have already ended, and no new one may start.
		if (this.components !== undefined && this.options.run.state.phase === 'running') return this.components;
		throw new ServiceError('SERVICE_UNAVAILABLE', { message: 'The service is not running: start it first' });
	}

	private topicSources(): TopicSources {
		const { about, run, access, origins, settings, clock } = this.options;
		return {
			about: () => about,
			service: () => toServiceState(run.state),
			readers: () => this.components?.registry.list().map(toReaderView) ?? [],
			connections: () => this.components?.server.clients().map(toConnectionView) ?? [],
			keys: () => access.list()?.map((record) => toKeyView(record, clock.now())),
			origins: () => toOriginsState(origins),
			settings: () => settings.view(),
		};
	}
}

import type { Authenticator } from '../access/authenticator.ts';
import { isHeldByAnother } from '../config/lock/service-lock.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import type { AuditEvent } from '../log/audit/audit-event.ts';
import type { AuditTrail } from '../log/audit/audit-trail.ts';
import { RepeatCounter } from '../log/audit/repeat-counter.ts';
import type { RunControl } from '../operator/run-control.ts';
import type { ServiceError } from '../protocol/errors.ts';
import { SERVICE_VERSION } from '../protocol/version.ts';
import type { ScanInfo, ScanService, ScanServiceEvent } from '../scans/scan-service.ts';
import type { FingerprintServer } from '../server/fingerprint-server.ts';
import type { Clock } from '../time/clock.ts';

/** The components of a run whose events are recorded. */
export interface AuditedRun {
	readonly authenticator: Authenticator;
	readonly scans: ScanService;
	readonly server: FingerprintServer;
	readonly registry: DeviceRegistry;
}

/** Events of a scan before its last one. */
const EARLIER_EVENTS: readonly ScanServiceEvent['type'][] = ['scan:started', 'fingerprint:detected', 'scan:progress'];

/** Listens to the events of the service and records them in the audit trail. */
export class ServiceAudit {
	private readonly trail: AuditTrail;
	private readonly repeats: RepeatCounter;

	constructor(trail: AuditTrail, clock: Clock) {
		this.trail = trail;
		this.repeats = new RepeatCounter(clock, (event) => trail.record(event));
	}

	record(event: AuditEvent): void {
		this.trail.record(event);
	}

	/** Records each start and stop of the service. */
	followLifecycle(run: RunControl): void {
		let wasRunning = false;
		run.on('changed', () => {
			const { state } = run;
			// The trail belongs to the program that holds the data folder, so a program that was refused does not write to it.
			if (state.phase === 'failed' && !isHeldByAnother(state.error))
				this.record({ event: 'service:failed', error: state.error.error });
			if (state.phase === 'running') {
				this.record({ event: 'service:started', version: SERVICE_VERSION, addresses: [...state.addresses] });
			}
			if (state.phase === 'stopped' && wasRunning) {
				// Before the stop, because they happened before it.
				this.repeats.flush();
				this.record({ event: 'service:stopped' });
			}
			wasRunning = state.phase === 'running' || state.phase === 'stopping';
		});
	}

	/** Records the authentications and scans of one run. */
	followRun(run: AuditedRun): void {
		run.authenticator.on('accepted', ({ keyId, name }, origin) =>
			this.repeats.record({ event: 'auth:success', keyId, keyName: name, origin }),
		);
		run.authenticator.on('refused', ({ error }, origin, key) =>
			this.repeats.record({ event: 'auth:failure', error, keyId: key?.id, keyName: key?.name, origin }),
		);
		run.scans.on('event', (scan, event) => {
			if (!EARLIER_EVENTS.includes(event.type)) this.recordScan(scan, event, run);
		});
	}

	/** Records that a link or token was wrong or expired when an operator window was opened in a browser. */
	recordWindowRefusal({ error }: ServiceError): void {
		this.repeats.record({ event: 'auth:failure', error, target: 'window' });
	}

	/** Resolves once everything so far is on disk; leaves no timer behind. */
	flush(): Promise<void> {
		this.repeats.flush();
		return this.trail.flush();
	}

	private recordScan(scan: ScanInfo, event: ScanServiceEvent, { server, registry }: AuditedRun): void {
		const client = server.clients().find(({ id }) => id === scan.owner.connectionId);
		this.repeats.record({
			event: 'scan',
			kind: scan.isVerification ? 'verification' : 'scan',
			// The second word of `scan:timeout` and the others.
			outcome: event.type.split(':')[1] ?? event.type,
			error: event.type === 'scan:error' ? event.error.error : undefined,
			match: event.type === 'verify:complete' ? event.comparison.isMatch : undefined,
			scanId: scan.id,
			deviceId: scan.deviceId,
			serialNumber: registry.get(scan.deviceId)?.info.serialNumber,
			keyId: scan.owner.keyId,
			keyName: client?.principal.name,
			origin: client?.origin,
		});
	}
}

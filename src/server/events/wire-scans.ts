import { assertNever } from '../../protocol/assert-never.ts';
import type { ServerMessage } from '../../protocol/server-messages.ts';
import type { ScanInfo, ScanServiceEvent } from '../../scans/scan-service.ts';
import { type Clock, timestamp } from '../../time/clock.ts';
import { toFailureMessage } from './wire-errors.ts';

/** Converts an event of a scan to its protocol message. */
export function toScanMessage(scan: ScanInfo, event: ScanServiceEvent, clock: Clock): ServerMessage {
	const ids = { scanId: scan.id, deviceId: scan.deviceId };
	const now = timestamp(clock);
	switch (event.type) {
		case 'scan:started':
			return { type: scan.isVerification ? 'verify:started' : 'scan:started', ...ids, timestamp: now };
		case 'fingerprint:detected':
			return { type: 'fingerprint:detected', ...ids, quality: event.quality, timestamp: now };
		case 'scan:progress':
			return { ...event, ...ids, message: 'Place finger again', timestamp: now };
		case 'scan:complete': {
			const { width, height, dpi, png } = event.image;
			return {
				type: 'scan:complete',
				...ids,
				template: toBase64(event.enrolled.template),
				quality: event.enrolled.quality,
				minutiae: event.enrolled.minutiae,
				width,
				height,
				dpi,
				...(png && { image: toBase64(png) }),
				format: event.format,
				hints: [...event.hints],
				scanTime: clock.monotonic() - scan.startedMonotonic,
				timestamp: now,
			};
		}
		case 'verify:complete': {
			const { isMatch, score, threshold, index, viewIndex } = event.comparison;
			const matchedIndex = isMatch ? index : null;
			const matchedView = isMatch ? viewIndex : undefined;
			const verifyTime = clock.monotonic() - scan.startedMonotonic;
			const { quality } = event;
			return {
				type: 'verify:complete',
				...ids,
				match: isMatch,
				score,
				threshold,
				matchedIndex,
				...(matchedView !== undefined && { matchedView }),
				quality,
				verifyTime,
				timestamp: now,
			};
		}
		case 'scan:error':
			return toFailureMessage({ type: 'scan:error', ...ids }, event.error, now);
		case 'scan:timeout':
			return { type: 'scan:timeout', ...ids, message: 'Scan timeout - no fingerprint detected', timestamp: now };
		case 'scan:stopped':
			return { type: 'scan:stopped', scanId: scan.id, timestamp: now };
		default:
			return assertNever(event);
	}
}

function toBase64(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

import type { Extraction, GreyImage } from '../biometrics/worker-engine.ts';
import { assertNever } from '../protocol/assert-never.ts';
import { DEFAULT_SCAN_OPTIONS } from '../protocol/client-messages.ts';
import { ServiceError } from '../protocol/errors.ts';
import type { ScanEvent } from '../scans/scan-machine.ts';
import type { ScanService } from '../scans/scan-service.ts';
import type { TrialScan } from './contract.ts';
import { toMinutiaView } from './views.ts';

/** Accepts every quality, because the operator is most interested in poor images. */
const OPTIONS = { ...DEFAULT_SCAN_OPTIONS, qualityThreshold: 0 };

export interface TrialScanPorts {
	readonly scans: ScanService;
	/** Encodes an image as a PNG file, off the event loop. */
	readonly encodePng: (image: GreyImage) => Promise<Uint8Array>;
}

interface CapturedTouch {
	readonly image: GreyImage;
	readonly extraction: Extraction;
}

/**
 * Scans one finger to show its image and minutiae to the operator.
 *
 * @param ownerId ends the scan when passed to `ScanService.stopAllOf`
 * @throws ServiceError the error of the scan; NO_FINGERPRINT_DETECTED when it timed out; SERVICE_UNAVAILABLE when it was stopped
 */
export async function trialScan(deviceId: string, ownerId: string, ports: TrialScanPorts): Promise<TrialScan> {
	const { touch, isUsable } = await scanOnce(deviceId, ownerId, ports.scans);
	const { width, height, dpi } = touch.image;
	const { quality, hints, minutiae } = touch.extraction;
	const png = Buffer.from(await ports.encodePng(touch.image)).toString('base64');
	return { png, width, height, dpi, quality, hints, minutiae: minutiae.map(toMinutiaView), isUsable };
}

function scanOnce(
	deviceId: string,
	ownerId: string,
	scans: ScanService,
): Promise<{ touch: CapturedTouch; isUsable: boolean }> {
	return new Promise((resolve, reject) => {
		let touch: CapturedTouch | undefined;
		const onEvent = (event: ScanEvent) => {
			const outcome = outcomeOf(event);
			if (outcome === undefined) return;
			// The image is shown even when no template could be extracted from it.
			const hasImage = outcome === 'usable' || outcome.error === 'TEMPLATE_EXTRACTION_FAILED';
			if (touch !== undefined && hasImage) resolve({ touch, isUsable: outcome === 'usable' });
			else reject(outcome);
		};
		const onImage = (image: GreyImage, extraction: Extraction) => {
			touch = { image, extraction };
		};
		scans.start(
			{ deviceId, options: OPTIONS, observer: { onEvent, onImage } },
			{ connectionId: ownerId, keyId: undefined },
		);
	});
}

/** Returns how the scan has ended; `undefined` while it continues. */
function outcomeOf(event: ScanEvent): 'usable' | ServiceError | undefined {
	switch (event.type) {
		case 'fingerprint:detected':
		case 'scan:progress':
			return undefined;
		case 'scan:complete':
		case 'verify:complete':
			return 'usable';
		case 'scan:error':
			return event.error;
		case 'scan:timeout':
			return new ServiceError('NO_FINGERPRINT_DETECTED');
		case 'scan:stopped':
			return new ServiceError('SERVICE_UNAVAILABLE', {
				message: 'The scan was stopped: start it again',
				details: { reason: 'stopped' },
			});
		default:
			return assertNever(event);
	}
}

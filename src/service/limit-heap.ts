import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the space in which V8 creates objects at its present size, which is 16 MB after a start. Otherwise V8 enlarges it
 * to 64 MB under load and does not return that when the load ends. V8 reads its option for the maximum size only when the
 * process starts, which other programs do, so the growth is switched off here.
 */
export function limitHeap(): void {
	setFlagsFromString('--semi-space-growth-factor=1');
}

import { powerMonitor } from 'electron';
import type { Shell } from './shell.ts';

/** Let go of the readers before the machine sleeps, and take them again after. */
export function setupPower({ service }: Shell): void {
	powerMonitor.on('suspend', () => void service.suspend());
	powerMonitor.on('resume', () => void service.resume());
}

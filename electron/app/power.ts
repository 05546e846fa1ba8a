import { powerMonitor } from 'electron';
import type { DesktopContext } from './desktop-context.ts';

/** Closes the readers before the machine sleeps and opens them again after it wakes up. */
export function setupPower({ service, logger }: DesktopContext): void {
	const report = (error: unknown) => logger.warn('The readers could not be suspended or resumed', { error });
	powerMonitor.on('suspend', () => void service.suspend().catch(report));
	powerMonitor.on('resume', () => void service.resume().catch(report));
}

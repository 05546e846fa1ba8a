import { powerMonitor } from 'electron';
import type { DesktopContext } from './desktop-context.ts';

/** Let go of the readers before the machine sleeps, and take them again after. */
export function setupPower({ service, logger }: DesktopContext): void {
	const report = (error: unknown) => logger.warn('The readers could not follow the sleep of the machine', { error });
	powerMonitor.on('suspend', () => void service.suspend().catch(report));
	powerMonitor.on('resume', () => void service.resume().catch(report));
}

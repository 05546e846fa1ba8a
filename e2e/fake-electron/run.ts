import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { STOP_SIGNALS } from '../../src/config/stop-signals.ts';
import { fakeApp } from './app.ts';
import { acceptTestCommands } from './control.ts';

/*
 * Runs an app on the fake Electron: `node run.ts dist/main.js --hidden` instead of `electron dist/main.js --hidden`.
 *
 * It differs from Electron without an error in these points:
 * - The preload script runs in the context of the page.
 * - A window that a page opens exists for a moment.
 * - The clipboard of the app and that of its pages are separate.
 * - A page does not notice that its window is hidden.
 * - The address of a page has a host below `localhost` instead of the app's scheme.
 */

const FAKE_ELECTRON = new URL('./electron.ts', import.meta.url).href;
const [node = '', , main = '', ...args] = process.argv;

// A packaged app is the executable itself, so the path of its main module is not an argument.
process.argv = [node, ...(fakeApp.isPackaged ? [] : [main]), ...args];
registerHooks({
	resolve: (specifier, context, next) =>
		specifier === 'electron' ? { url: FAKE_ELECTRON, shortCircuit: true } : next(specifier, context),
});
// Electron quits on these signals.
for (const signal of STOP_SIGNALS) process.on(signal, () => fakeApp.quit());
if (process.send !== undefined) acceptTestCommands();
// Electron becomes ready only after the main module has been evaluated.
await import(pathToFileURL(resolve(main)).href);
fakeApp.becomeReady();

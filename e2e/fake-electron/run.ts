import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './app.ts';
import { listenToTest } from './control.ts';

/*
 * Runs an app on the stand-in: `node run.ts dist/main.js --hidden`, as `electron dist/main.js --hidden` does on Electron.
 *
 * Where it differs and does not say so by an error: the preload script shares the world of its page; a page that opens a
 * window has it for a moment; the clipboard of the app is not that of its pages; a page is not told that its window is hidden,
 * and finds a host below `localhost` in its address instead of the scheme of the app.
 */

const STAND_IN = new URL('./electron.ts', import.meta.url).href;
const [node = '', , main = '', ...args] = process.argv;

// An installed app is the program itself.
process.argv = [node, ...(app.isPackaged ? [] : [main]), ...args];
registerHooks({
	resolve: (specifier, context, next) =>
		specifier === 'electron' ? { url: STAND_IN, shortCircuit: true } : next(specifier, context),
});
// Electron ends well when it is told to end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
if (process.send !== undefined) listenToTest();
// Electron is ready once the main module has been evaluated: an app that waits for the one in the other waits for good.
await import(pathToFileURL(resolve(main)).href);
app.becomeReady();

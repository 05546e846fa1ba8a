import { app, dialog } from 'electron';
import { toServiceError } from '../src/protocol/errors.ts';
import { parseShellArguments, type ShellArguments } from './arguments.ts';
import { setupConsoleIpc } from './ipc.ts';
import { setupLogging } from './logging.ts';
import { setupMenu } from './menu.ts';
import { setupOriginDialog } from './origin-dialog.ts';
import { setupPaths } from './paths.ts';
import { setupPower } from './power.ts';
import { setupQuit } from './quit.ts';
import { setupPermissions, setupSecurity } from './security.ts';
import { setupService } from './service.ts';
import { claimSingleInstance, setupSecondInstance } from './single-instance.ts';
import { setupStartAtLogin } from './start-at-login.ts';
import { textIn } from './text.ts';
import { setupTheme } from './theme.ts';
import { setupTray } from './tray.ts';
import { setupWindow } from './window.ts';
import { registerWindowScheme, setupWindowProtocol } from './window-protocol.ts';

/*
 * The desktop app, from top to bottom. Electron is ready once this module has been evaluated and not before: what must come
 * earlier is awaited here, and nothing here may wait for Electron.
 */

try {
	const args = parseShellArguments(process.argv.slice(app.isPackaged ? 1 : 2));
	const dataDir = await setupPaths(args.dataDir);
	if (claimSingleInstance()) {
		registerWindowScheme();
		setupSecurity();
		app
			.whenReady()
			.then(() => run(dataDir, args))
			.catch(giveUp);
	} else {
		app.quit();
	}
} catch (thrown) {
	giveUp(thrown);
}

function run(dataDir: string, args: ShellArguments): void {
	const logging = setupLogging(dataDir);
	const shell = setupService(dataDir, args, logging);
	setupPermissions();
	setupWindowProtocol();
	setupConsoleIpc(shell);
	setupTheme(shell);
	setupMenu(shell);
	const window = setupWindow(shell, args);
	setupTray(shell, window);
	setupSecondInstance(window);
	setupStartAtLogin(shell, args);
	setupPower(shell);
	const closeDialog = setupOriginDialog(shell, window);
	setupQuit({ shell, window, logging, closeDialog });
	// Why a start fails is in the state: tray and window show it.
	shell.service.start().catch((error: unknown) => shell.logger.error('The service could not start', { error }));
}

/** There is neither a window nor a log that could say why. */
function giveUp(thrown: unknown): void {
	dialog.showErrorBox(textIn('en').appName, toServiceError(thrown).message);
	app.exit(1);
}

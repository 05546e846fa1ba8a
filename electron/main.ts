import { app, dialog } from 'electron';
import { toServiceError } from '../src/protocol/errors.ts';
import { type DesktopArguments, parseShellArguments } from './app/arguments.ts';
import { setupLogging } from './app/logging.ts';
import { setupPaths } from './app/paths.ts';
import { setupPower } from './app/power.ts';
import { setupQuit } from './app/quit.ts';
import { setupPermissions, setupSecurity } from './app/security.ts';
import { setupService } from './app/service.ts';
import { claimSingleInstance, setupSecondInstance } from './app/single-instance.ts';
import { setupConsoleIpc } from './ipc/ipc.ts';
import { setupStartAtLogin } from './login/start-at-login.ts';
import { setupOriginDialog } from './origins/origin-dialog.ts';
import { textIn } from './text/desktop-text.ts';
import { setupTray } from './tray/tray.ts';
import { setupMenu } from './window/menu.ts';
import { setupTheme } from './window/theme.ts';
import { setupWindow } from './window/window.ts';
import { registerWindowScheme, setupWindowProtocol } from './window/window-protocol.ts';

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

function run(dataDir: string, args: DesktopArguments): void {
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

import { app, dialog } from 'electron';
import { toServiceError } from '../src/protocol/errors.ts';
import { type DesktopArguments, parseDesktopArguments } from './app/arguments.ts';
import { setupLogging } from './app/logging.ts';
import { setupPaths } from './app/paths.ts';
import { setupPower } from './app/power.ts';
import { setupQuit } from './app/quit.ts';
import { setupPermissions, setupSecurity } from './app/security.ts';
import { setupService } from './app/service.ts';
import { claimSingleInstance, setupSecondInstance } from './app/single-instance.ts';
import { setupOperatorIpc } from './ipc/ipc.ts';
import { setupStartAtLogin } from './login/start-at-login.ts';
import { setupOriginDialog } from './origins/origin-dialog.ts';
import { getDesktopText } from './text/desktop-text.ts';
import { setupTray } from './tray/tray.ts';
import { setupMenu } from './window/menu.ts';
import { setupTheme } from './window/theme.ts';
import { setupWindow } from './window/window.ts';
import { registerWindowScheme, setupWindowProtocol } from './window/window-protocol.ts';

/*
 * Entry point of the desktop app. Electron becomes ready only after this module has been evaluated. The steps that must run
 * earlier are awaited at the top level; awaiting `app.whenReady()` there would deadlock.
 */

try {
	const args = parseDesktopArguments(process.argv.slice(app.isPackaged ? 1 : 2));
	const dataDir = await setupPaths(args.dataDir);
	if (claimSingleInstance()) {
		registerWindowScheme();
		setupSecurity();
		app
			.whenReady()
			.then(() => run(dataDir, args))
			.catch(showErrorAndExit);
	} else {
		app.quit();
	}
} catch (thrown) {
	showErrorAndExit(thrown);
}

function run(dataDir: string, args: DesktopArguments): void {
	const logging = setupLogging(dataDir);
	const context = setupService(dataDir, args, logging);
	setupPermissions();
	setupWindowProtocol();
	setupOperatorIpc(context);
	setupTheme(context);
	setupMenu(context);
	const window = setupWindow(context, args);
	setupTray(context, window);
	setupSecondInstance(window);
	setupStartAtLogin(context, args);
	setupPower(context);
	const closeDialog = setupOriginDialog(context, window);
	setupQuit({ context, window, logging, closeDialog });
	// The reason of a failed start is part of the service state, which the tray and the window show.
	context.service.start().catch((error: unknown) => context.logger.error('The service could not start', { error }));
}

/** Shows an error box and exits. Used before the window and the log exist. */
function showErrorAndExit(thrown: unknown): void {
	dialog.showErrorBox(getDesktopText('en').appName, toServiceError(thrown).message);
	app.exit(1);
}

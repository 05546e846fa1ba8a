import { app } from './app.ts';
import { StandInWindow } from './browser-window.ts';
import { debuggingEndpoint, finishedDownloads } from './chromium-host.ts';
import type { ControlCommand, ControlCommands, ControlReply, ControlRequest } from './control-contract.ts';
import { answerDialog, dialogStates } from './dialog.ts';
import { StandInMenu } from './menu.ts';
import { clipboard, powerMonitor } from './system.ts';
import { StandInTray } from './tray.ts';

type Commands = {
	readonly [C in ControlCommand]: (
		input: ControlCommands[C]['input'],
	) => ControlCommands[C]['result'] | Promise<ControlCommands[C]['result']>;
};

const done = (_result: unknown): null => null;

const commands: Commands = {
	tray: () => StandInTray.current?.state ?? null,
	clickTray: () => done(tray().emit('click')),
	clickTrayMenu: (labels) => done(tray().menu?.find(labels).press()),
	applicationMenu: () => StandInMenu.applicationMenu?.state ?? [],
	windows: () => StandInWindow.getAllWindows().map(({ state }) => state),
	closeWindow: (id) => done(StandInWindow.get(id).close()),
	loadUrl: async ({ id, url }) => done(await StandInWindow.get(id).loadURL(url)),
	crashPage: async (id) => {
		const page = await StandInWindow.get(id).webContents.page;
		const crashed = page.waitForEvent('crash');
		// It never arrives there.
		page.goto('chrome://crash').catch(done);
		return done(await crashed);
	},
	dialogs: dialogStates,
	answerDialog: (button) => done(answerDialog(button)),
	suspend: () => done(powerMonitor.emit('suspend')),
	resume: () => done(powerMonitor.emit('resume')),
	clipboard: () => clipboard.readText(),
	downloads: finishedDownloads,
	loginItem: () => {
		if (app.loginItem === undefined) return null;
		const { openAtLogin = false, args = [] } = app.loginItem;
		return { openAtLogin, args };
	},
	quit: () => done(setImmediate(() => app.quit())),
	browser: async () => (await debuggingEndpoint()) ?? null,
};

/** Do what the test on the other end of the channel says; the app goes with it when it goes. */
export function listenToTest(): void {
	process.on('message', (request: ControlRequest) => {
		void perform(request).then((reply) => process.send?.(reply));
	});
	process.on('disconnect', () => app.exit(1));
}

async function perform({ id, command, input }: ControlRequest): Promise<ControlReply> {
	try {
		// The test is typed by the same contract; the type of an input goes with its command.
		const run = commands[command] as (input: unknown) => unknown;
		return { id, ok: true, result: await run(input) };
	} catch (thrown) {
		return { id, ok: false, message: String(thrown) };
	}
}

/** @throws Error if there is none */
function tray(): StandInTray {
	if (StandInTray.current === undefined) throw new Error('There is no icon in the tray');
	return StandInTray.current;
}

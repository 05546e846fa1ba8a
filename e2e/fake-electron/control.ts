import { fakeApp } from './app.ts';
import { FakeBrowserWindow } from './browser-window.ts';
import { debuggingEndpoint, finishedDownloads } from './chromium-host.ts';
import type { ControlCommand, ControlCommands, ControlReply, ControlRequest } from './control-contract.ts';
import { answerDialog, dialogStates } from './dialog.ts';
import { FakeMenu } from './menu.ts';
import { fakeClipboard, fakePowerMonitor } from './system.ts';
import { FakeTray } from './tray.ts';

type Commands = {
	readonly [C in ControlCommand]: (
		input: ControlCommands[C]['input'],
	) => ControlCommands[C]['result'] | Promise<ControlCommands[C]['result']>;
};

const done = (_result: unknown): null => null;

const commands: Commands = {
	tray: () => FakeTray.current?.state ?? null,
	clickTray: () => done(tray().emit('click')),
	clickTrayMenu: (labels) => done(tray().menu?.find(labels).press()),
	applicationMenu: () => FakeMenu.applicationMenu?.state ?? [],
	windows: () => FakeBrowserWindow.getAllWindows().map(({ state }) => state),
	closeWindow: (id) => done(FakeBrowserWindow.get(id).close()),
	loadUrl: async ({ id, url }) => done(await FakeBrowserWindow.get(id).loadURL(url)),
	crashPage: async (id) => {
		const page = await FakeBrowserWindow.get(id).webContents.page;
		const crashed = page.waitForEvent('crash');
		// This navigation never finishes.
		page.goto('chrome://crash').catch(done);
		return done(await crashed);
	},
	dialogs: dialogStates,
	answerDialog: (button) => done(answerDialog(button)),
	suspend: () => done(fakePowerMonitor.emit('suspend')),
	resume: () => done(fakePowerMonitor.emit('resume')),
	clipboard: () => fakeClipboard.readText(),
	downloads: finishedDownloads,
	loginItem: () => {
		if (fakeApp.loginItem === undefined) return null;
		const { openAtLogin = false, args = [] } = fakeApp.loginItem;
		return { openAtLogin, args };
	},
	quit: () => done(setImmediate(() => fakeApp.quit())),
	browser: async () => (await debuggingEndpoint()) ?? null,
};

/** Executes the commands of the test at the other end of the channel, and exits when the channel closes. */
export function acceptTestCommands(): void {
	process.on('message', (request: ControlRequest) => {
		void execute(request).then((reply) => process.send?.(reply));
	});
	process.on('disconnect', () => fakeApp.exit(1));
}

async function execute({ id, command, input }: ControlRequest): Promise<ControlReply> {
	try {
		// The input has the type of its command, because the test uses the same contract.
		const run = commands[command] as (input: unknown) => unknown;
		return { id, ok: true, result: await run(input) };
	} catch (thrown) {
		return { id, ok: false, message: String(thrown) };
	}
}

/** @throws Error if there is none */
function tray(): FakeTray {
	if (FakeTray.current === undefined) throw new Error('The app has no tray icon');
	return FakeTray.current;
}

import type { DeviceStatus } from '../../src/protocol/server-messages.ts';

/** Languages in which the desktop shell speaks: tray, menus and dialogs. */
export type Language = 'en' | 'id';

/** Everything that the desktop shell says outside of its window. */
export interface DesktopText {
	/** A name, and the same in every language. */
	readonly appName: string;
	readonly openWindow: string;
	readonly startService: string;
	readonly stopService: string;
	readonly readers: string;
	readonly noReaders: string;
	/** Stands in the list of readers while nobody looks for any. */
	readonly readersNotShown: string;
	readonly readerStatus: Readonly<Record<DeviceStatus, string>>;
	readonly copyAddress: string;
	readonly startAtLogin: string;
	readonly showLogs: string;
	readonly quit: string;
	readonly phase: Readonly<Record<'stopped' | 'starting' | 'running' | 'stopping', string>>;
	/** Leads in the reason of a failed start. */
	readonly failed: (reason: string) => string;
	readonly readerCount: (count: number) => string;
	readonly file: string;
	readonly view: string;
	readonly reload: string;
	readonly zoomIn: string;
	readonly zoomOut: string;
	readonly resetZoom: string;
	readonly closeWindow: string;
	readonly originQuestion: (origin: string) => string;
	readonly originDetail: string;
	readonly allow: string;
	readonly block: string;
	readonly notNow: string;
}

const ENGLISH: DesktopText = {
	appName: 'Fingerprint Service',
	openWindow: 'Open window',
	startService: 'Start service',
	stopService: 'Stop service',
	readers: 'Readers',
	noReaders: 'No reader plugged in',
	readersNotShown: 'Shown while the service runs',
	readerStatus: { connected: 'connected', idle: 'ready', busy: 'scanning', error: 'out of order' },
	copyAddress: 'Copy address',
	startAtLogin: 'Start at login',
	showLogs: 'Show logs',
	quit: 'Quit',
	phase: { stopped: 'Stopped', starting: 'Starting', running: 'Running', stopping: 'Stopping' },
	failed: (reason) => `Failed: ${reason}`,
	readerCount: (count) => (count === 1 ? '1 reader' : `${count} readers`),
	file: 'File',
	view: 'View',
	reload: 'Reload',
	zoomIn: 'Zoom in',
	zoomOut: 'Zoom out',
	resetZoom: 'Actual size',
	closeWindow: 'Close window',
	originQuestion: (origin) => `Allow ${origin} to use the fingerprint readers?`,
	originDetail:
		'A web page from there tries to connect for the first time. It still needs an API key. ' +
		'The answer is remembered; change it under Web pages.',
	allow: 'Allow',
	block: 'Block',
	notNow: 'Not now',
};

const INDONESIAN: DesktopText = {
	appName: 'Fingerprint Service',
	openWindow: 'Buka jendela',
	startService: 'Mulai layanan',
	stopService: 'Hentikan layanan',
	readers: 'Pemindai',
	noReaders: 'Tidak ada pemindai yang terpasang',
	readersNotShown: 'Ditampilkan selama layanan berjalan',
	readerStatus: { connected: 'terhubung', idle: 'siap', busy: 'memindai', error: 'bermasalah' },
	copyAddress: 'Salin alamat',
	startAtLogin: 'Mulai saat masuk',
	showLogs: 'Tampilkan log',
	quit: 'Keluar',
	phase: { stopped: 'Berhenti', starting: 'Memulai', running: 'Berjalan', stopping: 'Menghentikan' },
	failed: (reason) => `Gagal: ${reason}`,
	readerCount: (count) => `${count} pemindai`,
	file: 'Berkas',
	view: 'Tampilan',
	reload: 'Muat ulang',
	zoomIn: 'Perbesar',
	zoomOut: 'Perkecil',
	resetZoom: 'Ukuran asli',
	closeWindow: 'Tutup jendela',
	originQuestion: (origin) => `Izinkan ${origin} memakai pemindai sidik jari?`,
	originDetail:
		'Sebuah halaman web dari sana mencoba terhubung untuk pertama kalinya. Halaman itu tetap memerlukan kunci API. ' +
		'Jawaban ini diingat; ubah di Halaman web.',
	allow: 'Izinkan',
	block: 'Blokir',
	notNow: 'Nanti saja',
};

const TEXTS: Readonly<Record<Language, DesktopText>> = { en: ENGLISH, id: INDONESIAN };

/** What the shell says in a language. */
export function textIn(language: Language): DesktopText {
	return TEXTS[language];
}

/**
 * The language to speak.
 *
 * @param setting of `window.language`: `system`, or a language
 * @param locale of the system, such as `id-ID`; Indonesian also has the old code `in`
 */
export function chooseLanguage(setting: unknown, locale: string): Language {
	if (setting === 'en' || setting === 'id') return setting;
	return /^(?:id|in)(?:$|[-_])/i.test(locale) ? 'id' : 'en';
}

import type { Language } from '../../src/protocol/languages.ts';
import type { DeviceStatus } from '../../src/protocol/server-messages.ts';

/** The texts that the desktop app shows outside of its window. */
export interface DesktopText {
	/** The product name, which is the same in every language. */
	readonly appName: string;
	readonly openWindow: string;
	readonly startService: string;
	readonly stopService: string;
	readonly readers: string;
	readonly noReaders: string;
	/** Shown instead of the list of readers while the service does not run. */
	readonly readersNotShown: string;
	readonly readerStatus: Readonly<Record<DeviceStatus, string>>;
	readonly copyAddress: string;
	readonly startAtLogin: string;
	readonly showLogs: string;
	readonly quit: string;
	readonly phase: Readonly<Record<'stopped' | 'starting' | 'running' | 'stopping', string>>;
	/** Introduces the reason of a failed start. */
	readonly failed: (reason: string) => string;
	readonly readerCount: (count: number) => string;
	readonly faultyReaders: (count: number, faulty: number) => string;
	readonly onlyVirtualReaders: string;
	/** The state of a virtual reader that waits for a scan. */
	readonly virtualReady: string;
	readonly stopQuestion: string;
	readonly endsConnections: (count: number) => string;
	readonly endsScans: (count: number) => string;
	readonly stop: string;
	readonly cancel: string;
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
	faultyReaders: (count, faulty) => `${count === 1 ? '1 reader' : `${count} readers`}, ${faulty} out of order`,
	onlyVirtualReaders: 'No reader plugged in; virtual readers available',
	virtualReady: 'available',
	stopQuestion: 'Stop the service?',
	endsConnections: (count) =>
		count === 1
			? '1 page or program is connected and will be disconnected.'
			: `${count} pages or programs are connected and will be disconnected.`,
	endsScans: (count) =>
		count === 1
			? '1 scan is running and will end without a result.'
			: `${count} scans are running and will end without a result.`,
	stop: 'Stop',
	cancel: 'Cancel',
	file: 'File',
	view: 'View',
	reload: 'Reload',
	zoomIn: 'Zoom in',
	zoomOut: 'Zoom out',
	resetZoom: 'Actual size',
	closeWindow: 'Close window',
	originQuestion: (origin) => `Allow ${origin} to use the fingerprint readers?`,
	originDetail:
		'A page of this website is trying to connect for the first time. It also needs an API key. ' +
		'Your answer is saved; you can change it under Web pages.',
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
	faultyReaders: (count, faulty) => `${count} pemindai, ${faulty} bermasalah`,
	onlyVirtualReaders: 'Tidak ada pemindai yang terpasang; pemindai virtual tersedia',
	virtualReady: 'tersedia',
	stopQuestion: 'Hentikan layanan?',
	endsConnections: (count) => `${count} halaman atau program sedang terhubung dan akan diputus.`,
	endsScans: (count) => `${count} pemindaian sedang berjalan dan akan berakhir tanpa hasil.`,
	stop: 'Hentikan',
	cancel: 'Batal',
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

/** Returns the texts in a language. */
export function getDesktopText(language: Language): DesktopText {
	return TEXTS[language];
}

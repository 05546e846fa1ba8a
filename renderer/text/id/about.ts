import type { AboutText } from '../en/about.ts';

export const about: AboutText = {
	lead: 'Versi, folder, dan bantuan',
	version: 'Versi',
	platform: 'Platform',
	runtime: 'Berjalan di atas',
	licence: 'Lisensi',
	licenceMit: 'MIT: bebas dipakai, diubah, dan dibagikan',
	program: 'Program ini',
	folders: 'Folder',
	foldersHelp: 'Setelan, hash kunci, dan log. Sidik jari tidak pernah disimpan.',
	dataDir: 'Folder data',
	logsDir: 'Folder log',
	support: 'Dukungan',
	supportHelp: 'Berkas teks untuk pihak yang membantu Anda. Bacalah sebelum mengirimkannya.',
	supportContains: [
		'Versi, platform, dan setelan',
		'Keadaan layanan dan pemindai',
		'Nama dan izin kunci API, bukan kuncinya sendiri',
		'Laporan perintah doctor, dan pemindai yang ditemukan di PC ini',
		'Baris log terakhir, juga dari sesi sebelumnya, dan tempat program terakhir kali berhenti mendadak',
	],
	supportWithout: 'Berkas ini tidak berisi kunci, token, sidik jari, atau gambar.',
	saveBundle: 'Simpan berkas dukungan',
	bundleSaved: (file) => `${file} disimpan di folder unduhan Anda`,
	documentation: 'Dokumentasi',
	documentationHelp: 'Semua pesan, pilihan, dan kode kesalahan antarmuka WebSocket dijelaskan di',
};

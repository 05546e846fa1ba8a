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
	supportHelp: 'Berkas teks yang memudahkan orang lain membantu Anda. Bacalah sebelum mengirimkannya.',
	supportContains: [
		'Versi, platform, dan setelan',
		'Keadaan layanan dan pemindai',
		'Nama dan hak kunci, bukan kuncinya sendiri',
		'Baris-baris terakhir log',
	],
	supportWithout: 'Tidak ada kunci, token, sidik jari, maupun gambar di dalamnya.',
	saveBundle: 'Simpan berkas dukungan',
	bundleSaved: (file) => `${file} tersimpan di unduhan Anda`,
	documentation: 'Dokumentasi',
	documentationHelp: 'Setiap pesan, pilihan, dan kode kesalahan antarmuka WebSocket dijelaskan di',
};

import type { TrialText } from '../en/trial.ts';
import { createFormats } from '../formats.ts';

const { plural, number } = createFormats('id');

export const trial: TrialText = {
	lead: 'Pindai jari, lalu lihat gambar, minutia, dan mutunya',
	reader: 'Pemindai',
	virtualReader: (model, id) => `${model} (${id}, virtual)`,
	realReader: (model, id) => `${model} (${id})`,
	faultyReader: (model, id) => `${model} (${id}, rusak)`,
	start: 'Mulai pindai',
	again: 'Pindai lagi',
	stop: 'Hentikan',
	privacy: 'Gambar tetap di jendela ini dan tidak disimpan. Gambar dihapus begitu Anda meninggalkan tampilan ini.',
	readyTitle: 'Siap memindai',
	readyHelp: 'Pilih pemindai lalu mulai. Anda akan melihat sidik jari, minutia, dan mutunya.',
	waitingTitle: 'Letakkan jari pada pemindai',
	waitingHelp: 'Letakkan mendatar di tengah sensor dan tahan agar tidak bergerak. Pemindai menunggu selama 30 detik.',
	waitingVirtualTitle: 'Pemindai virtual menunggu sentuhan',
	waitingVirtual: 'Jari simulasi akan menyentuhnya sebentar lagi.',
	waitingManual:
		'Sentuh otomatis dinonaktifkan dalam setelan, jadi sebuah program harus menyentuhnya dengan pesan virtual:touch dalam 30 detik.',
	noReaderTitle: 'Tidak ada pemindai yang terpasang',
	noReaderHelp: 'Pasang pemindai, atau aktifkan pemindai virtual di bagian ringkasan.',
	toOverview: 'Buka ringkasan',
	stoppedTitle: 'Layanan tidak berjalan',
	stoppedHelp: 'Pemindaian memerlukan layanan. Mulai layanannya terlebih dahulu.',
	done: (quality, band) => `Pemindaian selesai: mutu ${number(quality)} dari 100, ${band}`,
	imageAlt: (width, height, count) =>
		plural(count, { other: `Sidik jari ${number(width)} kali ${number(height)} piksel dengan # minutia` }),
	showMinutiae: 'Tampilkan minutia',
	endings: (count) => plural(count, { other: '# ujung garis' }),
	bifurcations: (count) => plural(count, { other: '# percabangan' }),
	legend: 'Minutia',
	endingHelp: 'Lingkaran di tempat garis papiler berakhir; tandanya menunjuk ke arah garis itu.',
	bifurcationHelp: 'Persegi di tempat garis papiler bercabang dua; tandanya menunjuk ke antara kedua cabang.',
	quality: 'Mutu',
	qualityText: (quality, band, threshold) =>
		`${number(quality)} dari 100, ${band}; ambang yang lazim adalah ${number(threshold)}`,
	bands: { poor: 'buruk', low: 'terlalu rendah', good: 'baik', excellent: 'sangat baik' },
	verdicts: {
		poor: 'Halaman web akan menolak hasil ini. Ikuti sarannya, lalu pindai lagi.',
		low: 'Halaman web biasanya akan menolak hasil ini. Ikuti sarannya, lalu pindai lagi.',
		good: 'Halaman web akan menerima hasil ini.',
		excellent: 'Halaman web akan menerima hasil ini, bahkan dengan ambang mutu yang tinggi.',
	},
	threshold: (threshold) => `Ambang yang lazim: ${number(threshold)}`,
	unusableTitle: 'Templat sidik jari tidak dapat dibuat dari gambar ini',
	unusableHelp: 'Minutia pada gambar terlalu sedikit. Bersihkan sensor atau gunakan jari lain, lalu pindai lagi.',
	advice: 'Saran',
	noAdvice: 'Tidak ada yang perlu diperbaiki: jari diletakkan dengan baik.',
	noKnownAdvice: 'Tidak ditemukan masalah tertentu. Bersihkan sensor, lalu letakkan jari sekali lagi.',
	facts: { size: 'Gambar', resolution: 'Resolusi', minutiae: 'Minutia' },
	size: (width, height) => `${number(width)} × ${number(height)} piksel`,
	resolution: (dpi) => `${number(dpi)} dpi`,
};

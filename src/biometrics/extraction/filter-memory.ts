import { createFloatImage, type FloatImage } from '../images/float-image.ts';
import { type Filter, FilterBank, MAX_FILTERS, MAX_TAPS, REACH } from './filter-bank.ts';
import { growMemory, loadFilterKernel } from './filter-kernel.ts';

/** Bytes per float and integer. */
const VALUE = 4;
/** Bytes per tap: offset and weight. */
const TAP = 2 * VALUE;
/** Bytes reserved for each filter. */
const FILTER = MAX_TAPS * TAP;
/** Address of the image, behind the filters. */
const SOURCE = MAX_FILTERS * FILTER;

/**
 * The memory of the WebAssembly module that filters: an image with its two filtered versions, and the filters. All of it is
 * kept for the next image; computing the filters takes as long as filtering several images.
 */
export class FilterMemory {
	/** The filters for this stride. */
	bank = new FilterBank(0);
	private readonly kernel = loadFilterKernel();
	/** Pixels per row, the border for the filter taps included: the width of the widest image so far, because filters depend on it. */
	private stride = 0;
	/** Rows, the border included. */
	private height = 0;
	/** The end of the taps of each filter, an address; 0 for filters that are not in the memory yet. */
	private readonly ends = new Int32Array(MAX_FILTERS);

	/** Copies an image into the memory and clears the filtered versions. @param width pixels to filter @param height pixels to filter */
	load(image: FloatImage, width: number, height: number): void {
		this.resize(width + 2 * REACH, height + 2 * REACH);
		const pixels = new Float32Array(this.kernel.memory.buffer, SOURCE, 3 * this.stride * this.height).fill(0);
		for (let y = 0; y < image.height; y++) {
			pixels.set(image.data.subarray(y * image.width, (y + 1) * image.width), this.indexOf(0, y));
		}
	}

	/** Filters a square of the image with the top left pixel (x, y). */
	smooth(filter: Filter, x: number, y: number): void {
		this.run(filter, x, y, 0);
	}

	/** Filters a square of the smoothed image. */
	filter(filter: Filter, x: number, y: number): void {
		this.run(filter, x, y, this.imageSize);
	}

	/** Returns the filtered image. */
	result(width: number, height: number): FloatImage {
		const image = createFloatImage(width, height);
		const filtered = SOURCE + 2 * this.imageSize;
		const pixels = new Float32Array(this.kernel.memory.buffer, filtered, this.stride * this.height);
		for (let y = 0; y < height; y++) {
			const start = this.indexOf(0, y);
			image.data.set(pixels.subarray(start, start + width), y * width);
		}
		return image;
	}

	private resize(width: number, height: number): void {
		if (width > this.stride) {
			this.stride = width;
			this.bank = new FilterBank(width);
			this.ends.fill(0);
		}
		this.height = height;
		growMemory(this.kernel.memory, SOURCE + 3 * this.imageSize);
	}

	/** Bytes per image. */
	private get imageSize(): number {
		return this.stride * this.height * VALUE;
	}

	private indexOf(x: number, y: number): number {
		return (y + REACH) * this.stride + x + REACH;
	}

	private run(filter: Filter, x: number, y: number, version: number): void {
		const source = SOURCE + version + this.indexOf(x, y) * VALUE;
		const taps = filter.id * FILTER;
		if (this.ends[filter.id] === 0) this.store(filter, taps);
		this.kernel.filterTile(source, source + this.imageSize, this.stride * VALUE, taps, this.ends[filter.id]!);
	}

	private store({ id, offsets, weights }: Filter, address: number): void {
		const taps = new DataView(this.kernel.memory.buffer, address, offsets.length * TAP);
		for (let tap = 0; tap < offsets.length; tap++) {
			taps.setInt32(tap * TAP, offsets[tap]! * VALUE, true);
			taps.setFloat32(tap * TAP + VALUE, weights[tap]!, true);
		}
		this.ends[id] = address + offsets.length * TAP;
	}
}

// SPDX-License-Identifier: GPL-2.0-or-later

// The same as sites.c in JavaScript; started with --perf-basic-prof. The functions fill what they
// make themselves, and are hot, so that they are compiled.
'use strict';

const PAGE = 4096;
const PAGES = 64;

function touchByTypedArray() {
	const memory = new Uint8Array(6 * PAGES * PAGE);
	for (let at = 0; at < memory.length; at += 64)
		memory[at] = 1;
	return memory;
}

function touchByFloats() {
	const memory = new Float64Array((3 * PAGES * PAGE) / 8);
	for (let at = 0; at < memory.length; at += 8)
		memory[at] = 1.5;
	return memory;
}

function touchByWords() {
	const memory = new Uint32Array((PAGES * PAGE) / 4);
	for (let at = 0; at < memory.length; at += 16)
		memory[at] = 1;
	return memory;
}

let kept;

function serve() {
	kept = [touchByTypedArray(), touchByFloats(), touchByWords()];
	setTimeout(serve, 20);
}

console.log('ready');
serve();

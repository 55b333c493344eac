/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_PERF_MAP_H
#define INSIDE_PERF_MAP_H

/*
 * The names of code that a runtime has compiled, as it writes them for perf(1)
 * (tools/perf/Documentation/jit-interface.txt of the kernel): lines "START SIZE NAME", in
 * hexadecimal, with 0x or without, addresses in memory, which are added while the program runs. The
 * file is hostile, and may end within a line.
 */

#include <stdint.h>

struct file_reader;
struct inside_object;

#define PERF_MAP_BYTES_MAX (UINT64_C(64) << 20)

/*
 * Reads the map: an object without sections, whose symbols have their addresses in memory. Memory
 * is used again, so that a function is gone once a later line takes some of its bytes. Lines that
 * are none are left out. Returns 0 and sets *ret_object, which begins with one reference; -ENOENT
 * when the map has no valid line; -EFBIG when it is too large; or the -errno of reading.
 */
int perf_map_read(const struct file_reader *file, struct inside_object **ret_object);

#endif

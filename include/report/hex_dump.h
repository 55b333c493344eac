/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_HEX_DUMP_H
#define REPORT_HEX_DUMP_H

/*
 * A canonical dump of memory, as hexdump -C writes it (hexdump(1)), with addresses of the target in
 * the place of offsets: lines of 16 bytes from the first address on, "*" for lines that repeat the
 * one above, the address after the last byte at the end. Bytes of absent pages are "??", and "?" in
 * the text.
 */

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define HEX_DUMP_LINE 16 /* bytes */

struct hex_dump {
	/* Private: */
	FILE *stream;
	uint64_t address;          /* of the next byte */
	int line[HEX_DUMP_LINE];   /* bytes, or -1 for one that is absent */
	int before[HEX_DUMP_LINE]; /* the line that was written last */
	size_t length;             /* of the line */
	enum { HEX_DUMP_FIRST, HEX_DUMP_WRITTEN, HEX_DUMP_REPEATED } state; /* of the line before */
};

void hex_dump_begin(struct hex_dump *dump, FILE *stream, uint64_t address);

/* Writes the next size bytes; absent is a map of their pages as inside/memory_reader.h has it. */
void hex_dump_add(struct hex_dump *dump, const uint8_t *bytes, size_t size, const uint8_t *absent,
		  uint64_t page_size);

/* Writes what is left, and the last address; nothing at all when there were no bytes. */
void hex_dump_end(struct hex_dump *dump);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/hex_dump.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "inside/memory_reader.h"

#define ABSENT (-1)

void hex_dump_begin(struct hex_dump *dump, FILE *stream, uint64_t address)
{
	*dump = (struct hex_dump){.stream = stream, .address = address};
}

static void write_line(struct hex_dump *dump)
{
	fprintf(dump->stream, "%08" PRIx64 " ", dump->address - dump->length);
	for (size_t i = 0; i < HEX_DUMP_LINE; i++) {
		if (i % 8 == 0)
			fputc(' ', dump->stream);
		if (i >= dump->length)
			fputs("   ", dump->stream);
		else if (dump->line[i] == ABSENT)
			fputs("?? ", dump->stream);
		else
			fprintf(dump->stream, "%02x ", (unsigned)dump->line[i]);
	}
	fputs(" |", dump->stream);
	for (size_t i = 0; i < dump->length; i++) {
		int byte = dump->line[i];

		fputc(byte == ABSENT ? '?' : byte >= ' ' && byte <= '~' ? byte : '.', dump->stream);
	}
	fputs("|\n", dump->stream);
}

static void end_line(struct hex_dump *dump)
{
	if (dump->length == HEX_DUMP_LINE && dump->state != HEX_DUMP_FIRST &&
	    !memcmp(dump->line, dump->before, sizeof(dump->line))) {
		if (dump->state != HEX_DUMP_REPEATED)
			fputs("*\n", dump->stream);
		dump->state = HEX_DUMP_REPEATED;
	} else {
		write_line(dump);
		memcpy(dump->before, dump->line, sizeof(dump->line));
		dump->state = HEX_DUMP_WRITTEN;
	}
	dump->length = 0;
}

static void add(struct hex_dump *dump, const uint8_t *bytes, size_t size, bool is_absent)
{
	for (size_t i = 0; i < size; i++) {
		dump->line[dump->length++] = is_absent ? ABSENT : bytes[i];
		dump->address++;
		if (dump->length == HEX_DUMP_LINE)
			end_line(dump);
	}
}

void hex_dump_add(struct hex_dump *dump, const uint8_t *bytes, size_t size, const uint8_t *absent,
		  uint64_t page_size)
{
	const uint64_t start = dump->address;

	for (size_t at = 0, part; at < size; at += part) {
		part = (size_t)(page_size - (start + at) % page_size);
		if (part > size - at)
			part = size - at;
		add(dump, bytes + at, part, memory_reader_is_absent(absent, start, at, page_size));
	}
}

void hex_dump_end(struct hex_dump *dump)
{
	if (dump->length)
		end_line(dump);
	if (dump->state != HEX_DUMP_FIRST)
		fprintf(dump->stream, "%08" PRIx64 "\n", dump->address);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/pclntab.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "inside/elf_headers.h"
#include "inside/elf_symbols.h"
#include "inside/file_reader.h"
#include "inside/section_list.h"
#include "inside/symbol_list.h"

#define TABLE_BYTES_MAX (UINT64_C(1) << 28)

/* Linkers put it at multiples of 32, and into .data.rel.ro if need be. */
#define ALIGNMENT 32

/* The magic number, two zeroes, the processor's smallest instruction, the size of a pointer. */
#define HEAD_BYTES 8

/* What differs between the layouts. Words are of the size of a pointer, behind the head. */
struct layout {
	uint32_t magic;
	unsigned names, functions; /* words that have the offsets of these tables */
	unsigned start;            /* the word that has the address of the code; 0: there is none */
	bool narrow; /* the pairs are 32 bits wide, and where functions begin is an offset */
};

static const struct layout layouts[] = {
	{.magic = 0xfffffff1, .names = 3, .functions = 7, .start = 2, .narrow = true}, /* 1.20 */
	{.magic = 0xfffffff0, .names = 3, .functions = 7, .start = 2, .narrow = true}, /* 1.18 */
	{.magic = 0xfffffffa, .names = 2, .functions = 6},                             /* 1.16 */
	/* Go 1.2 has no words but the number of functions; all offsets are from the head. */
	{.magic = 0xfffffffb},
};

struct table {
	const struct elf_header *header;
	const struct section_list *sections;
	const struct layout *layout;
	char *bytes; /* with a NUL behind them */
	uint64_t size;
	unsigned pointer;          /* bytes */
	uint64_t count;            /* of functions */
	uint64_t names, functions; /* offsets */
	uint64_t pairs;            /* offset of the first */
	uint64_t start;            /* added to where functions begin */
};

static uint64_t number_at(const struct table *table, uint64_t offset, size_t size)
{
	return offset <= table->size && size <= table->size - offset
		       ? elf_number(table->header, table->bytes + offset, size)
		       : 0;
}

static uint64_t word(const struct table *table, unsigned index)
{
	return number_at(table, HEAD_BYTES + (uint64_t)index * table->pointer, table->pointer);
}

static const struct layout *find_layout(const struct elf_header *header, const char *head)
{
	uint32_t magic = (uint32_t)elf_number(header, head, 4);

	if (head[4] || head[5] || (head[6] != 1 && head[6] != 2 && head[6] != 4) ||
	    head[7] != (header->is_32bit ? 4 : 8))
		return NULL;
	for (size_t i = 0; i < sizeof(layouts) / sizeof(layouts[0]); i++)
		if (layouts[i].magic == magic)
			return &layouts[i];
	return NULL;
}

static bool ends_with(const char *name, const char *end)
{
	size_t length = strlen(name), wanted = strlen(end);

	return length >= wanted && !strcmp(name + length - wanted, end);
}

static const struct inside_section *find_section(const struct section_list *list, const char *end)
{
	for (size_t i = 0; i < list->count; i++)
		if (ends_with(list->sections[i].name, end))
			return &list->sections[i];
	return NULL;
}

/* Whether it may be a program of Go: nothing is sought in all others. */
static bool may_be_go(const struct section_list *list)
{
	return list->from_segments || find_section(list, ".go.buildinfo") ||
	       find_section(list, ".note.go.buildid");
}

/* Looks for the head in a section; what is from there on is the table. */
static int seek_in(struct table *table, const struct file_reader *file,
		   const struct inside_section *section)
{
	uint64_t size = section->end - section->start, at;
	char *bytes;
	int error = file_reader_load(file, section->offset, size, TABLE_BYTES_MAX, &bytes);

	if (error)
		return error == -ENODATA || error == -EFBIG ? -ENOENT : error;
	for (at = -section->start % ALIGNMENT; at + HEAD_BYTES <= size; at += ALIGNMENT) {
		table->layout = find_layout(table->header, bytes + at);
		if (!table->layout)
			continue;
		memmove(bytes, bytes + at, size - at + 1);
		table->bytes = bytes;
		table->size = size - at;
		return 0;
	}
	free(bytes);
	return -ENOENT;
}

static int seek(struct table *table, const struct file_reader *file)
{
	const struct section_list *list = table->sections;
	const struct inside_section *own = find_section(list, ".gopclntab");
	int error = -ENOENT;

	if (own)
		return seek_in(table, file, own);
	if (!may_be_go(list))
		return -ENOENT;
	for (size_t i = 0; i < list->count && error == -ENOENT; i++)
		if (list->sections[i].kind == KIND_RELRO || list->sections[i].kind == KIND_RODATA)
			error = seek_in(table, file, &list->sections[i]);
	return error;
}

/*
 * Where the code begins. Linkers may leave it to relocation; then it is the begin of .text, unless
 * another linker put code of its own there.
 */
static bool find_start(struct table *table)
{
	const struct inside_section *code = find_section(table->sections, ".text");

	if (!table->layout->start)
		return true;
	table->start = word(table, table->layout->start);
	if (!table->start && code && !find_section(table->sections, ".init"))
		table->start = code->start;
	return table->start != 0;
}

/* Whether size bytes for each of count are there from the offset on. */
static bool has_room(const struct table *table, uint64_t offset, uint64_t count, size_t size)
{
	return offset <= table->size && count <= (table->size - offset) / size;
}

static int find_tables(struct table *table)
{
	const struct layout *layout = table->layout;
	size_t field;

	table->pointer = table->header->is_32bit ? 4 : 8;
	field = layout->narrow ? 4 : table->pointer;
	table->count = word(table, 0);
	if (layout->functions) {
		table->names = word(table, layout->names);
		table->functions = word(table, layout->functions);
		table->pairs = table->functions;
	} else {
		table->pairs = HEAD_BYTES + table->pointer;
	}
	if (table->count > SYMBOLS_MAX)
		return -EFBIG;
	if (!has_room(table, table->pairs, 2 * table->count + 1, field) ||
	    table->names >= table->size || !find_start(table))
		return -EBADMSG;
	return table->count ? 0 : -ENOENT;
}

/* The name of the function whose description is at the offset; NULL when there is none. */
static const char *name_at(const struct table *table, uint64_t offset)
{
	size_t field = table->layout->narrow ? 4 : table->pointer;
	uint64_t name;

	if (offset > table->size || !has_room(table, table->functions + offset, 1, field + 4))
		return NULL;
	name = table->names + number_at(table, table->functions + offset + field, 4);
	return name < table->size && table->bytes[name] ? table->bytes + name : NULL;
}

/* Each pair says where a function begins; it ends where the next one does. */
static void add_functions(const struct table *table, struct elf_symbols *symbols)
{
	size_t field = table->layout->narrow ? 4 : table->pointer;

	symbols->names = memory_alloc(table->count * sizeof(*symbols->names));
	for (uint64_t i = 0; i < table->count; i++) {
		uint64_t pair = table->pairs + 2 * i * field;
		uint64_t start = number_at(table, pair, field);
		uint64_t end = number_at(table, pair + 2 * field, field);
		const char *name = name_at(table, number_at(table, pair + field, field));
		const struct inside_section *section =
			section_list_at(table->sections, table->start + start);

		if (!name || !section || end < start)
			continue;
		symbols->names[symbols->count++] = (struct inside_name){
			.address = table->start + start,
			.size = end - start,
			.limit = section->end,
			.name = name,
			.kind = INSIDE_FUNCTION,
			.reach = INSIDE_GLOBAL,
		};
	}
}

int pclntab_read(const struct file_reader *file, const struct elf_header *header,
		 const struct section_list *sections, struct elf_symbols *ret_symbols)
{
	struct table table = {.header = header, .sections = sections};
	struct elf_symbols symbols = {0};
	int error = seek(&table, file);

	if (!error)
		error = find_tables(&table);
	if (!error)
		add_functions(&table, &symbols);
	if (!error && !symbols.count)
		error = -EBADMSG;
	if (error) {
		free(symbols.names);
		free(table.bytes);
		return error;
	}
	symbols.strings = table.bytes;
	symbols.strings_size = table.size;
	*ret_symbols = symbols;
	return 0;
}

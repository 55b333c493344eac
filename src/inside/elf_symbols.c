/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/elf_symbols.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "inside/elf_headers.h"
#include "inside/file_reader.h"
#include "inside/section_list.h"
#include "inside/symbol_list.h"

/* Of the names of all symbols: a fifth of a kibibyte for each of a million. */
#define STRINGS_BYTES_MAX (UINT64_C(1) << 28)

/* Symbols that are read at once. */
#define PIECE 4096

/* A version index with this bit is not the default (System V ABI, "Symbol Versioning", GNU). */
#define VERSION_HIDDEN 0x8000

/* The table while it is read. */
struct reading {
	const struct file_reader *file;
	const struct elf_header *header;
	const struct section_list *loaded;
	Elf64_Shdr *sections;
	size_t section_count;
	const Elf64_Shdr *table;
	uint64_t symbol_count, strings_size;
	char *strings, *versions; /* the latter NULL without any */
	struct inside_name *names;
	size_t count, capacity;
};

static const Elf64_Shdr *find_section(const struct reading *reading, uint32_t type)
{
	for (size_t i = 0; i < reading->section_count; i++)
		if (reading->sections[i].sh_type == type)
			return &reading->sections[i];
	return NULL;
}

/* What the table promises and the file does not have is a contradiction. */
static int load(const struct reading *reading, const Elf64_Shdr *section, uint64_t limit,
		char **ret_bytes)
{
	int error = file_reader_load(reading->file, section->sh_offset, section->sh_size, limit,
				     ret_bytes);

	return error == -ENODATA ? -EBADMSG : error;
}

static int load_strings(struct reading *reading)
{
	const Elf64_Shdr *strings;

	if (reading->table->sh_link >= reading->section_count)
		return -EBADMSG;
	strings = &reading->sections[reading->table->sh_link];
	if (strings->sh_type != SHT_STRTAB)
		return -EBADMSG;
	reading->strings_size = strings->sh_size;
	return load(reading, strings, STRINGS_BYTES_MAX, &reading->strings);
}

/* One of 16 bits for each symbol of .dynsym; without them every name is the default. */
static int load_versions(struct reading *reading)
{
	const Elf64_Shdr *versions = find_section(reading, SHT_GNU_versym);
	int error;

	if (reading->table->sh_type != SHT_DYNSYM || !versions ||
	    versions->sh_size / 2 < reading->symbol_count)
		return 0;
	error = load(reading, versions, SYMBOLS_MAX * UINT64_C(2), &reading->versions);
	return error == -EBADMSG || error == -EFBIG ? 0 : error;
}

/* Whether an assembler put it there to tell code from data: "$x", "$d.12" (ARM, RISC-V). */
static bool is_mark(const char *name)
{
	return name[0] == '$' && name[1] && strchr("adtx", name[1]) &&
	       (name[2] == '\0' || name[2] == '.');
}

static uint8_t choose_reach(const struct reading *reading, uint64_t index, unsigned binding,
			    const char *name)
{
	const char *at = name + symbol_name_length(name);

	if (binding == STB_LOCAL)
		return INSIDE_LOCAL;
	if (at[0] == '@' && at[1] != '@')
		return INSIDE_OLD_VERSION;
	if (reading->versions &&
	    (elf_number(reading->header, reading->versions + index * 2, 2) & VERSION_HIDDEN))
		return INSIDE_OLD_VERSION;
	return binding == STB_WEAK ? INSIDE_WEAK : INSIDE_GLOBAL;
}

/* Which kind the type is; false for what is none. */
static bool choose_kind(unsigned type, uint8_t *ret_kind)
{
	switch (type) {
	case STT_FUNC:
	case STT_GNU_IFUNC: *ret_kind = INSIDE_FUNCTION; return true;
	case STT_OBJECT:
	case STT_COMMON: *ret_kind = INSIDE_VARIABLE; return true;
	case STT_NOTYPE: *ret_kind = INSIDE_OTHER; return true;
	default: return false;
	}
}

/*
 * Where the symbol ends at the latest; false when it lies in no section. One at the end of its
 * section (_edata, _end) is not in the next one.
 */
static bool find_limit(const struct reading *reading, uint64_t address, uint64_t index,
		       uint64_t *ret_limit)
{
	const struct inside_section *section = section_list_at(reading->loaded, address);
	const Elf64_Shdr *own = index < reading->section_count ? &reading->sections[index] : NULL;

	if (own && own->sh_size && own->sh_addr + own->sh_size == address) {
		*ret_limit = address;
		return true;
	}
	if (!section)
		return false;
	*ret_limit = section->end;
	return true;
}

static void add_symbol(struct reading *reading, uint64_t index, const char *bytes)
{
	const struct elf_header *header = reading->header;
	unsigned info = (unsigned)ELF_FIELD(header, bytes, Sym, st_info);
	uint64_t section = ELF_FIELD(header, bytes, Sym, st_shndx);
	uint64_t string = ELF_FIELD(header, bytes, Sym, st_name);
	struct inside_name name = {
		.address = ELF_FIELD(header, bytes, Sym, st_value),
		.size = ELF_FIELD(header, bytes, Sym, st_size),
	};

	if (section == SHN_UNDEF || (section >= SHN_LORESERVE && section != SHN_XINDEX) ||
	    string >= reading->strings_size || !choose_kind(ELF64_ST_TYPE(info), &name.kind))
		return;
	name.name = reading->strings + string;
	if (!*name.name || is_mark(name.name))
		return;
	/* The lowest bit of a function's address says that it is Thumb code (ELF for the Arm). */
	if (header->machine == EM_ARM && name.kind == INSIDE_FUNCTION)
		name.address &= ~UINT64_C(1);
	if (!find_limit(reading, name.address, section, &name.limit))
		return;
	name.reach = choose_reach(reading, index, ELF64_ST_BIND(info), name.name);
	reading->names = memory_array_grow(reading->names, reading->count, &reading->capacity,
					   sizeof(*reading->names));
	reading->names[reading->count++] = name;
}

static int read_table(struct reading *reading)
{
	size_t entry = ELF_SIZE(reading->header, Sym);
	char *bytes = memory_alloc(PIECE * entry);
	int error = 0;

	for (uint64_t at = 0; at < reading->symbol_count && !error; at += PIECE) {
		uint64_t left = reading->symbol_count - at;
		size_t count = left < PIECE ? (size_t)left : PIECE;

		error = file_reader_read(reading->file, reading->table->sh_offset + at * entry,
					 bytes, count * entry);
		for (size_t i = 0; i < count && !error; i++)
			add_symbol(reading, at + i, bytes + i * entry);
	}
	free(bytes);
	return error == -ENODATA ? -EBADMSG : error;
}

static int read_all(struct reading *reading, uint32_t type)
{
	size_t entry = ELF_SIZE(reading->header, Sym);
	int error;

	reading->table = find_section(reading, type);
	if (!reading->table)
		return -ENOENT;
	/* Every entry has to be in the file, so that it cannot claim more than it holds. */
	if (reading->table->sh_offset > reading->file->size ||
	    reading->table->sh_size > reading->file->size - reading->table->sh_offset)
		return -EBADMSG;
	reading->symbol_count = reading->table->sh_size / entry;
	if (reading->symbol_count > SYMBOLS_MAX)
		return -EFBIG;
	error = load_strings(reading);
	if (!error)
		error = load_versions(reading);
	if (!error)
		error = read_table(reading);
	return !error && !reading->count ? -ENOENT : error;
}

int elf_symbols_read(const struct file_reader *file, const struct elf_header *header, uint32_t type,
		     const struct section_list *sections, struct elf_symbols *ret_symbols)
{
	struct reading reading = {.file = file, .header = header, .loaded = sections};
	size_t names;
	int error =
		elf_sections_read(file, header, &reading.sections, &reading.section_count, &names);

	if (error)
		return error == -ENOEXEC ? -ENOENT : error;
	error = read_all(&reading, type);
	free(reading.sections);
	free(reading.versions);
	if (error) {
		free(reading.names);
		free(reading.strings);
		return error;
	}
	*ret_symbols = (struct elf_symbols){
		.names = reading.names,
		.count = reading.count,
		.strings = reading.strings,
		.strings_size = reading.strings_size,
	};
	return 0;
}

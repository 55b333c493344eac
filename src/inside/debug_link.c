/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/debug_link.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "inside/elf_headers.h"
#include "inside/file_reader.h"

#define DEBUG_FOLDER "/usr/lib/debug"

#define NOTES_BYTES_MAX  65536
#define STRING_BYTES_MAX (UINT64_C(16) << 20)
#define CRC_PIECE        65536

/* The build-id among the notes: each has the sizes of its name and of what it says, and a type. */
static bool find_build_id(const struct elf_header *header, const char *notes, size_t size,
			  struct build_id *build_id)
{
	size_t at = 0;

	while (size - at >= sizeof(Elf64_Nhdr)) {
		uint64_t name = ELF_FIELD(header, notes + at, Nhdr, n_namesz);
		uint64_t said = ELF_FIELD(header, notes + at, Nhdr, n_descsz);
		uint64_t type = ELF_FIELD(header, notes + at, Nhdr, n_type);
		size_t first = at + sizeof(Elf64_Nhdr);
		uint64_t value = first + ((name + 3) & ~UINT64_C(3));
		uint64_t next = value + ((said + 3) & ~UINT64_C(3));

		if (value > size || said > size - value)
			return false;
		if (type == NT_GNU_BUILD_ID && name == sizeof(ELF_NOTE_GNU) && said &&
		    said <= BUILD_ID_MAX && !memcmp(notes + first, ELF_NOTE_GNU, name)) {
			build_id->size = said;
			memcpy(build_id->bytes, notes + value, said);
			return true;
		}
		if (next >= size)
			return false;
		at = next;
	}
	return false;
}

/* What cannot be read of a file that says so is not there; only errors of reading are errors. */
static int absent(int error)
{
	return error == -ENODATA || error == -EFBIG || error == -ENOEXEC ? 0 : error;
}

static int read_notes(const struct file_reader *file, const struct elf_header *header,
		      uint64_t offset, uint64_t size, struct build_id *build_id)
{
	char *notes;
	int error = file_reader_load(file, offset, size, NOTES_BYTES_MAX, &notes);

	if (error)
		return absent(error);
	find_build_id(header, notes, size, build_id);
	free(notes);
	return 0;
}

/* A name, zeroes up to a multiple of four, and the CRC. */
static int read_link(const struct file_reader *file, const struct elf_header *header,
		     const Elf64_Shdr *section, struct debug_link *link)
{
	size_t length, at;
	char *bytes;
	int error = file_reader_load(file, section->sh_offset, section->sh_size,
				     DEBUG_LINK_NAME_MAX + 9, &bytes);

	if (error)
		return absent(error);
	length = strlen(bytes);
	at = (length + 4) & ~(size_t)3;
	if (length && length <= DEBUG_LINK_NAME_MAX && !strchr(bytes, '/') &&
	    strcmp(bytes, ".") != 0 && strcmp(bytes, "..") != 0 && at + 4 <= section->sh_size) {
		memcpy(link->name, bytes, length + 1);
		link->crc = (uint32_t)elf_number(header, bytes + at, 4);
	}
	free(bytes);
	return 0;
}

static bool is_debuglink(const Elf64_Shdr *section, const char *names, size_t size)
{
	return section->sh_type == SHT_PROGBITS && section->sh_name < size &&
	       !strcmp(names + section->sh_name, ".gnu_debuglink");
}

static int read_from_sections(const struct file_reader *file, const struct elf_header *header,
			      const Elf64_Shdr *sections, size_t count, size_t names_index,
			      struct debug_link *link)
{
	char *names = NULL;
	size_t size = 0;
	int error = 0;

	if (names_index < count) {
		size = sections[names_index].sh_size;
		error = absent(file_reader_load(file, sections[names_index].sh_offset, size,
						STRING_BYTES_MAX, &names));
	}
	for (size_t i = 0; i < count && !error; i++) {
		if (sections[i].sh_type == SHT_NOTE && !link->build_id.size)
			error = read_notes(file, header, sections[i].sh_offset, sections[i].sh_size,
					   &link->build_id);
		else if (names && is_debuglink(&sections[i], names, size))
			error = read_link(file, header, &sections[i], link);
	}
	free(names);
	return error;
}

static int read_from_programs(const struct file_reader *file, const struct elf_header *header,
			      struct debug_link *link)
{
	Elf64_Phdr *programs;
	int error = elf_programs_read(file, header, &programs);

	if (error)
		return absent(error);
	for (size_t i = 0; i < header->program_count && !error && !link->build_id.size; i++)
		if (programs[i].p_type == PT_NOTE)
			error = read_notes(file, header, programs[i].p_offset, programs[i].p_filesz,
					   &link->build_id);
	free(programs);
	return error;
}

int debug_link_read(const struct file_reader *file, const struct elf_header *header,
		    struct debug_link *ret_link)
{
	struct debug_link link = {0};
	Elf64_Shdr *sections;
	size_t count, names;
	int error = elf_sections_read(file, header, &sections, &count, &names);

	if (!error) {
		error = read_from_sections(file, header, sections, count, names, &link);
		free(sections);
	}
	/* The program headers of a debug file are those of the object, and lead nowhere in it. */
	error = absent(error);
	if (!error && !link.build_id.size && !link.name[0])
		error = read_from_programs(file, header, &link);
	if (error)
		return error;
	if (!link.build_id.size && !link.name[0])
		return -ENOENT;
	*ret_link = link;
	return 0;
}

static void append_build_id(struct text *path, const struct build_id *build_id)
{
	text_append(path, DEBUG_FOLDER "/.build-id/");
	for (size_t i = 0; i < build_id->size; i++)
		text_append_format(path, i == 1 ? "/%02x" : "%02x", build_id->bytes[i]);
	text_append(path, ".debug");
}

bool debug_link_append_path(const struct debug_link *link, const char *folder, size_t index,
			    struct text *path)
{
	if (link->build_id.size > 1 && index-- == 0) {
		append_build_id(path, &link->build_id);
		return true;
	}
	/* Beside the object, in a folder there, and in a tree of all debug files. */
	if (!link->name[0] || index > 2)
		return false;
	text_append(path, index == 2 ? DEBUG_FOLDER : "");
	text_append(path, folder);
	text_append(path, index == 1 ? "/.debug/" : "/");
	text_append(path, link->name);
	return true;
}

/* The CRC of zlib and Ethernet, bit by bit but for a table. */
static uint32_t add_to_crc(const uint32_t table[static 256], uint32_t crc, const char *bytes,
			   size_t size)
{
	for (size_t i = 0; i < size; i++)
		crc = table[(crc ^ (unsigned char)bytes[i]) & 0xff] ^ crc >> 8;
	return crc;
}

static int compute_crc(const struct file_reader *file, uint32_t *ret_crc)
{
	uint32_t table[256], crc = UINT32_MAX;
	char *bytes;
	int error = 0;

	for (uint32_t i = 0; i < 256; i++) {
		table[i] = i;
		for (int bit = 0; bit < 8; bit++)
			table[i] = table[i] >> 1 ^ (table[i] & 1 ? UINT32_C(0xedb88320) : 0);
	}
	bytes = memory_alloc(CRC_PIECE);
	for (uint64_t at = 0; at < file->size && !error; at += CRC_PIECE) {
		size_t size = file->size - at < CRC_PIECE ? (size_t)(file->size - at) : CRC_PIECE;

		error = file_reader_read(file, at, bytes, size);
		crc = add_to_crc(table, crc, bytes, size);
	}
	free(bytes);
	*ret_crc = ~crc;
	return error;
}

int debug_link_check(const struct file_reader *file, const struct debug_link *wanted)
{
	const struct build_id *build_id = &wanted->build_id;
	struct debug_link link;
	struct elf_header header;
	uint32_t crc;
	int error;

	if (build_id->size) {
		error = elf_header_read(file, &header);
		if (!error)
			error = debug_link_read(file, &header, &link);
		if (error)
			return error == -ENOEXEC ? -ENOENT : error;
		return link.build_id.size == build_id->size &&
				       !memcmp(link.build_id.bytes, build_id->bytes, build_id->size)
			       ? 0
			       : -ENOENT;
	}
	if (!wanted->name[0] || file->size > DEBUG_LINK_CRC_SIZE_MAX)
		return -ENOENT;
	error = compute_crc(file, &crc);
	return error ? error : crc == wanted->crc ? 0 : -ENOENT;
}

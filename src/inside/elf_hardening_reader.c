/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/elf_hardening_reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "inside/elf_headers.h"
#include "inside/elf_notes.h"
#include "inside/file_reader.h"
#include "model/elf_hardening.h"

#define DYNAMIC_BYTES_MAX 65536
#define NAMES_BYTES_MAX   ((uint64_t)1 << 20)

/* What of the headers matters here. */
struct headers {
	const struct file_reader *file;
	struct elf_header header;
	Elf64_Phdr *programs;
	const Elf64_Phdr *dynamic, *relro, *stack; /* NULL: there is none */
	bool writable;                             /* a segment is */
};

static void find_segments(struct headers *headers)
{
	for (size_t i = 0; i < headers->header.program_count; i++) {
		const Elf64_Phdr *program = &headers->programs[i];

		switch (program->p_type) {
		case PT_LOAD: headers->writable |= (program->p_flags & PF_W) != 0; break;
		case PT_DYNAMIC: headers->dynamic = program; break;
		case PT_GNU_STACK: headers->stack = program; break;
		case PT_GNU_RELRO: headers->relro = program->p_memsz ? program : headers->relro;
		}
	}
}

/* A loader finds the section at its address in memory, wherever the header says it is in the file.
 */
static uint64_t dynamic_offset(const struct headers *headers)
{
	uint64_t address = headers->dynamic->p_vaddr;

	for (size_t i = 0; i < headers->header.program_count; i++) {
		const Elf64_Phdr *program = &headers->programs[i];

		if (program->p_type == PT_LOAD && address >= program->p_vaddr &&
		    address - program->p_vaddr < program->p_filesz)
			return program->p_offset + (address - program->p_vaddr);
	}
	return headers->dynamic->p_offset;
}

/* Notes what one entry says. Returns false for the last one. */
static bool take_entry(struct elf_hardening *hardening, uint64_t tag, uint64_t value,
		       bool *ret_binds_calls)
{
	switch (tag) {
	case DT_NULL: return false;
	case DT_BIND_NOW: hardening->binds_now = true; break;
	case DT_TEXTREL: hardening->text_relocations = true; break;
	case DT_PLTRELSZ: *ret_binds_calls = value > 0; break;
	case DT_FLAGS:
		hardening->binds_now |= (value & DF_BIND_NOW) != 0;
		hardening->text_relocations |= (value & DF_TEXTREL) != 0;
		break;
	case DT_FLAGS_1: hardening->binds_now |= (value & DF_1_NOW) != 0; break;
	}
	return true;
}

/* Sets whether calls go through addresses that are bound when they are first used, or could be. */
static void read_dynamic(const struct headers *headers, struct elf_hardening *hardening,
			 bool *ret_binds_calls)
{
	const struct elf_header *header = &headers->header;
	size_t entry = ELF_SIZE(header, Dyn);
	uint64_t size = headers->dynamic->p_filesz;
	char *bytes;

	hardening->is_dynamic = true;
	if (file_reader_load(headers->file, dynamic_offset(headers), size, DYNAMIC_BYTES_MAX,
			     &bytes))
		return;
	hardening->dynamic_known = true;
	for (size_t at = 0; at + entry <= size; at += entry)
		if (!take_entry(hardening, ELF_FIELD(header, bytes + at, Dyn, d_tag),
				ELF_FIELD(header, bytes + at, Dyn, d_un), ret_binds_calls))
			break;
	free(bytes);
}

/* Whether the section is that of addresses that calls go through, and stays writable. */
static bool is_open_table(const struct headers *headers, const Elf64_Shdr *section,
			  const char *names, uint64_t names_size)
{
	static const char name[] = ".got.plt";
	uint64_t start = headers->relro->p_vaddr, size = headers->relro->p_memsz;

	if (section->sh_name >= names_size || names_size - section->sh_name < sizeof(name) ||
	    memcmp(names + section->sh_name, name, sizeof(name)) != 0)
		return false;
	return section->sh_size && (section->sh_addr < start || section->sh_addr - start > size ||
				    section->sh_size > size - (section->sh_addr - start));
}

/* A static program has no dynamic section that tells, but mostly the names of its sections. */
static enum elf_relro read_static_relro(const struct headers *headers)
{
	enum elf_relro relro = ELF_RELRO_FULL;
	Elf64_Shdr *sections;
	size_t count, names;
	char *bytes = NULL;

	if (elf_sections_read(headers->file, &headers->header, &sections, &count, &names))
		return ELF_RELRO_UNKNOWN;
	if (names >= count || file_reader_load(headers->file, sections[names].sh_offset,
					       sections[names].sh_size, NAMES_BYTES_MAX, &bytes))
		relro = ELF_RELRO_UNKNOWN;
	for (size_t i = 0; i < count && relro == ELF_RELRO_FULL; i++)
		if (is_open_table(headers, &sections[i], bytes, sections[names].sh_size))
			relro = ELF_RELRO_PARTIAL;
	free(bytes);
	free(sections);
	return relro;
}

static enum elf_relro judge_relro(const struct headers *headers,
				  const struct elf_hardening *hardening, bool binds_calls)
{
	if (!headers->writable)
		return ELF_RELRO_FULL;
	if (!headers->relro)
		return ELF_RELRO_NONE;
	if (!hardening->is_dynamic)
		return read_static_relro(headers);
	if (!hardening->dynamic_known)
		return ELF_RELRO_UNKNOWN;
	return hardening->binds_now || !binds_calls ? ELF_RELRO_FULL : ELF_RELRO_PARTIAL;
}

static void fill(const struct headers *headers, struct elf_hardening *hardening)
{
	const struct elf_header *header = &headers->header;
	bool binds_calls = false;

	*hardening = (struct elf_hardening){
		.is_fixed = header->type == ET_EXEC,
		.stack = !headers->stack                  ? ELF_STACK_UNSTATED
			 : headers->stack->p_flags & PF_X ? ELF_STACK_EXECUTABLE
							  : ELF_STACK_PLAIN,
		.marks_defined = elf_notes_defined(header),
		.marks = elf_notes_marks(headers->file, header, headers->programs),
	};
	if (headers->dynamic)
		read_dynamic(headers, hardening, &binds_calls);
	else
		hardening->dynamic_known = true;
	hardening->relro = (uint8_t)judge_relro(headers, hardening, binds_calls);
}

int elf_hardening_read(const struct file_reader *file, struct elf_hardening *ret_hardening)
{
	struct headers headers = {.file = file};
	int error = elf_header_read(file, &headers.header);

	if (!error && headers.header.type != ET_EXEC && headers.header.type != ET_DYN)
		error = -ENOEXEC;
	if (!error)
		error = elf_programs_read(file, &headers.header, &headers.programs);
	if (error)
		return error;
	find_segments(&headers);
	fill(&headers, ret_hardening);
	free(headers.programs);
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/elf_notes.h"

#include <stdlib.h>
#include <string.h>

#include "inside/elf_headers.h"
#include "inside/file_reader.h"
#include "model/elf_hardening.h"

#define NOTES_BYTES_MAX 65536

/* Those that <elf.h> may not have yet. */
#define PROPERTY_NOTE       5          /* NT_GNU_PROPERTY_TYPE_0 */
#define PROPERTY_SEGMENT    0x6474e553 /* PT_GNU_PROPERTY */
#define PROPERTY_X86_AND    0xc0000002 /* GNU_PROPERTY_X86_FEATURE_1_AND */
#define PROPERTY_ARM64_AND  0xc0000000 /* GNU_PROPERTY_AARCH64_FEATURE_1_AND */
#define PROPERTY_HEADER     8          /* bytes: type and size */
#define PROPERTY_BITS_BYTES 4

/* What the bits of the processor's property mean: bit i is marks[i]. */
struct meaning {
	uint16_t machine;
	uint32_t property;
	uint8_t marks[3]; /* 0: none that is of interest */
};

static const struct meaning meanings[] = {
	{EM_X86_64, PROPERTY_X86_AND, {ELF_MARK_IBT, ELF_MARK_SHSTK}},
	{EM_386, PROPERTY_X86_AND, {ELF_MARK_IBT, ELF_MARK_SHSTK}},
	{EM_AARCH64, PROPERTY_ARM64_AND, {ELF_MARK_BTI, ELF_MARK_PAC, ELF_MARK_GCS}},
};

static const struct meaning *find_meaning(const struct elf_header *header)
{
	for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++)
		if (meanings[i].machine == header->machine)
			return &meanings[i];
	return NULL;
}

static uint8_t marks_of(const struct meaning *meaning, uint64_t bits)
{
	uint8_t marks = 0;

	for (size_t i = 0; i < sizeof(meaning->marks); i++)
		marks |= bits >> i & 1 ? meaning->marks[i] : 0;
	return marks;
}

uint8_t elf_notes_defined(const struct elf_header *header)
{
	const struct meaning *meaning = find_meaning(header);

	return meaning ? marks_of(meaning, UINT64_MAX) : 0;
}

/* What is left of the notes, or of one of them. */
struct span {
	const char *at;
	size_t left;
};

/* Takes size bytes and what pads them off the span; NULL when there are fewer. */
static const char *take(struct span *span, size_t size, size_t align)
{
	size_t padded = (size + align - 1) & ~(align - 1);
	const char *at = span->at;

	if (size > span->left)
		return NULL;
	if (padded > span->left)
		padded = span->left;
	span->at += padded;
	span->left -= padded;
	return at;
}

/* They are aligned as words of the file are. */
static size_t properties_align(const struct elf_header *header)
{
	return header->is_32bit ? 4 : 8;
}

static uint8_t read_properties(const struct elf_header *header, const struct meaning *meaning,
			       struct span properties)
{
	const char *at;

	while ((at = take(&properties, PROPERTY_HEADER, 4))) {
		uint64_t type = elf_number(header, at, 4), size = elf_number(header, at + 4, 4);
		const char *bits = take(&properties, (size_t)size, properties_align(header));

		if (!bits)
			break;
		if (type == meaning->property && size == PROPERTY_BITS_BYTES)
			return marks_of(meaning, elf_number(header, bits, PROPERTY_BITS_BYTES));
	}
	return 0;
}

static uint8_t read_notes(const struct elf_header *header, const struct meaning *meaning,
			  struct span notes)
{
	const char *at;

	while ((at = take(&notes, sizeof(Elf64_Nhdr), 4))) {
		size_t name_size = (size_t)elf_number(header, at, 4);
		size_t size = (size_t)elf_number(header, at + 4, 4);
		uint64_t type = elf_number(header, at + 8, 4);
		const char *name = take(&notes, name_size, 4);
		const char *properties = name ? take(&notes, size, properties_align(header)) : NULL;

		if (!properties)
			break;
		if (type == PROPERTY_NOTE && name_size == sizeof(ELF_NOTE_GNU) &&
		    !memcmp(name, ELF_NOTE_GNU, sizeof(ELF_NOTE_GNU)))
			return read_properties(header, meaning, (struct span){properties, size});
	}
	return 0;
}

/* Older linkers made no segment of their own of it, but aligned that of the note so. */
static const Elf64_Phdr *find_notes(const struct elf_header *header, const Elf64_Phdr *programs)
{
	const Elf64_Phdr *notes = NULL;

	for (size_t i = 0; i < header->program_count; i++) {
		if (programs[i].p_type == PROPERTY_SEGMENT)
			return &programs[i];
		if (programs[i].p_type == PT_NOTE && !notes &&
		    programs[i].p_align == properties_align(header))
			notes = &programs[i];
	}
	return notes;
}

uint8_t elf_notes_marks(const struct file_reader *file, const struct elf_header *header,
			const Elf64_Phdr *programs)
{
	const struct meaning *meaning = find_meaning(header);
	const Elf64_Phdr *notes = meaning ? find_notes(header, programs) : NULL;
	uint8_t marks;
	char *bytes;

	if (!notes ||
	    file_reader_load(file, notes->p_offset, notes->p_filesz, NOTES_BYTES_MAX, &bytes))
		return 0;
	marks = read_notes(header, meaning, (struct span){bytes, notes->p_filesz});
	free(bytes);
	return marks;
}

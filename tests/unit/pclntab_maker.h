/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_PCLNTAB_MAKER_H
#define TESTS_UNIT_PCLNTAB_MAKER_H

/*
 * Puts a table of Go's functions into an object for tests, in place of .rodata, which is then
 * called .gopclntab: main.main at 0x410 with 0x20 bytes, main.work at 0x430 with 0x10.
 */

#include "elf_maker.h"

#define PCLNTAB_AT 0x600

enum {
	PCLNTAB_GO_1_2,
	PCLNTAB_GO_1_16,
	PCLNTAB_GO_1_18,
	PCLNTAB_GO_1_20,
	PCLNTAB_VERSIONS,
};

static inline void pclntab_maker_put(struct elf_maker *maker, int version)
{
	static const uint32_t magics[] = {0xfffffffb, 0xfffffffa, 0xfffffff0, 0xfffffff1};
	static const uint64_t starts[] = {0x410, 0x430, 0x440};
	static const char *const names[] = {"main.main", "main.work"};
	const unsigned pointer = maker->is_32bit ? 4 : 8;
	const bool narrow = version >= PCLNTAB_GO_1_18;
	const unsigned field = narrow ? 4 : pointer;
	const uint64_t start = narrow ? 0x400 : 0;
	/* Offsets from the head. */
	const size_t strings = 0xc0, described = 0x90;
	const size_t pairs = version == PCLNTAB_GO_1_2 ? 8 + pointer : 0x50;
	const size_t base = version == PCLNTAB_GO_1_2 ? 0 : pairs;

	elf_maker_put_section(maker, MAKER_RODATA, ".gopclntab",
			      (Elf64_Shdr){.sh_type = SHT_PROGBITS,
					   .sh_flags = SHF_ALLOC,
					   .sh_addr = PCLNTAB_AT,
					   .sh_offset = PCLNTAB_AT,
					   .sh_size = 0x100});
	memset(maker->bytes + PCLNTAB_AT, 0, 0x100);
	elf_maker_put(maker, PCLNTAB_AT, magics[version], 4);
	maker->bytes[PCLNTAB_AT + 6] = 1;
	maker->bytes[PCLNTAB_AT + 7] = (unsigned char)pointer;
	elf_maker_put(maker, PCLNTAB_AT + 8, 2, pointer);
	if (narrow)
		elf_maker_put(maker, PCLNTAB_AT + 8 + 2 * pointer, start, pointer);
	if (version > PCLNTAB_GO_1_2) {
		elf_maker_put(maker, PCLNTAB_AT + 8 + (narrow ? 3 : 2) * pointer, strings, pointer);
		elf_maker_put(maker, PCLNTAB_AT + 8 + (narrow ? 7 : 6) * pointer, pairs, pointer);
	}
	for (size_t i = 0; i < 3; i++) {
		size_t pair = PCLNTAB_AT + pairs + 2 * i * field;
		size_t description = described + i * 16;

		elf_maker_put(maker, pair, starts[i] - start, field);
		if (i == 2)
			break;
		elf_maker_put(maker, pair + field, description - base, field);
		elf_maker_put(maker, PCLNTAB_AT + description, starts[i] - start, field);
		elf_maker_put(maker, PCLNTAB_AT + description + field,
			      (version == PCLNTAB_GO_1_2 ? strings : 0) + i * 16, 4);
		strcpy((char *)maker->bytes + PCLNTAB_AT + strings + i * 16, names[i]);
	}
}

#endif

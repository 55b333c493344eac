/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_ELF_NOTES_H
#define INSIDE_ELF_NOTES_H

/*
 * The marks of guarded branches in the GNU property notes of an ELF file (Linux Extensions to gABI;
 * System V ABI, AMD64 and AArch64 supplements). The notes are hostile: bounded, and what does not
 * add up ends them.
 */

#include <elf.h>
#include <stdint.h>

struct elf_header;
struct file_reader;

/* The marks that the processor of the file has names for: ELF_MARK_… of model/elf_hardening.h. */
uint8_t elf_notes_defined(const struct elf_header *header);

/*
 * Those that the file has, of its program headers (the header's program_count). What cannot be read
 * is no mark: a loader sees none either.
 */
uint8_t elf_notes_marks(const struct file_reader *file, const struct elf_header *header,
			const Elf64_Phdr *programs);

#endif

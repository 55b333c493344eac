/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_ELF_HARDENING_H
#define MODEL_ELF_HARDENING_H

/*
 * What the headers of an ELF file say about how hard a process that maps it is to attack: what its
 * linker made of -z relro, -z now, -pie, -z noexecstack and -z text, and which kinds of guarded
 * branches all of its code is marked to be ready for (ld(1), gcc(1): -fcf-protection,
 * -mbranch-protection).
 */

#include <stdbool.h>
#include <stdint.h>

/* What becomes read-only after relocation. */
enum elf_relro {
	ELF_RELRO_UNKNOWN,
	ELF_RELRO_NONE,    /* nothing */
	ELF_RELRO_PARTIAL, /* all but the addresses that calls go through: these stay writable */
	ELF_RELRO_FULL,    /* all, or there is nothing that relocation fills */
};

/* What it asks of the stack (PT_GNU_STACK). */
enum elf_stack {
	ELF_STACK_PLAIN,      /* that it cannot be executed */
	ELF_STACK_EXECUTABLE, /* that it can */
	ELF_STACK_UNSTATED,   /* nothing: the loader takes that for executable */
};

/* The marks of guarded branches: bits. */
enum elf_mark {
	ELF_MARK_IBT = 1,   /* x86: indirect branches land on ENDBR */
	ELF_MARK_SHSTK = 2, /* x86: return addresses agree with a shadow stack */
	ELF_MARK_BTI = 4,   /* arm64: indirect branches land on BTI */
	ELF_MARK_PAC = 8,   /* arm64: return addresses are signed */
	ELF_MARK_GCS = 16,  /* arm64: return addresses agree with a guarded control stack */
};

struct elf_hardening {
	bool is_fixed;                /* ET_EXEC: it has one address and no other */
	bool is_dynamic;              /* it has a dynamic section; then, where that is readable: */
	bool dynamic_known;           /* what follows is known; without such a section it is */
	bool binds_now;               /* all symbols are bound before the program starts */
	bool text_relocations;        /* its code has to be written to when it is loaded */
	uint8_t relro;                /* enum elf_relro */
	uint8_t stack;                /* enum elf_stack */
	uint8_t marks, marks_defined; /* ELF_MARK_…: those it has, and those of its processor */
};

/* "none", "partial", "full"; NULL when it is unknown. */
const char *elf_relro_name(enum elf_relro relro);

#endif

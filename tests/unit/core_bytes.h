/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_CORE_BYTES_H
#define TESTS_UNIT_CORE_BYTES_H

/*
 * A small core file of a process with a program, a heap and two stacks, for tests to bend: what is
 * known of it is written beside it. See support/core_writer.h.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <elf.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "inside/file_reader.h"
#include "support/core_writer.h"

#define CORE_PAGE 4096u

#define CORE_TEXT         UINT64_C(0x555555554000)
#define CORE_DATA         (CORE_TEXT + 2 * CORE_PAGE)
#define CORE_DATA_END     (CORE_DATA + CORE_PAGE)
#define CORE_HEAP         UINT64_C(0x555556000000)
#define CORE_HEAP_END     (CORE_HEAP + 4 * CORE_PAGE)
#define CORE_THREAD       UINT64_C(0x7ffff0001000) /* with a guard of a page below */
#define CORE_THREAD_END   (CORE_THREAD + 16 * CORE_PAGE)
#define CORE_VVAR         UINT64_C(0x7ffff7fc0000)
#define CORE_VDSO         (CORE_VVAR + 4 * CORE_PAGE)
#define CORE_STACK        UINT64_C(0x7ffffffde000)
#define CORE_STACK_END    (CORE_STACK + 8 * CORE_PAGE)
#define CORE_PID          4765
#define CORE_FAULT        UINT64_C(0x10)
#define CORE_PROGRAM_NAME "/usr/bin/there is no such"

struct core_bytes {
	struct written_core core;
	struct written_segment segments[9];
	struct written_range files[3];
	struct written_thread threads[2];
	uint64_t auxv[16];
	siginfo_t info;
	struct {
		Elf64_Ehdr header;
		Elf64_Phdr programs[3];
		Elf64_Nhdr note;
		char owner[4];
		uint8_t build_id[20];
		char rest[CORE_PAGE];
	} program;
	char heap[4 * CORE_PAGE], stack[16 * CORE_PAGE];
};

/* The first page of the program: two segments, and a build-id of 1 to 20. */
static inline void core_bytes_fill_program(struct core_bytes *bytes)
{
	Elf64_Ehdr *header = &bytes->program.header;

	memcpy(header->e_ident, ELFMAG, SELFMAG);
	header->e_ident[EI_CLASS] = ELFCLASS64;
	header->e_ident[EI_DATA] =
		__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? ELFDATA2LSB : ELFDATA2MSB;
	header->e_ident[EI_VERSION] = EV_CURRENT;
	header->e_type = ET_DYN;
	header->e_machine = core_writer_machine();
	header->e_version = EV_CURRENT;
	header->e_phoff = sizeof(*header);
	header->e_phentsize = sizeof(Elf64_Phdr);
	header->e_phnum = 3;
	bytes->program.programs[0] = (Elf64_Phdr){.p_type = PT_LOAD,
						  .p_flags = PF_R | PF_X,
						  .p_filesz = 2 * CORE_PAGE,
						  .p_memsz = 2 * CORE_PAGE,
						  .p_align = CORE_PAGE};
	bytes->program.programs[1] = (Elf64_Phdr){.p_type = PT_LOAD,
						  .p_flags = PF_R | PF_W,
						  .p_offset = 2 * CORE_PAGE,
						  .p_vaddr = 2 * CORE_PAGE,
						  .p_filesz = CORE_PAGE,
						  .p_memsz = CORE_PAGE,
						  .p_align = CORE_PAGE};
	bytes->program.programs[2] =
		(Elf64_Phdr){.p_type = PT_NOTE,
			     .p_offset = sizeof(*header) + 3 * sizeof(Elf64_Phdr),
			     .p_filesz = sizeof(Elf64_Nhdr) + 24,
			     .p_memsz = sizeof(Elf64_Nhdr) + 24};
	bytes->program.note =
		(Elf64_Nhdr){.n_namesz = 4, .n_descsz = 20, .n_type = NT_GNU_BUILD_ID};
	memcpy(bytes->program.owner, ELF_NOTE_GNU, 4);
	for (unsigned i = 0; i < 20; i++)
		bytes->program.build_id[i] = (uint8_t)(i + 1);
}

static inline void core_bytes_fill_segments(struct core_bytes *bytes)
{
	const struct written_segment segments[] = {
		{CORE_TEXT, CORE_DATA, PF_R | PF_X, &bytes->program, CORE_PAGE},
		{CORE_DATA, CORE_DATA_END, PF_R | PF_W, NULL, CORE_PAGE},
		{CORE_HEAP, CORE_HEAP_END, PF_R | PF_W, bytes->heap, sizeof(bytes->heap)},
		{CORE_THREAD - CORE_PAGE, CORE_THREAD, 0, NULL, 0},
		{CORE_THREAD, CORE_THREAD_END, PF_R | PF_W, bytes->stack, sizeof(bytes->stack)},
		{CORE_VVAR, CORE_VDSO, PF_R, NULL, 0},
		{CORE_VDSO, CORE_VDSO + 2 * CORE_PAGE, PF_R | PF_X, NULL, 2 * CORE_PAGE},
		{CORE_STACK, CORE_STACK_END, PF_R | PF_W, NULL, 8 * CORE_PAGE},
	};

	memcpy(bytes->segments, segments, sizeof(segments));
	bytes->core.segments = bytes->segments;
	bytes->core.segment_count = sizeof(segments) / sizeof(segments[0]);
	bytes->files[0] = (struct written_range){CORE_TEXT, CORE_DATA, 0, CORE_PROGRAM_NAME};
	bytes->files[1] =
		(struct written_range){CORE_DATA, CORE_DATA_END, 2 * CORE_PAGE, CORE_PROGRAM_NAME};
	bytes->core.files = bytes->files;
	bytes->core.file_count = 2;
}

/* It must not move afterwards. */
static inline void core_bytes_init(struct core_bytes *bytes)
{
	const uint64_t own = CORE_THREAD_END - 0x900;
	const uint64_t auxv[] = {AT_PAGESZ,       CORE_PAGE,
				 AT_PHDR,         CORE_TEXT + sizeof(Elf64_Ehdr),
				 AT_ENTRY,        CORE_TEXT + CORE_PAGE,
				 AT_BASE,         UINT64_C(0x7ffff7fd0000),
				 AT_SYSINFO_EHDR, CORE_VDSO,
				 AT_RANDOM,       CORE_STACK_END - 100,
				 AT_NULL,         0};

	memset(bytes, 0, sizeof(*bytes));
	core_bytes_fill_program(bytes);
	core_bytes_fill_segments(bytes);
	/* What the C library has at the base of %fs. */
	memcpy(bytes->stack + sizeof(bytes->stack) - 0x900, &own, sizeof(own));
	bytes->threads[0] = (struct written_thread){CORE_PID, CORE_STACK_END - 0x500, 0};
	bytes->threads[1] = (struct written_thread){CORE_PID + 1, CORE_THREAD_END - 0x1100, own};
	memcpy(bytes->auxv, auxv, sizeof(auxv));
	bytes->info.si_signo = SIGSEGV;
	bytes->info.si_code = SEGV_MAPERR;
	bytes->info.si_addr = (void *)(uintptr_t)CORE_FAULT;
	bytes->core.threads = bytes->threads;
	bytes->core.thread_count = 2;
	bytes->core.pid = CORE_PID;
	bytes->core.uid = 1000;
	bytes->core.name = "segfaults";
	bytes->core.arguments = "./segfaults now";
	bytes->core.signal = SIGSEGV;
	bytes->core.info = &bytes->info;
	bytes->core.auxv = bytes->auxv;
	bytes->core.auxv_length = sizeof(auxv);
}

/* As a file; bytes must live as long as the reader. */
struct core_made {
	char *bytes;
	struct file_bytes file;
	struct file_reader reader;
};

static inline void core_made_init(struct core_made *made, const struct written_core *core)
{
	size_t size;

	made->bytes = core_writer_make(core, &size);
	made->file = (struct file_bytes){made->bytes, size};
	made->reader = file_reader_of_bytes(&made->file);
}

/* Reads of it, of which the one after so many fails. */
struct core_failing {
	const struct core_made *made;
	int left; /* afterwards below 0: one has failed */
};

static inline int core_failing_read(void *context, uint64_t offset, void *bytes, size_t size)
{
	struct core_failing *failing = context;

	if (failing->left-- == 0)
		return -EIO;
	memcpy(bytes, failing->made->bytes + offset, size);
	return 0;
}

/* Cut to so many bytes. */
static inline void core_made_cut(struct core_made *made, size_t size)
{
	made->file.size = size;
	made->reader = file_reader_of_bytes(&made->file);
}

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCFS_AUXV_PARSER_H
#define PROCFS_AUXV_PARSER_H

/*
 * Parses /proc/PID/auxv (proc_pid_auxv(5), getauxval(3)): what the kernel passed to the program at
 * its start, as pairs of words of the program's own width. The width is found from the bytes.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct proc_auxv {
	uint64_t page_size;       /* AT_PAGESZ, bytes; a power of two */
	uint64_t base;            /* AT_BASE: where the ELF interpreter lies; 0 without one */
	uint64_t program_headers; /* AT_PHDR; 0 unknown */
	uint64_t entry;           /* AT_ENTRY; 0 unknown */
	uint64_t vdso;            /* AT_SYSINFO_EHDR; 0 without one */
	uint64_t random;          /* AT_RANDOM, bytes on the main stack; 0 unknown */
	bool is_32bit;
};

/*
 * Returns 0 and sets *ret_auxv; or -EBADMSG when the bytes are a vector in neither width (a zombie
 * or a kernel thread has none).
 */
int auxv_parse(const char *bytes, size_t length, struct proc_auxv *ret_auxv);

#endif

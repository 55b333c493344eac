/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CORE_CORE_HEADERS_H
#define CORE_CORE_HEADERS_H

/*
 * The headers of a core file (core(5), elf(5); the kernel's fs/binfmt_elf.c, gdb's gcore): which
 * memory the process had, which of it the file has, and where the notes are. The file is hostile
 * and often cut short, by ulimit -c or a full disk: tables are bounded, values that contradict each
 * other are left out and counted, and what the file ends before is not there. Bytes.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct file_reader;

/* More than any kernel lets a process map without being asked to; 56 bytes each in the file. */
#define CORE_SEGMENTS_MAX ((size_t)1 << 20)

#define CORE_NOTES_MAX 16 /* segments of notes; there is one */

/* Memory that the process had. */
struct core_segment {
	uint64_t start, end; /* start < end */
	uint64_t offset;     /* of start in the file */
	uint64_t kept;       /* bytes from start on that the file has, at most all */
	uint8_t perms;       /* PERM_READ | PERM_WRITE | PERM_EXEC */
};

struct core_span {
	uint64_t offset, size; /* in the file, as promised: the file may end before */
};

struct core_headers {
	struct core_segment *segments; /* ascending, disjoint */
	size_t segment_count;
	struct core_span notes[CORE_NOTES_MAX];
	size_t note_count;
	uint64_t skipped;       /* headers that contradict themselves or others */
	uint64_t size, whole;   /* of the file, and what its headers promise */
	uint64_t missing_count; /* headers that the file ends before */
};

/*
 * Whether the first bytes of a file are those of a core file of any machine.
 */
bool core_headers_are_meant(const void *bytes, size_t size);

/*
 * Reads them. Returns 0 and fills *ret_headers, which core_headers_finish() frees; or
 *   -ENOEXEC  the file is no ELF core file,
 *   -ENOTSUP  it is of another machine, width or byte order than this program,
 *   -EFBIG    it has more than CORE_SEGMENTS_MAX segments,
 *   -ENODATA  it ends before its headers begin, or has none,
 * or another -errno of reading.
 */
int core_headers_read(const struct file_reader *file, struct core_headers *ret_headers);
void core_headers_finish(struct core_headers *headers);

/* The index of the first segment that ends above the address; segment_count when none does. */
size_t core_headers_find(const struct core_headers *headers, uint64_t address);

#endif

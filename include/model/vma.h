/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_VMA_H
#define MODEL_VMA_H

/*
 * A VMA: one line of /proc/PID/maps (proc_pid_maps(5)) and what vastop found out about it.
 * Addresses, sizes and offsets are in bytes, ranges half-open. Addresses are unsigned 64-bit:
 * [vsyscall] lies above 2^63.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/file_system.h"
#include "model/kind.h"
#include "model/runtime.h"

struct text;

enum {
	PERM_READ = 1,
	PERM_WRITE = 2,
	PERM_EXEC = 4,
	PERM_SHARED = 8,
	PERM_ACCESS = PERM_READ | PERM_WRITE | PERM_EXEC,
	/* Of a core file only; the bits that are not known are 0. */
	PERM_SHARING_UNKNOWN = 16, /* whether it is shared or private */
	PERM_ACCESS_UNKNOWN = 32,  /* neither read nor write nor execute */
	PERM_ALL = 63,
};

#define PERMS_LENGTH 5 /* "rwxp" and the NUL */

/* dev_major where the numbers of files are not known: inode only tells the files of a snapshot
 * apart. */
#define VMA_UNNUMBERED UINT32_MAX

struct vma {
	uint64_t start, end; /* start < end */
	uint64_t offset;     /* of start in the file; 0 without one */
	uint64_t inode;      /* 0 without a file; see VMA_UNNUMBERED */
	const char *name;    /* the raw bytes from maps, never NULL, "" without a name;
			      * without the " (deleted)" suffix once classified as deleted */
	uint32_t dev_major, dev_minor;
	int32_t tid;         /* of a thread stack whose thread is known; else 0 */
	uint8_t perms;       /* PERM_… */
	uint8_t kind;        /* enum kind */
	uint8_t kind_source; /* enum kind_source */
	uint8_t owner;       /* enum owner */
	uint8_t file_system; /* enum file_system: that of its file */
	uint8_t huge_shift;  /* of hugetlb memory: its pages are 1 << huge_shift bytes; 0: it is
			      * none, or that is not known */
	uint8_t identity;    /* enum file_identity: of the file that was read for it */
	uint8_t runtime;     /* enum runtime: whose heap or shadow it is a piece of */
	uint8_t twin;        /* 0, but for further files of the same numbers and name */
	bool deleted;        /* the file no longer has this name */
	bool alternate;      /* a stack that its thread uses for signals or a fiber, while
			      * its own is elsewhere */
};

/* Size in bytes. */
static inline uint64_t vma_size(const struct vma *vma)
{
	return vma->end - vma->start;
}

/* Whether it is a mapping of a file in a file system (its name is a path, its inode is not 0). */
bool vma_has_file(const struct vma *vma);

/* Whether the two are equal in all but their names. */
bool vma_equal(const struct vma *a, const struct vma *b);

/* Whether the two VMAs of one snapshot map the same file (model/file_key.h). */
bool vma_same_file(const struct vma *a, const struct vma *b);

/* Whether it is known to be memory of hugetlb: huge pages that are set aside for such mappings. */
bool vma_is_hugetlb(const struct vma *vma);

/* Whether the permissions (PERM_…) may be the same: they are, as far as both are known. */
bool vma_perms_agree(uint8_t a, uint8_t b);

/* Writable and executable at the same time. */
bool vma_is_writable_executable(const struct vma *vma);

/* Whether device and inode are those of its file, not VMA_UNNUMBERED. */
bool vma_is_numbered(const struct vma *vma);

/* The permissions as in maps: "r-xp"; a ? is in the place of what is not known. */
const char *vma_perms(const struct vma *vma, char out[static PERMS_LENGTH]);

/* The name of shared memory without a file, a mapping of /dev/zero; NULL for other memory. */
const char *vma_shared_anonymous(const struct vma *vma);

/*
 * Appends the shortest name that a user knows it by, escaped for the screen: "libc.so.6", "[heap]",
 * "thread-stack 4711", "signal or fiber stack 4711", "anon".
 */
void vma_append_label(struct text *text, const struct vma *vma);

#endif

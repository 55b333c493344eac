/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_ACCESS_H
#define MODEL_ACCESS_H

/*
 * What a read, a write and a jump to one address would do to the process, by the kernel's rules for
 * page faults (mmap(2), sigaction(2), mprotect(2), pkeys(7); arch/x86/mm/fault.c and mm/mmap.c of
 * the kernel). Nothing is accessed to find out. What the kernel does not report stays a condition
 * (ACCESS_IF_…), never a guess. Not considered are broken disks, networks and memory (SIGBUS), and
 * memory running out.
 */

#include <stdbool.h>
#include <stdint.h>

#include "model/page_facts.h"

struct address_space;

enum access {
	ACCESS_READ,
	ACCESS_WRITE,
	ACCESS_JUMP, /* fetching an instruction from there */
	ACCESS_COUNT,
};

enum access_outcome {
	ACCESS_WORKS,
	ACCESS_COPIES, /* works: the page becomes a private copy first, the file stays as it is */
	ACCESS_SHARES, /* works: and all who map this memory, or read the file, see it */
	ACCESS_GROWS,  /* works: the mapping above, as a rule the main stack, grows down to there */
	ACCESS_NOT_MAPPED,       /* SIGSEGV with SEGV_MAPERR */
	ACCESS_FORBIDDEN,        /* SIGSEGV with SEGV_ACCERR */
	ACCESS_GUARDED,          /* SIGSEGV with SEGV_MAPERR: a guard page of madvise(2) */
	ACCESS_PAST_FILE,        /* SIGBUS with BUS_ADRERR */
	ACCESS_NOT_CANONICAL,    /* SIGSEGV with SI_KERNEL, and no address with it */
	ACCESS_CANONICAL_OR_NOT, /* one of NOT_MAPPED and NOT_CANONICAL, by the processor */
	ACCESS_NO_CALL, /* SIGSEGV with SI_KERNEL: in [vsyscall], but no call begins there */
	ACCESS_OUTCOMES,
};

/* Conditions under which the outcome differs; bits. */
enum access_condition {
	ACCESS_IF_PAST_FILE = 1, /* the file's size is not known: SIGBUS past its end */
	ACCESS_IF_KEYS = 2,      /* some processors map code that cannot be read: SIGSEGV */
	ACCESS_IF_DRIVER = 4,    /* a device's driver decides */
	ACCESS_IF_NO_PAGE = 8,   /* the kernel may have no page there: SIGBUS */
	ACCESS_IF_GUARD = 16,    /* a guard page of madvise(2) may lie there: SIGSEGV */
	ACCESS_IF_HANDLER = 32,  /* userfaultfd(2): its handler decides */
	ACCESS_IF_PKRU = 64,     /* the thread's PKRU register decides: SEGV_PKUERR */
	ACCESS_IF_NO_HUGE = 128, /* there may be no free huge page: SIGBUS */
	ACCESS_IF_NO_ROOM = 256, /* the file system may have no room for the page: SIGBUS */
	ACCESS_IF_FLAGS = 512,   /* VmFlags, which are not known, may say otherwise */
	ACCESS_IF_GROWS = 1024,  /* not mapped; but the mapping above may grow down to there */
	ACCESS_IF_TAG = 2048,    /* the tag of the pointer decides: SEGV_MTESERR */
	ACCESS_IF_TARGET = 4096, /* only where the code may be jumped to, else SIGILL */
	ACCESS_IF_LIMIT = 8192,  /* a limit may be reached: SIGSEGV */
	/* It may be poisoned, by UFFDIO_POISON of ioctl_userfaultfd(2) or broken memory: SIGBUS */
	ACCESS_IF_POISONED = 16384,
	ACCESS_CONDITIONS = 15, /* how many bits there are */
};

struct access_answer {
	enum access_outcome outcome;
	unsigned conditions;
};

/* What is known of the mapping beyond the snapshot. */
struct access_facts {
	uint64_t file_size; /* bytes of the file that is mapped there, or TARGET_UNKNOWN */
	struct page_facts page;
};

/* Answers for the one byte at the address. O(log mappings). */
struct access_answer access_answer(const struct address_space *space, uint64_t address,
				   enum access access, const struct access_facts *facts);

/* Whether the outcome is one that works. */
bool access_works(enum access_outcome outcome);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_TARGET_H
#define MODEL_TARGET_H

/*
 * The watched process as one sample found it. A process is its pid and its start time: a reused
 * pid is another process. Strings are the target's own bytes, not checked and not escaped.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TARGET_UNKNOWN   UINT64_MAX       /* unknown: not reported by the kernel */
#define TARGET_UNLIMITED (UINT64_MAX - 1) /* of a limit: there is none */

/* Each may be TARGET_UNKNOWN or TARGET_UNLIMITED. */
struct target_limits {
	uint64_t max_map_count;   /* mappings, from vm.max_map_count */
	uint64_t stack, as, data; /* bytes, the soft limits of getrlimit(2) */
};

/* What ended a process of which a core file is left (sigaction(2)). */
struct target_death {
	int32_t signal;   /* its number; 0: none is known */
	int32_t code;     /* si_code, where has_code says so */
	int32_t tid;      /* the thread that met it; 0 unknown */
	int32_t sender;   /* the process that sent it; 0: none did, or it is not known */
	uint64_t address; /* what a fault was about, where has_address says so */
	bool has_code, has_address;
	bool by_debugger; /* wrote the file; the process may live on */
};

struct target {
	int32_t pid;
	uint64_t start_ticks; /* clock ticks after boot, field 22 of stat; or TARGET_UNKNOWN */
	const char *comm;     /* never NULL; "" unknown */
	const char *exe;      /* path of the executable; NULL when not readable */
	const char *const *cmdline; /* cmdline_count arguments; none for a zombie */
	size_t cmdline_count;
	uint64_t uid;         /* or TARGET_UNKNOWN */
	char state;           /* the letter in stat: R, S, D, T, t, Z, X, I; '?' unknown */
	uint32_t threads;     /* 0 unknown */
	uint64_t page_size;   /* bytes; target_is_page_size() */
	uint64_t start_brk;   /* where the brk heap begins; 0 unknown */
	uint64_t start_stack; /* bottom of the main stack; 0 unknown */
	uint64_t rss, swap;   /* bytes: resident and swapped, or TARGET_UNKNOWN */
	struct target_limits limits;
	struct target_death death; /* all zeroes: none, it runs or did when it was recorded */
	bool is_core;              /* it is known from a core file */
};

/*
 * Whether the kernel has pages of that size, of one of its machines: a power of two, 512 bytes to
 * 1 MiB. Everything that comes from a file or a record is asked.
 */
bool target_is_page_size(uint64_t size);

/* The state's letter in words for people: "sleeping", "stopped". */
const char *target_state_words(char state);

#endif

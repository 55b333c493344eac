/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_PROCESS_H
#define MODEL_PROCESS_H

/*
 * The processes of the machine at one moment, as one chooses among them. A process is its pid and
 * its start time. Strings are the processes' own bytes, not checked and not escaped; sizes are in
 * bytes, TARGET_UNKNOWN for what the kernel does not report.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define PROCESS_COMMAND_MAX 1024 /* bytes of a command line that are kept */

/* Whether its address space can be shown, and if not, why. */
enum process_access {
	PROCESS_READABLE,
	PROCESS_KERNEL,    /* a kernel thread: it has no address space */
	PROCESS_ENDED,     /* a zombie: only its exit status is left */
	PROCESS_FOREIGN,   /* another user's */
	PROCESS_FORBIDDEN, /* the user's own, but reading it is denied */
};

struct process {
	int32_t pid, parent;  /* parent 0: none, or none that is seen from here */
	uint64_t start_ticks; /* clock ticks after boot */
	uint64_t uid;         /* the effective one */
	const char *user;     /* its name; NULL when it has none */
	char state;           /* as in struct target */
	uint32_t threads;
	uint64_t rss, size;
	uint64_t mappings; /* TARGET_UNKNOWN: they were not counted */
	const char *unit;  /* service, session or container; NULL: none, or not known */
	const char *comm;  /* never NULL */
	const char
		*command; /* arguments with spaces between, perhaps cut; "" when there are none */
	enum process_access access;
};

struct process_list {
	struct process *processes; /* ascending by pid, once sorted */
	uint64_t mappings_max;     /* that one may have, vm.max_map_count; TARGET_UNKNOWN */
	size_t count;
	bool has_units;  /* of some the unit is known */
	size_t capacity; /* private */
	struct arena arena;
};

/* An empty list. */
struct process_list *process_list_create(void);
void process_list_destroy(struct process_list *list);

/* Adds a process; its strings are copied. */
void process_list_add(struct process_list *list, const struct process *process);

/* To be called after the last process was added. */
void process_list_sort(struct process_list *list);

/* The process of that pid; NULL when there is none. */
const struct process *process_list_find(const struct process_list *list, int32_t pid);

/* Why its address space cannot be shown, in few words: "kernel thread"; NULL when it can. */
const char *process_access_words(enum process_access access);

#endif

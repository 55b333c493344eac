/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_FINDING_H
#define MODEL_FINDING_H

/*
 * What of a process makes it easier to attack, or about to fail: what is judged, and the list of
 * what was found. What is not known is said so, and never counts as sound. The table of all
 * findings is in model/finding_table.h.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/protection.h"

struct address_space;
struct checked_files;
struct session;
struct vma;
struct wx_history;

enum finding_type {
	FINDING_WRITABLE_EXECUTABLE,
	FINDING_WAS_WRITABLE_EXECUTABLE,
	FINDING_EXECUTABLE_STACK,
	FINDING_EXECUTABLE_HEAP,
	FINDING_STACK_REQUEST,
	FINDING_UNGUARDED_STACK,
	FINDING_NOT_RANDOMIZED,
	FINDING_HEAP_NOT_RANDOMIZED,
	FINDING_FIXED_ADDRESS,
	FINDING_NO_RELRO,
	FINDING_PARTIAL_RELRO,
	FINDING_TEXT_RELOCATIONS,
	FINDING_DELETED_FILE,
	FINDING_FOREIGN_WRITER,
	FINDING_NO_SHADOW_STACK,
	FINDING_NO_BTI,
	FINDING_MANY_MAPPINGS,
	FINDING_STACK_LIMIT,
	FINDING_DATA_LIMIT,
	FINDING_ADDRESS_SPACE_LIMIT,
	FINDING_STEADY_GROWTH,
	FINDING_COUNT,
};

enum finding_severity {
	FINDING_LOW,    /* a defence is missing that others stand before */
	FINDING_MEDIUM, /* a defence that is usual is missing, or something needs attention */
	FINDING_HIGH,   /* an attack has it easy, or the process may fail soon */
};

/* What evidence->value and evidence->limit count. */
enum finding_unit {
	FINDING_UNIT_NONE, /* there are no such numbers */
	FINDING_UNIT_BYTES,
	FINDING_UNIT_MAPPINGS,
};

/* One thing that was found, or that is not known. Strings are raw bytes, the list's own. */
struct finding {
	enum finding_type type;
	const char *unknown; /* why it is not known, for people; NULL: it was found */
	uint64_t start, end; /* the memory; equal: none */
	uint8_t perms;       /* of that memory, PERM_… */
	uint8_t kind;        /* enum kind: of the memory or what grew; KIND_COUNT: of nothing */
	int32_t tid;         /* of a thread's stack; 0: of none, or not known */
	const char *file;    /* the file, or the name of the memory; NULL: none */
	const char *note;    /* what more there is to it, for people; NULL: nothing */
	enum finding_unit unit;
	uint64_t value, limit; /* with a unit; the limit may be TARGET_UNKNOWN: there is none */
};

/* What became of one row of the table. */
enum finding_state {
	FINDING_STATE_NONE,      /* nothing was found */
	FINDING_STATE_FOUND,     /* something was, whatever else is not known */
	FINDING_STATE_UNKNOWN,   /* nothing was, but not all is known */
	FINDING_STATE_UNWATCHED, /* only watching for a time would show it */
};

/* What is judged. */
struct finding_facts {
	const struct address_space *space;
	const struct wx_history *wx_history; /* NULL: the process was not watched */
	const struct session *session;       /* likewise; space is its newest */
	const struct checked_files *files;   /* NULL: not looked at */
	struct protection protection;
};

/* All zeroes is a valid, empty list. */
struct findings {
	struct finding *findings; /* in the order of the table, then of addresses */
	size_t count, capacity;
	uint8_t states[FINDING_COUNT]; /* enum finding_state */
	struct arena arena;            /* has the strings */
};

/* Frees the list and empties it. */
void findings_finish(struct findings *findings);

/* How many rows of the table have that state. */
size_t findings_count(const struct findings *findings, enum finding_state state);

/* "low", "medium", "high". */
const char *finding_severity_name(enum finding_severity severity);

/* "none", "found", "unknown", "unwatched". */
const char *finding_state_name(enum finding_state state);

/* What a function that judges adds to. */
struct finding_judge {
	struct findings *findings;
	enum finding_type type; /* that is judged */
};

/* Adds a finding of the type; strings are copied. Returns it, valid until the next one. */
struct finding *finding_judge_add(const struct finding_judge *judge, const struct finding *finding);

/* Adds one about the memory of a mapping or a part of one; the note may be NULL. */
struct finding *finding_judge_add_vma(const struct finding_judge *judge, const struct vma *vma,
				      const char *note);

/* Adds that something is not known; file may be NULL. */
void finding_judge_add_unknown(const struct finding_judge *judge, const char *file,
			       const char *why);

/* Judges one thing: adds what is found, and what is not known. */
typedef void finding_judge_call(const struct finding_judge *judge,
				const struct finding_facts *facts);

#endif

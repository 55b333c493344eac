/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RESIDENCY_MEMORY_WATCH_H
#define RESIDENCY_MEMORY_WATCH_H

/*
 * A thread that reads a few bytes of a process again and again (residency/resident_memory.h), and
 * tells when they are others than before: what stays the same wakes nothing. Of one word among them
 * it finds the symbol that it points into, in files (files/inside_cache.h) that may take long: the
 * bytes come first then. The newest question counts.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct address_space;
struct memory_watch;
struct procfs_options;

#define MEMORY_WATCH_BYTES       2048 /* that are watched at most */
#define MEMORY_WATCH_INTERVAL_NS 1000000
/* Bytes of a map of absent pages (inside/memory_reader.h): pages have 4096 bytes at least. */
#define MEMORY_WATCH_MAP 1

struct memory_question {
	int32_t pid; /* 0: nothing is watched */
	uint64_t address;
	size_t size;          /* up to MEMORY_WATCH_BYTES */
	uint64_t interval_ns; /* between two reads, MEMORY_WATCH_INTERVAL_NS at least */
	bool absent_too;      /* the first read brings in what is not in memory */
	uint64_t word;        /* address of a word among the bytes, if it has a size: */
	unsigned word_size;   /* bytes, 4 or 8; 0: no word is asked about */
	/* Where it may point; shared from then on. NULL: no word is asked about. */
	const struct address_space *space;
};

#define MEMORY_SYMBOL_LENGTH 256

struct memory_answer {
	struct memory_question question; /* without the space */
	int error;                       /* -errno of opening or reading; then there are no bytes */
	uint64_t page_size;
	uint8_t bytes[MEMORY_WATCH_BYTES];
	uint8_t absent[MEMORY_WATCH_MAP];
	uint64_t pointed;                  /* the word; of a symbol: */
	char symbol[MEMORY_SYMBOL_LENGTH]; /* "main_arena+0x60", escaped; empty: none is known */
};

/* Starts the thread; the options are copied. Returns 0 and sets *ret_watch, or -errno. */
int memory_watch_create(const struct procfs_options *options, struct memory_watch **ret_watch);

/* Ends it; NULL is allowed. */
void memory_watch_destroy(struct memory_watch *watch);

/* Asks another question, of which it keeps a copy; one that is equal is answered again. */
void memory_watch_ask(struct memory_watch *watch, const struct memory_question *question);

/* Readable when memory_watch_take() has something new. */
int memory_watch_descriptor(const struct memory_watch *watch);
bool memory_watch_take(struct memory_watch *watch, struct memory_answer *ret_answer);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SUPPORT_SAMPLE_H
#define SUPPORT_SAMPLE_H

/* Address spaces to test with, made from literal lines. */

#include <stddef.h>
#include <stdint.h>

struct address_space;

/* A small Python-like process: program, heap, a thread with its arena, libraries, stack. */
struct address_space *sample_python(void);

/* The same with the heap larger by so many bytes (whole pages). */
struct address_space *sample_python_grown(uint64_t bytes);

/* The same without the mapping that begins at the address. */
struct address_space *sample_python_without(uint64_t start);

/*
 * The same with a C library that guards stacks by guard regions, so that the stacks of one to three
 * threads (20715, 20716, 20721) are one mapping; the main thread is on a fiber in the bss, and
 * thread 20717 has its stack in the heap.
 */
struct address_space *sample_stacks(size_t stacks);

/* A browser-like process: count mappings of all sorts; the same for the same count. */
struct address_space *sample_large(size_t count);

/* One with names and arguments that try to take the terminal over. */
struct address_space *sample_hostile(void);

/* A process without any mapping. */
struct address_space *sample_empty(void);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_ELF_CACHE_H
#define FILES_ELF_CACHE_H

/*
 * What is known of the files that a process maps, kept from sample to sample (model/file_key.h).
 *
 * Files are looked at on errands (files/errands.h): one whose file system does not answer in time
 * is not known, and is asked about again. A file is opened only as files/mapped_open.h says;
 * devices and FIFOs never are. A file whose mappings are those of the last look-up costs no system
 * call, but for a look every now and then whether it changed. Files that are not mapped any more
 * are forgotten after some look-ups. Only files that could be ELF objects are opened: with an
 * executable private mapping, or with private mappings of different permissions.
 */

#include <stddef.h>

struct elf_cache;
struct elf_file;
struct errands;
struct scout;
struct vma;

/* An empty cache, which runs those errands and is destroyed before them. */
struct elf_cache *elf_cache_create(struct errands *errands);

/* Frees the cache and all images; NULL is allowed. */
void elf_cache_destroy(struct elf_cache *cache);

/*
 * Begins to look up every distinct file of count VMAs (sorted), and sets twin of each. The scout
 * has the same errands. What else is to be done can be done before elf_cache_take().
 */
void elf_cache_ask(struct elf_cache *cache, const struct scout *scout, struct vma *vmas,
		   size_t count);

/*
 * The files that elf_cache_ask() began to look up, of the same scout: *ret_files is sorted by key,
 * owned by the cache and valid until its next call. A file that cannot be read, or is not worth
 * opening, is there with readable false; one that was never answered about has stalled set. Waits
 * as long as errands_run() does.
 */
void elf_cache_take(struct elf_cache *cache, const struct scout *scout,
		    const struct elf_file **ret_files, size_t *ret_count);

#endif

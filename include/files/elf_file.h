/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_ELF_FILE_H
#define FILES_ELF_FILE_H

/*
 * Files behind descriptors, to be read as ELF objects (inside/): they are read, not mapped, since
 * they may be truncated meanwhile.
 */

#include <stdint.h>

#include "inside/file_reader.h"

struct elf_image;

/*
 * A reader of size bytes of the file behind *descriptor, whose position does not matter and stays.
 * The descriptor is the caller's and outlives it.
 */
struct file_reader elf_file_reader(const int *descriptor, uint64_t size);

/* Reads the file's segments, as elf_segments_read() does. */
int elf_file_read(int descriptor, struct elf_image **ret_image);

/*
 * The same, without waiting for the file system: -EAGAIN or -EOPNOTSUPP where it would have to be
 * waited for, or where that cannot be known.
 */
int elf_file_read_cached(int descriptor, struct elf_image **ret_image);

#endif

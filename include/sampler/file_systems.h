/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_FILE_SYSTEMS_H
#define SAMPLER_FILE_SYSTEMS_H

/*
 * Finds out in which sort of file system the mapped files of one process lie, by the device number
 * in maps. No path is looked up for that, so that nothing waits for a file system that hangs.
 *
 * What is mounted is in the process's mountinfo, which is read when a device is mapped that was
 * not before. What is not mounted has a number that the kernel gave out itself: its own tmpfs,
 * hugetlbfs and secretmem are those in which memory of our own, made in the same kernel, lies. A
 * device keeps its number while something of it is mapped, so an answer holds as long as that. All
 * zeroes is a valid, empty object.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "procfs/mountinfo_parser.h"
#include "sampler/device_nodes.h"

struct vma;

/* Private: a device that is mapped. */
struct known_device {
	uint32_t dev_major, dev_minor;
	uint8_t file_system, huge_shift;
	uint64_t round; /* in which it was mapped last */
};

/* shmem, secretmem, and hugetlbfs of each size of pages. */
#define FILE_SYSTEMS_OWN_MAX 16

struct file_systems {
	/* Private: */
	struct mountinfo_parser mounts;
	int mounts_error;      /* of reading them */
	uint64_t mounts_round; /* in which they were read; 0: never */
	struct known_device *devices;
	size_t count, capacity;
	uint64_t round;
	struct mounted_device own[FILE_SYSTEMS_OWN_MAX];
	size_t own_count;
	struct device_nodes nodes;
	bool own_asked, own_complete;
};

/*
 * Fills in file_system and huge_shift of count VMAs. directory is /proc/PID, or the process's
 * folder in a recorded tree; live says that it belongs to the running kernel, and then device nodes
 * are distinguished too (sampler/device_nodes.h).
 */
void file_systems_resolve(struct file_systems *systems, struct vma *vmas, size_t count,
			  int directory, bool live);

void file_systems_finish(struct file_systems *systems);

#endif

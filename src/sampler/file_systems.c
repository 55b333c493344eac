/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/proc_file.h"
#include "sampler/file_systems.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/memory.h"
#include "model/file_system.h"
#include "model/vma.h"

/* A number that is free may be given out again: so many samples old answers are good enough. */
#define MOUNTS_AGE_MAX 64u

/* log2 of what sizes the pages of hugetlbfs may have, by processor and kernel. */
#define HUGE_SHIFT_MIN 14u
#define HUGE_SHIFT_MAX 34u

/* Since Linux 5.14; headers may be older than the kernel. */
#ifndef SYS_memfd_secret
#define SYS_memfd_secret 447
#endif

/* Since Linux 4.14: as in linux/memfd.h, which does not go together with sys/mman.h everywhere. */
#ifndef MFD_HUGE_SHIFT
#define MFD_HUGE_SHIFT 26
#endif

/* One call of file_systems_resolve(). */
struct resolving {
	struct file_systems *systems;
	size_t sorted; /* devices of earlier rounds */
	int directory;
	bool live;
};

void file_systems_finish(struct file_systems *systems)
{
	mountinfo_parser_finish(&systems->mounts);
	device_nodes_finish(&systems->nodes);
	free(systems->devices);
	*systems = (struct file_systems){0};
}

/* Enters the device that a descriptor lies on, which is closed. False for a negative one. */
static bool add_own(struct file_systems *systems, int descriptor, enum file_system file_system,
		    unsigned huge_shift)
{
	struct stat stat;
	bool known = descriptor >= 0 && fstat(descriptor, &stat) == 0 &&
		     systems->own_count < FILE_SYSTEMS_OWN_MAX;

	if (known)
		systems->own[systems->own_count++] =
			(struct mounted_device){.dev_major = major(stat.st_dev),
						.dev_minor = minor(stat.st_dev),
						.file_system = (uint8_t)file_system,
						.huge_shift = (uint8_t)huge_shift};
	if (descriptor >= 0)
		close(descriptor);
	return known;
}

/*
 * The kernel's own file systems, none of which is ever mounted, are the same for all of its
 * processes. Files in them without content cost nothing: no huge page is taken.
 */
static void ask_own(struct file_systems *systems)
{
	if (systems->own_asked)
		return;
	systems->own_asked = true;
	systems->own_complete =
		add_own(systems, memfd_create("vastop", MFD_CLOEXEC), FILE_SYSTEM_SHMEM, 0);
	add_own(systems, (int)syscall(SYS_memfd_secret, O_CLOEXEC), FILE_SYSTEM_SECRETMEM, 0);
	for (unsigned shift = HUGE_SHIFT_MIN; shift <= HUGE_SHIFT_MAX; shift++)
		add_own(systems,
			memfd_create("vastop", MFD_CLOEXEC | MFD_HUGETLB | shift << MFD_HUGE_SHIFT),
			FILE_SYSTEM_HUGETLBFS, shift);
}

static const struct mounted_device *find_own(struct resolving *resolving,
					     const struct known_device *device)
{
	struct file_systems *systems = resolving->systems;

	if (!resolving->live || device->dev_major != 0)
		return NULL;
	ask_own(systems);
	for (size_t i = 0; i < systems->own_count; i++)
		if (systems->own[i].dev_minor == device->dev_minor)
			return &systems->own[i];
	return NULL;
}

static int feed_mounts(void *context, const char *piece, size_t length)
{
	return mountinfo_parser_feed(context, piece, length);
}

static int read_mounts(struct mountinfo_parser *mounts, int directory)
{
	int error;

	mountinfo_parser_reset(mounts);
	error = proc_file_feed(directory, "mountinfo", feed_mounts, mounts);
	if (!error)
		error = mountinfo_parser_end(mounts);
	if (error)
		mountinfo_parser_reset(mounts);
	return error;
}

static const struct mounted_device *find_mounted(struct resolving *resolving,
						 const struct known_device *device)
{
	struct file_systems *systems = resolving->systems;
	const struct mounted_device *mounted =
		mountinfo_parser_find(&systems->mounts, device->dev_major, device->dev_minor);
	uint64_t age = systems->round - systems->mounts_round;

	if (systems->mounts_round && (age == 0 || (mounted && age < MOUNTS_AGE_MAX)))
		return mounted;
	systems->mounts_error = read_mounts(&systems->mounts, resolving->directory);
	systems->mounts_round = systems->round;
	return mountinfo_parser_find(&systems->mounts, device->dev_major, device->dev_minor);
}

/* What is mounted nowhere where the process can see it. */
static enum file_system unmounted(const struct resolving *resolving,
				  const struct known_device *device)
{
	if (device->dev_major != 0)
		return FILE_SYSTEM_ORDINARY;
	/* If the kernel's own could not be found out, this may be one of them. */
	return resolving->live && resolving->systems->own_complete ? FILE_SYSTEM_ABSENT
								   : FILE_SYSTEM_UNKNOWN;
}

static void look_up(struct resolving *resolving, struct known_device *device)
{
	const struct mounted_device *found = find_own(resolving, device);

	if (!found)
		found = find_mounted(resolving, device);
	if (found) {
		device->file_system = found->file_system;
		device->huge_shift = found->huge_shift;
	} else if (!resolving->systems->mounts_error) {
		device->file_system = unmounted(resolving, device);
	}
}

static int compare(const void *left, const void *right)
{
	const struct known_device *a = left, *b = right;

	if (a->dev_major != b->dev_major)
		return a->dev_major < b->dev_major ? -1 : 1;
	return a->dev_minor == b->dev_minor ? 0 : a->dev_minor < b->dev_minor ? -1 : 1;
}

/* Known since an earlier round; or looked up now, and added behind the sorted ones. */
static struct known_device find(struct resolving *resolving, const struct vma *vma)
{
	struct file_systems *systems = resolving->systems;
	struct known_device device = {
		.dev_major = vma->dev_major, .dev_minor = vma->dev_minor, .round = systems->round};
	struct known_device *known = resolving->sorted
					     ? bsearch(&device, systems->devices, resolving->sorted,
						       sizeof(device), compare)
					     : NULL;

	if (known) {
		known->round = systems->round;
		return *known;
	}
	look_up(resolving, &device);
	systems->devices = memory_array_grow(systems->devices, systems->count, &systems->capacity,
					     sizeof(device));
	systems->devices[systems->count++] = device;
	return device;
}

/* Sorts what is new, and drops what is not mapped any more. */
static void settle(const struct resolving *resolving)
{
	struct file_systems *systems = resolving->systems;
	size_t kept = 0;

	if (systems->count > resolving->sorted)
		qsort(systems->devices, systems->count, sizeof(*systems->devices), compare);
	for (size_t i = 0; i < systems->count; i++)
		if (systems->devices[i].round == systems->round &&
		    !(kept && compare(&systems->devices[kept - 1], &systems->devices[i]) == 0))
			systems->devices[kept++] = systems->devices[i];
	systems->count = kept;
}

void file_systems_resolve(struct file_systems *systems, struct vma *vmas, size_t count,
			  int directory, bool live)
{
	struct resolving resolving = {
		.systems = systems, .sorted = systems->count, .directory = directory, .live = live};
	struct known_device last = {0};

	systems->round++;
	for (size_t i = 0; i < count; i++) {
		struct vma *vma = &vmas[i];

		if (!vma->dev_major && !vma->dev_minor)
			continue;
		if (vma->dev_major != last.dev_major || vma->dev_minor != last.dev_minor)
			last = find(&resolving, vma);
		vma->file_system = last.file_system;
		vma->huge_shift = last.huge_shift;
	}
	settle(&resolving);
	if (live)
		device_nodes_resolve(&systems->nodes, vmas, count, directory);
}

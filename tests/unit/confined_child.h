/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_CONFINED_CHILD_H
#define TESTS_UNIT_CONFINED_CHILD_H

/*
 * A child whose root is a folder, and that maps its file /file: by chroot(2) alone, or in a mount
 * namespace of its own, where that folder is a file system that nobody else sees.
 */

#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <unistd.h>

#include "files/mapped_ways.h"
#include "kernel/maps_file.h"
#include "procfs/maps_parser.h"
#include "support/child.h"

struct confinement {
	const char *folder;
	bool own_namespace;
};

static inline void write_whole(const char *path, const char *bytes)
{
	int file = open(path, O_WRONLY | O_CLOEXEC);

	if (file < 0 || write(file, bytes, strlen(bytes)) < 0)
		_exit(1);
	close(file);
}

/* In a new user namespace a file is only made by a user that it has. */
static inline void be_somebody(uid_t user, gid_t group)
{
	char map[32];

	write_whole("/proc/self/setgroups", "deny");
	snprintf(map, sizeof(map), "0 %u 1", (unsigned)user);
	write_whole("/proc/self/uid_map", map);
	snprintf(map, sizeof(map), "0 %u 1", (unsigned)group);
	write_whole("/proc/self/gid_map", map);
}

static inline void confine(const void *context)
{
	const struct confinement *confinement = context;
	const char *folder = confinement->folder;
	int flags =
		(geteuid() ? CLONE_NEWUSER : 0) | (confinement->own_namespace ? CLONE_NEWNS : 0);
	uid_t user = geteuid();
	gid_t group = getegid();
	int file;

	if (flags && unshare(flags) != 0)
		_exit(1);
	if (flags & CLONE_NEWUSER)
		be_somebody(user, group);
	if (confinement->own_namespace && (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
					   mount("none", folder, "tmpfs", 0, NULL) != 0))
		_exit(1);
	if (chroot(folder) != 0 || chdir("/") != 0)
		_exit(1);
	file = open("/file", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (file < 0 || mmap(NULL, 1, PROT_READ, MAP_PRIVATE, file, 0) == MAP_FAILED)
		_exit(1);
	close(file);
}

/* The mapping of the file in maps, as this process sees it; the parser owns it. */
static inline const struct vma *confined_child_find(struct maps_parser *parser, int directory)
{
	maps_parser_init(parser, (struct hash_key){{0}});
	if (maps_file_read(parser, directory, "maps"))
		return NULL;
	for (size_t i = 0; i < parser->count; i++) {
		const char *name = strrchr(parser->vmas[i].name, '/');

		if (name && strcmp(name, "/file") == 0)
			return &parser->vmas[i];
	}
	return NULL;
}

/* Its mapping of the file, for a look at it by way of its folder in /proc. */
typedef void confined_child_look(struct mapped_root *root, const struct vma *vma, void *context);

/* Has a look at one and ends it; the test is skipped where the system does not allow such a child.
 */
static inline void confined_child_visit(bool own_namespace, confined_child_look *look,
					void *context)
{
	char folder[] = "/tmp/vastop-test-XXXXXX", path[64];
	struct confinement confinement = {.folder = folder, .own_namespace = own_namespace};
	struct mapped_root root;
	struct maps_parser maps;
	const struct vma *vma;
	int directory;
	pid_t child;

	assert_non_null(mkdtemp(folder));
	child = child_start(confine, &confinement);
	if (child > 0) {
		snprintf(path, sizeof(path), "/proc/%d", (int)child);
		directory = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
		vma = confined_child_find(&maps, directory);
		assert_non_null(vma);
		mapped_root_init(&root, directory, 0);
		look(&root, vma, context);
		mapped_root_finish(&root);
		maps_parser_finish(&maps);
		close(directory);
		child_end(child);
	}
	snprintf(path, sizeof(path), "%s/file", folder);
	unlink(path);
	assert_int_equal(rmdir(folder), 0);
	if (child < 0)
		skip();
}

#endif

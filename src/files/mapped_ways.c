/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/mapped_ways.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/open_below.h"
#include "kernel/proc_file.h"
#include "kernel/procfs_relation.h"
#include "model/vma.h"

#define LINK_LENGTH 64 /* "map_files/7f83aa53e000-7f83aa53f000" */
#define NO_FILE     (-1)

void mapped_root_init(struct mapped_root *root, int directory, unsigned avoid)
{
	*root = (struct mapped_root){
		.directory = directory,
		.avoid = avoid,
		.target = NO_FILE,
		.ours = NO_FILE,
		.maps = NO_FILE,
	};
}

static void close_if_open(int descriptor)
{
	if (descriptor >= 0)
		close(descriptor);
}

void mapped_root_finish(struct mapped_root *root)
{
	close_if_open(root->target);
	close_if_open(root->ours);
	close_if_open(root->maps);
	text_finish(&root->inside);
	mapped_root_init(root, root->directory, root->avoid);
}

/* Whether the two roots are one, seen through one mount: the same paths lead from them. */
static bool is_one_place(struct mapped_root *root)
{
	const unsigned wanted = STATX_INO | STATX_MNT_ID;
	struct statx x, y;

	if (statx(root->ours, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, wanted, &x) ||
	    statx(root->target, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, wanted, &y))
		return false;
	root->has_device = true;
	root->dev_major = x.stx_dev_major;
	root->dev_minor = x.stx_dev_minor;
	return (x.stx_mask & y.stx_mask & wanted) == wanted && x.stx_mnt_id == y.stx_mnt_id &&
	       x.stx_ino == y.stx_ino && mapped_root_holds(root, &y);
}

static bool is_our_namespace(const struct mapped_root *root)
{
	struct stat theirs, ours;

	return fstatat(root->directory, "ns/mnt", &theirs, 0) == 0 &&
	       stat("/proc/self/ns/mnt", &ours) == 0 && theirs.st_ino == ours.st_ino &&
	       theirs.st_dev == ours.st_dev;
}

/* Finds out from where the paths of maps lead to files. */
static void find_ways(struct mapped_root *root)
{
	bool *ways = root->ways_of_path;
	bool same;

	root->target = openat(root->directory, "root", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (!root->live) {
		ways[MAPPED_WAY_ROOT] = true;
		return;
	}
	root->ours = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	root->one_place = is_one_place(root);
	if (root->one_place) {
		ways[MAPPED_WAY_OURS] = true;
		return;
	}
	same = is_our_namespace(root);
	ways[MAPPED_WAY_OURS] = same;
	ways[MAPPED_WAY_ABROAD] = !same;
	ways[MAPPED_WAY_ROOT] = true;
	ways[MAPPED_WAY_INSIDE] =
		proc_file_read_link(root->directory, "root", &root->inside) == 0 &&
		root->inside.length > 1;
}

static void look_around(struct mapped_root *root)
{
	if (root->looked)
		return;
	root->looked = true;
	root->live = procfs_relation_is_live(root->directory);
	root->links_refused = !root->live;
	find_ways(root);
}

bool mapped_root_is_live(struct mapped_root *root)
{
	look_around(root);
	return root->live;
}

/* Before Linux 5.6, what a link that leads astray leads to is judged all the same. */
static int open_in(int root, const char *path, enum open_below_way way)
{
	int opened = open_below(root, path, way);

	if (opened == -ENOSYS || opened == -EPERM) {
		while (*path == '/')
			path++;
		opened = openat(root, path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
		opened = opened < 0 ? -errno : opened;
	}
	return opened;
}

static void write_link(const struct vma *vma, char out[static LINK_LENGTH])
{
	snprintf(out, LINK_LENGTH, "map_files/%" PRIx64 "-%" PRIx64, vma->start, vma->end);
}

static int open_link(struct mapped_root *root, const struct vma *vma)
{
	char link[LINK_LENGTH];
	int opened;

	if (root->links_refused)
		return -EPERM;
	write_link(vma, link);
	opened = openat(root->directory, link, O_PATH | O_CLOEXEC);
	if (opened >= 0)
		return opened;
	root->links_refused = errno == EPERM || errno == EACCES;
	return -errno;
}

static int open_exe(const struct mapped_root *root)
{
	int opened = openat(root->directory, "exe", O_PATH | O_CLOEXEC);

	return opened < 0 ? -errno : opened;
}

/* The path as the target's root has it; NULL when it does not lie below that. */
static const char *path_inside(const struct mapped_root *root, const char *path)
{
	size_t length = root->inside.length;

	if (strncmp(path, text_string(&root->inside), length) != 0 || path[length] != '/')
		return NULL;
	return path + length;
}

int mapped_way_open(struct mapped_root *root, enum mapped_way way, const struct vma *vma,
		    const char *path)
{
	look_around(root);
	if (way == MAPPED_WAY_LINK)
		return open_link(root, vma);
	if (way == MAPPED_WAY_EXE)
		return open_exe(root);
	if (way == MAPPED_WAY_INSIDE && path)
		path = path_inside(root, path);
	if (!root->ways_of_path[way] || !path)
		return -ENOENT;
	return open_in(way == MAPPED_WAY_OURS || way == MAPPED_WAY_ABROAD ? root->ours
									  : root->target,
		       path, OPEN_BELOW_LINK);
}

int mapped_way_open_at_hand(struct mapped_root *root, enum mapped_way way, const struct vma *vma)
{
	look_around(root);
	if (way == MAPPED_WAY_LINK)
		return open_link(root, vma);
	if (way != MAPPED_WAY_OURS || !root->one_place || vma->deleted)
		return -ENOENT;
	return open_below(root->ours, vma->name, OPEN_BELOW_CACHED);
}

bool mapped_root_holds(const struct mapped_root *root, const struct statx *file)
{
	return root->has_device && file->stx_dev_major == root->dev_major &&
	       file->stx_dev_minor == root->dev_minor;
}

int mapped_root_open(struct mapped_root *root, bool targets, const char *path)
{
	int opened;

	look_around(root);
	if (targets)
		return root->live && !root->ways_of_path[MAPPED_WAY_ROOT]
			       ? -ENOENT
			       : open_in(root->target, path, OPEN_BELOW);
	opened = open(path, O_PATH | O_CLOEXEC);
	return opened < 0 ? -errno : opened;
}

int mapped_root_open_inside(struct mapped_root *root, const char *path)
{
	look_around(root);
	return open_in(root->target, path, OPEN_BELOW_LINK);
}

bool mapped_ways_read_path(const struct mapped_root *root, const struct vma *vma, struct text *path)
{
	char link[LINK_LENGTH];

	write_link(vma, link);
	return root->live && proc_file_read_link(root->directory, link, path) == 0;
}

bool mapped_ways_read_exe(const struct mapped_root *root, struct text *path)
{
	return proc_file_read_link(root->directory, "exe", path) == 0;
}

int mapped_ways_maps(struct mapped_root *root)
{
	if (root->maps < 0)
		root->maps = proc_file_open(root->directory, "maps");
	return root->maps;
}

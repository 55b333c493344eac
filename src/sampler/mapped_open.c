/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/mapped_open.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/text.h"
#include "model/vma.h"

#define NOT_OPENED (-1)

void mapped_root_init(struct mapped_root *root, int directory)
{
	*root = (struct mapped_root){.directory = directory, .descriptor = NOT_OPENED};
}

void mapped_root_finish(struct mapped_root *root)
{
	if (root->descriptor >= 0)
		close(root->descriptor);
	root->descriptor = NOT_OPENED;
}

static int root_descriptor(struct mapped_root *root)
{
	if (root->descriptor == NOT_OPENED) {
		root->descriptor =
			openat(root->directory, "root", O_PATH | O_DIRECTORY | O_CLOEXEC);
		/* -EPERM is -1 too: keep it apart from "not opened". */
		if (root->descriptor < 0)
			root->descriptor = -EACCES;
	}
	return root->descriptor;
}

/*
 * A path of the target means what it means to the target: absolute links inside lead to its root,
 * not to ours. Before Linux 5.6 there is no such look-up; a link that leads astray is then caught
 * by the check of device and inode.
 */
static int open_below_root(struct mapped_root *root, const char *path)
{
	struct open_how how = {
		.flags = O_PATH | O_NOFOLLOW | O_CLOEXEC,
		.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS,
	};
	int descriptor = root_descriptor(root);
	long opened;

	if (descriptor < 0)
		return descriptor;
	while (*path == '/')
		path++;
	opened = syscall(SYS_openat2, descriptor, path, &how, sizeof(how));
	if (opened < 0 && (errno == ENOSYS || errno == EPERM))
		opened = openat(descriptor, path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	return opened < 0 ? -errno : (int)opened;
}

/*
 * Btrfs and overlayfs tell stat(2) a device of their own, while maps names that of the file
 * system's superblock or of the layer below; there the inode has to do.
 */
static bool is_device_unreliable(int descriptor)
{
	struct statfs fs;

	return fstatfs(descriptor, &fs) == 0 &&
	       (fs.f_type == BTRFS_SUPER_MAGIC || fs.f_type == OVERLAYFS_SUPER_MAGIC);
}

static bool is_mapped_file(int descriptor, const struct vma *vma, struct stat *ret_stat)
{
	struct stat stat;

	if (fstat(descriptor, &stat) != 0 || !S_ISREG(stat.st_mode) || stat.st_ino != vma->inode)
		return false;
	if ((major(stat.st_dev) != vma->dev_major || minor(stat.st_dev) != vma->dev_minor) &&
	    !is_device_unreliable(descriptor))
		return false;
	*ret_stat = stat;
	return true;
}

/* Hands the descriptor on if it is the mapped file, else closes it. */
static int check(int descriptor, const struct vma *vma, struct stat *ret_stat)
{
	if (descriptor < 0)
		return -ENOENT;
	if (is_mapped_file(descriptor, vma, ret_stat))
		return descriptor;
	close(descriptor);
	return -ENOENT;
}

/* maps writes a newline in a path as \012 and nothing else, so this may be one or not. */
static int find_with_newlines(struct mapped_root *root, const struct vma *vma,
			      struct stat *ret_stat)
{
	struct text path = {0};
	const char *at = vma->name, *escape;
	int descriptor;

	while ((escape = strstr(at, "\\012"))) {
		text_append_bytes(&path, at, (size_t)(escape - at));
		text_append_char(&path, '\n');
		at = escape + 4;
	}
	text_append(&path, at);
	descriptor = check(open_below_root(root, text_string(&path)), vma, ret_stat);
	text_finish(&path);
	return descriptor;
}

int mapped_find(struct mapped_root *root, const struct vma *vma, struct stat *ret_stat)
{
	char link[64];
	int descriptor = check(open_below_root(root, vma->name), vma, ret_stat);

	if (descriptor < 0 && strstr(vma->name, "\\012"))
		descriptor = find_with_newlines(root, vma, ret_stat);
	if (descriptor < 0)
		descriptor =
			check(openat(root->directory, "exe", O_PATH | O_CLOEXEC), vma, ret_stat);
	if (descriptor < 0) {
		snprintf(link, sizeof(link), "map_files/%" PRIx64 "-%" PRIx64, vma->start,
			 vma->end);
		descriptor =
			check(openat(root->directory, link, O_PATH | O_CLOEXEC), vma, ret_stat);
	}
	return descriptor;
}

int mapped_open(int descriptor)
{
	char link[32];
	int opened;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", descriptor);
	opened = open(link, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	return opened < 0 ? -errno : opened;
}

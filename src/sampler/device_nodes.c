/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/device_nodes.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "kernel/open_below.h"
#include "model/file_system.h"
#include "model/vma.h"

/* Documentation/admin-guide/devices.txt */
#define MEM_MAJOR  1
#define ZERO_MINOR 5

#define NOT_OPEN    (-1)
#define CANNOT      (-2)
#define LINK_LENGTH 64

enum node { NODE_UNKNOWN, NODE_REGULAR, NODE_DEVICE, NODE_ZERO };

/* One call of device_nodes_resolve(). */
struct looking {
	struct device_nodes *nodes;
	size_t sorted; /* nodes of earlier rounds */
	int directory;
	int root;           /* opened when needed; NOT_OPEN, CANNOT */
	bool links_refused; /* map_files is for privileged readers */
};

void device_nodes_finish(struct device_nodes *nodes)
{
	free(nodes->nodes);
	*nodes = (struct device_nodes){0};
}

/*
 * What is at the path below the descriptor; false when it cannot be told, or is another file. Some
 * file systems have other numbers for stat(2) than for maps: then only the kernel's own link is
 * sure to lead to the file.
 */
static bool look_at(int descriptor, const char *path, bool is_link, const struct vma *vma,
		    enum node *ret_node)
{
	int flags = AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT | (is_link ? 0 : AT_EMPTY_PATH);
	struct statx file;

	if (statx(descriptor, path, flags, STATX_TYPE | STATX_INO, &file) != 0)
		return false;
	if (file.stx_ino != vma->inode && !(is_link && (file.stx_dev_major != vma->dev_major ||
							file.stx_dev_minor != vma->dev_minor)))
		return false;
	*ret_node = NODE_REGULAR;
	if (S_ISCHR(file.stx_mode) || S_ISBLK(file.stx_mode))
		*ret_node = NODE_DEVICE;
	if (S_ISCHR(file.stx_mode) && file.stx_rdev_major == MEM_MAJOR &&
	    file.stx_rdev_minor == ZERO_MINOR)
		*ret_node = NODE_ZERO;
	return true;
}

/* The kernel's own link, which leads to the file without a look-up. */
static bool look_at_link(struct looking *looking, const struct vma *vma, enum node *ret_node)
{
	char link[LINK_LENGTH];

	if (looking->links_refused)
		return false;
	snprintf(link, sizeof(link), "map_files/%" PRIx64 "-%" PRIx64, vma->start, vma->end);
	errno = 0;
	if (look_at(looking->directory, link, true, vma, ret_node))
		return true;
	looking->links_refused = errno == EPERM || errno == EACCES;
	return false;
}

/* The path below the target's root, as far as the kernel has it in its cache: it is in use. */
static bool look_at_path(struct looking *looking, const struct vma *vma, enum node *ret_node)
{
	int found;
	bool known;

	if (vma->deleted)
		return false;
	if (looking->root == NOT_OPEN) {
		looking->root =
			openat(looking->directory, "root", O_PATH | O_DIRECTORY | O_CLOEXEC);
		if (looking->root < 0)
			looking->root = CANNOT;
	}
	if (looking->root < 0)
		return false;
	found = open_below(looking->root, vma->name, OPEN_BELOW_CACHED);
	if (found < 0)
		return false;
	known = look_at(found, "", false, vma, ret_node);
	close(found);
	return known;
}

static int compare(const void *left, const void *right)
{
	const struct known_node *a = left, *b = right;

	if (a->inode != b->inode)
		return a->inode < b->inode ? -1 : 1;
	if (a->dev_major != b->dev_major)
		return a->dev_major < b->dev_major ? -1 : 1;
	return a->dev_minor == b->dev_minor ? 0 : a->dev_minor < b->dev_minor ? -1 : 1;
}

/* Known since an earlier round; or looked at now, and added behind the sorted ones. */
static enum node find(struct looking *looking, const struct vma *vma)
{
	struct device_nodes *nodes = looking->nodes;
	struct known_node key = {
		.inode = vma->inode,
		.dev_major = vma->dev_major,
		.dev_minor = vma->dev_minor,
		.round = nodes->round,
	};
	struct known_node *known =
		looking->sorted ? bsearch(&key, nodes->nodes, looking->sorted, sizeof(key), compare)
				: NULL;
	enum node node = NODE_UNKNOWN;

	if (known) {
		known->round = nodes->round;
		return (enum node)known->node;
	}
	if (!look_at_link(looking, vma, &node))
		look_at_path(looking, vma, &node);
	key.node = (uint8_t)node;
	nodes->nodes = memory_array_grow(nodes->nodes, nodes->count, &nodes->capacity, sizeof(key));
	nodes->nodes[nodes->count++] = key;
	return node;
}

/* Those that may hold nodes, or regular files where there are nodes mostly. */
static bool is_worth_looking(const struct vma *vma)
{
	return vma->inode && vma->name[0] == '/' &&
	       (vma->file_system == FILE_SYSTEM_ORDINARY || vma->file_system == FILE_SYSTEM_TMPFS ||
		vma->file_system == FILE_SYSTEM_DEVICES);
}

static void correct(struct vma *vma, enum node node)
{
	switch (node) {
	case NODE_DEVICE: vma->file_system = FILE_SYSTEM_DEVICES; break;
	case NODE_ZERO: vma->file_system = FILE_SYSTEM_ZEROES; break;
	case NODE_REGULAR:
		/* What is no node in a devtmpfs is a file as in any other tmpfs. */
		if (vma->file_system == FILE_SYSTEM_DEVICES)
			vma->file_system = FILE_SYSTEM_TMPFS;
		break;
	default: break;
	}
}

/* Sorts what is new, and drops what is not mapped any more. */
static void settle(const struct looking *looking)
{
	struct device_nodes *nodes = looking->nodes;
	size_t kept = 0;

	if (nodes->count > looking->sorted)
		qsort(nodes->nodes, nodes->count, sizeof(*nodes->nodes), compare);
	for (size_t i = 0; i < nodes->count; i++)
		if (nodes->nodes[i].round == nodes->round &&
		    !(kept && compare(&nodes->nodes[kept - 1], &nodes->nodes[i]) == 0))
			nodes->nodes[kept++] = nodes->nodes[i];
	nodes->count = kept;
}

void device_nodes_resolve(struct device_nodes *nodes, struct vma *vmas, size_t count, int directory)
{
	struct looking looking = {
		.nodes = nodes, .sorted = nodes->count, .directory = directory, .root = NOT_OPEN};
	const struct vma *last = NULL;
	enum node node = NODE_UNKNOWN;

	nodes->round++;
	for (size_t i = 0; i < count; i++) {
		struct vma *vma = &vmas[i];

		if (!is_worth_looking(vma))
			continue;
		if (!last || !vma_same_file(last, vma))
			node = find(&looking, vma);
		last = vma;
		correct(vma, node);
	}
	settle(&looking);
	if (looking.root >= 0)
		close(looking.root);
}

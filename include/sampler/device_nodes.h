/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_DEVICE_NODES_H
#define SAMPLER_DEVICE_NODES_H

/*
 * Finds out which mapped files are device nodes, and what of: maps tells the device that a node
 * lies on, not the one that it stands for. A node may lie anywhere (those of a container lie in a
 * tmpfs), so each file is looked at once; nothing is opened, and nothing waits for a file system:
 * what the kernel does not have in its caches stays unknown. All zeroes is a valid, empty object.
 */

#include <stddef.h>
#include <stdint.h>

struct vma;

/* Private: a file that was looked at. */
struct known_node {
	uint64_t inode;
	uint32_t dev_major, dev_minor;
	uint8_t node;   /* what it is */
	uint64_t round; /* in which it was mapped last */
};

struct device_nodes {
	/* Private: */
	struct known_node *nodes; /* ascending by device and inode */
	size_t count, capacity;
	uint64_t round;
};

/*
 * Corrects file_system of count VMAs, which sampler/file_systems.h has filled, where the file is a
 * device node, or is none although it lies among them. directory is /proc/PID.
 */
void device_nodes_resolve(struct device_nodes *nodes, struct vma *vmas, size_t count,
			  int directory);

void device_nodes_finish(struct device_nodes *nodes);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KERNEL_PROCFS_RELATION_H
#define KERNEL_PROCFS_RELATION_H

/*
 * What a procfs root is to this program. The numbers below a procfs are those of the PID namespace
 * that it was mounted in (pid_namespaces(7)), while pidfd_open(2), kill(2) and fork(2) speak of
 * the caller's: the same number means another process, or none, where the two namespaces differ.
 * So a number from below a root goes to the kernel, and one from the kernel below a root, through
 * here only.
 *
 * A root is the path of its directory, or a descriptor of that (O_PATH will do).
 */

#include <stdbool.h>
#include <stdint.h>

enum procfs_relation {
	PROCFS_OWN,      /* of this program's PID namespace: one number, one process */
	PROCFS_ANCESTOR, /* of one above it, which has other numbers for its processes, too */
	PROCFS_FOREIGN,  /* of one that this program has no number in: one below or beside */
	PROCFS_RECORDED, /* no procfs but files copied from one */
};

enum procfs_relation procfs_relation_find(int root);

/* The same of a path; or the -errno of opening it. */
int procfs_relation_at(const char *root);

/* Whether it is the procfs of a running kernel, of whatever namespace; the same of a path. */
bool procfs_relation_is_live(int root);
bool procfs_relation_is_live_at(const char *root);

/*
 * A procfs that is mounted with the option hidepid hides the processes of others. Whether it hides
 * the process that is not found below the root (as far as can be found out: false for one that is
 * not there); and whether the open directory of a process is hidden by now, where false means that
 * the process has ended.
 */
bool procfs_relation_hides(int root, int32_t pid);
bool procfs_relation_hides_directory(int directory);

/* The number that this program has below the root; 0: none. */
int32_t procfs_relation_self(const char *root);

/*
 * Opens a pidfd (pidfd_open(2)) for the process that the number below the root means, and for no
 * other; relation is that of the root. Returns the descriptor; or -ENOTSUP where the process has no
 * number in this program's namespace or that cannot be made sure of, or the -errno of
 * pidfd_open(2).
 */
int procfs_relation_open_pidfd(int root, enum procfs_relation relation, int32_t pid);

/*
 * The number below the root of a child of this program, given as fork(2) returned it, that has not
 * been waited for. Returns 0 and sets *ret_pid; or -ESRCH where it has none, or the -errno of
 * opening the root.
 */
int procfs_relation_find_child(const char *root, int32_t child, int32_t *ret_pid);

#endif

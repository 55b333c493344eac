/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KERNEL_LANDLOCK_H
#define KERNEL_LANDLOCK_H

/*
 * Landlock (Linux 5.13, Documentation/userspace-api/landlock.rst). A thread that it restricts can
 * neither read the memory nor follow the links of processes that are not under the same
 * restriction, whatever its user and capabilities, as to the kernel that is tracing; so it is only
 * for what reads no process.
 */

/* The version of the kernel's Landlock, from 1 on; 0: it has none, or it is off. */
int landlock_version(void);

/*
 * The calling thread, and threads and processes that it starts later, can for good neither write
 * to, make, remove nor rename any file but those below the folder (NULL: any); what is open stays
 * so. It must have no_new_privs. Returns 0; or -EOPNOTSUPP: there is no Landlock; or another
 * -errno.
 */
int landlock_forbid_writing(const char *folder);

#endif

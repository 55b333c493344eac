/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_NAME_RULE_H
#define MODEL_NAME_RULE_H

/*
 * The table of mappings that are not of ordinary files: the names that the kernel gives to memory
 * of its own making, those that C libraries give (PR_SET_VMA_ANON_NAME), and file systems whose
 * files are memory or devices. A name alone decides only where no file can be called so: a path
 * begins with a slash, and then the file system has to agree. Classification, the inspector and the
 * tests share it.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/kind.h"

struct vma;

/* Where the file has to lie. */
enum name_place {
	NAME_ANYWHERE,   /* the name is not a path: it cannot be a file's */
	NAME_UNMOUNTED,  /* in a file system of the kernel's own, mounted nowhere */
	NAME_SHMEM,      /* in the kernel's own tmpfs or hugetlbfs, where no file has a name */
	NAME_SECRETMEM,  /* in secretmem, likewise */
	NAME_TMPFS,      /* in a tmpfs that is mounted */
	NAME_HUGETLBFS,  /* in any hugetlbfs */
	NAME_DEVICES,    /* a device node */
	NAME_ZEROES,     /* that of /dev/zero */
	NAME_KERNEL,     /* where files are made up by the kernel */
	NAME_NOT_LOOKED, /* where it lies is unknown, but not on a disk: a recorded tree */
};

enum name_match { NAME_WHOLE, NAME_PREFIX };

struct name_rule {
	const char *name;
	uint8_t match;       /* enum name_match */
	uint8_t place;       /* enum name_place */
	uint8_t kind;        /* enum kind: of a private mapping */
	uint8_t shared_kind; /* of a shared one */
	const char *words;   /* what it is, in a few plain words; NULL: the kind says it all */
	const char *example; /* a name that it is for; NULL: its own */
};

/* The rule that the VMA falls under (its name without " (deleted)"); NULL: an ordinary file's, or
 * memory without a file and a name. */
const struct name_rule *name_rule_find(const struct vma *vma);

/*
 * Whether what is mapped is memory whose content could still be an ELF object's; else the rule
 * decides the kind.
 */
bool name_rule_is_memory(const struct name_rule *rule);

/* The table. */
const struct name_rule *name_rule_table(size_t *ret_count);

#endif

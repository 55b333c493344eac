/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/classify_name.h"

#include <string.h>

#include "base/number.h"
#include "model/name_rule.h"
#include "model/vma.h"

#define ARENA_NAME "[anon: glibc: malloc arena]"

/* The number between the last colon and the closing bracket; 0 without one. */
static int32_t name_tid(const char *name)
{
	const char *colon = strrchr(name, ':'), *end;
	uint64_t tid;

	if (!colon)
		return 0;
	colon += colon[1] == ' ' ? 2 : 1;
	end = strchr(colon, ']');
	if (!end || number_parse(colon, (size_t)(end - colon), INT32_MAX, &tid))
		return 0;
	return (int32_t)tid;
}

/* How a rule knows: all rules of a file system have no name of their own. */
static enum kind_source source_of(const struct name_rule *rule)
{
	return rule->name[0] ? KIND_SOURCE_NAME : KIND_SOURCE_FILE_SYSTEM;
}

static enum kind kind_of(const struct name_rule *rule, const struct vma *vma)
{
	return vma->perms & (PERM_SHARED | PERM_SHARING_UNKNOWN) ? rule->shared_kind : rule->kind;
}

/* Kinds that a page without access inside is not: it guards or reserves. */
static bool needs_access(enum kind kind)
{
	return kind == KIND_HEAP || kind == KIND_STACK || kind == KIND_THREAD_STACK ||
	       kind == KIND_ARENA;
}

bool classify_name_settle(struct vma *vma)
{
	const struct name_rule *rule = name_rule_find(vma);
	enum kind kind;

	if (!rule || name_rule_is_memory(rule))
		return false;
	kind = kind_of(rule, vma);
	if (needs_access(kind) && !(vma->perms & PERM_ACCESS))
		return false;
	if (kind == KIND_THREAD_STACK)
		vma->tid = name_tid(vma->name);
	vma->kind = kind;
	vma->kind_source = source_of(rule);
	return true;
}

bool classify_name_memory(struct vma *vma)
{
	const struct name_rule *rule = name_rule_find(vma);
	enum kind kind;

	if (!rule || !name_rule_is_memory(rule))
		return false;
	kind = kind_of(rule, vma);
	/* A private mapping of a file is what that of any other file would be. */
	if (kind == KIND_FILE)
		return false;
	vma->kind = vma->perms & PERM_EXEC ? KIND_JIT : kind;
	vma->kind_source = vma->perms & PERM_EXEC ? KIND_SOURCE_PERMISSIONS : source_of(rule);
	return true;
}

bool classify_name_is_anonymous(const struct vma *vma)
{
	const struct name_rule *rule;

	if (vma->perms & PERM_SHARED)
		return false;
	if (!vma->name[0])
		return !vma->inode;
	rule = name_rule_find(vma);
	return rule && name_rule_is_memory(rule) && rule->kind == KIND_ANON;
}

bool classify_name_is_arena(const struct vma *vma)
{
	return strcmp(vma->name, ARENA_NAME) == 0;
}

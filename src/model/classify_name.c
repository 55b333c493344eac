/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/classify_name.h"

#include <stddef.h>
#include <string.h>

#include "base/number.h"
#include "model/vma.h"

#define ARENA_NAME "[anon: glibc: malloc arena]"

enum match { WHOLE, PREFIX };

struct name_rule {
	const char *name;
	enum match match;
	enum kind kind;
};

/*
 * fs/proc/task_mmu.c and arch_vma_name() of the architectures; glibc's names come with its tunable
 * glibc.mem.decorate_maps, bionic's always. [stack:TID] was written by Linux 3.4 to 4.4.
 */
static const struct name_rule settling[] = {
	{"[heap]", WHOLE, KIND_HEAP},
	{"[stack]", WHOLE, KIND_STACK},
	{"[stack:", PREFIX, KIND_THREAD_STACK},
	{"[vdso]", WHOLE, KIND_VDSO},
	{"[sigpage]", WHOLE, KIND_VDSO},
	{"[vectors]", WHOLE, KIND_VDSO},
	{"[uprobes]", WHOLE, KIND_VDSO},
	{"[vvar]", WHOLE, KIND_VVAR},
	{"[vvar_vclock]", WHOLE, KIND_VVAR},
	{"[vsyscall]", WHOLE, KIND_VSYSCALL},
	{ARENA_NAME, WHOLE, KIND_ARENA},
	{"[anon: glibc: pthread stack", PREFIX, KIND_THREAD_STACK},
	{"[anon: glibc: pthread user stack", PREFIX, KIND_THREAD_STACK},
	{"[anon:stack_and_tls:", PREFIX, KIND_THREAD_STACK},
	{"anon_inode:", PREFIX, KIND_DEVICE},
	{"/[aio]", WHOLE, KIND_DEVICE},
	{"/dmabuf:", PREFIX, KIND_DEVICE},
	{"/drm mm object", WHOLE, KIND_DEVICE},
	{"/i915", WHOLE, KIND_DEVICE},
	{"socket:", PREFIX, KIND_DEVICE},
	{"/sys/", PREFIX, KIND_DEVICE},
	{"/proc/", PREFIX, KIND_DEVICE},
};

/* Paths below /dev/ that are memory, not devices; all others are. */
static const char *const memory_below_dev[] = {"/dev/shm/", "/dev/hugepages/", "/dev/ashmem"};

/* Memory that may be mapped by others where it is mapped shared; KIND_ANON: private to this one. */
static const struct name_rule memory[] = {
	{"[anon_shmem:", PREFIX, KIND_SHARED},
	{"/memfd:", PREFIX, KIND_SHARED},
	{"/SYSV", PREFIX, KIND_SHARED},
	{"/dev/shm/", PREFIX, KIND_SHARED},
	{"/dev/hugepages/", PREFIX, KIND_SHARED},
	{"/dev/ashmem", PREFIX, KIND_ANON},
	{"/dev/zero", WHOLE, KIND_ANON},
	{"/anon_hugepage", WHOLE, KIND_ANON},
	{"[anon:", PREFIX, KIND_ANON},
};

static bool starts_with(const char *name, const char *prefix)
{
	return strncmp(name, prefix, strlen(prefix)) == 0;
}

static const struct name_rule *find_rule(const struct name_rule *rules, size_t count,
					 const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (rules[i].match == PREFIX ? starts_with(name, rules[i].name)
					     : strcmp(name, rules[i].name) == 0)
			return &rules[i];
	return NULL;
}

static bool is_device_path(const char *name)
{
	if (!starts_with(name, "/dev/") || strcmp(name, "/dev/zero") == 0)
		return false;
	for (size_t i = 0; i < sizeof(memory_below_dev) / sizeof(memory_below_dev[0]); i++)
		if (starts_with(name, memory_below_dev[i]))
			return false;
	return true;
}

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

static bool settle(struct vma *vma, enum kind kind)
{
	vma->kind = kind;
	vma->kind_source = KIND_SOURCE_NAME;
	return true;
}

/* Kinds that a page without access inside is not: it guards or reserves. */
static bool needs_access(enum kind kind)
{
	return kind == KIND_HEAP || kind == KIND_STACK || kind == KIND_THREAD_STACK ||
	       kind == KIND_ARENA;
}

bool classify_name_settle(struct vma *vma)
{
	const struct name_rule *rule;

	/* Most VMAs have no name or an ordinary path. */
	if (!vma->name[0])
		return false;
	if (is_device_path(vma->name))
		return settle(vma, KIND_DEVICE);
	rule = find_rule(settling, sizeof(settling) / sizeof(settling[0]), vma->name);
	if (!rule || (needs_access(rule->kind) && !(vma->perms & PERM_ACCESS)))
		return false;
	if (rule->kind == KIND_THREAD_STACK)
		vma->tid = name_tid(vma->name);
	return settle(vma, rule->kind);
}

bool classify_name_memory(struct vma *vma)
{
	const struct name_rule *rule;

	if (!vma->name[0])
		return false;
	rule = find_rule(memory, sizeof(memory) / sizeof(memory[0]), vma->name);
	if (!rule)
		return false;
	if (vma->perms & PERM_EXEC) {
		vma->kind = KIND_JIT;
		vma->kind_source = KIND_SOURCE_PERMISSIONS;
		return true;
	}
	return settle(vma, vma->perms & PERM_SHARED ? KIND_SHARED : rule->kind);
}

bool classify_name_is_anonymous(const struct vma *vma)
{
	if (vma->perms & PERM_SHARED)
		return false;
	return (!vma->inode && (!vma->name[0] || starts_with(vma->name, "[anon:"))) ||
	       strcmp(vma->name, "/anon_hugepage") == 0;
}

bool classify_name_is_arena(const struct vma *vma)
{
	return strcmp(vma->name, ARENA_NAME) == 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "model/name_rule.h"
#include "model/vma.h"

/* A VMA as the kernel lists it for what the rule is about. */
static struct vma make(const struct name_rule *rule)
{
	static const uint8_t file_systems[] = {
		[NAME_ANYWHERE] = FILE_SYSTEM_UNKNOWN, [NAME_UNMOUNTED] = FILE_SYSTEM_ABSENT,
		[NAME_SHMEM] = FILE_SYSTEM_SHMEM,      [NAME_SECRETMEM] = FILE_SYSTEM_SECRETMEM,
		[NAME_TMPFS] = FILE_SYSTEM_TMPFS,      [NAME_HUGETLBFS] = FILE_SYSTEM_HUGETLBFS,
		[NAME_DEVICES] = FILE_SYSTEM_DEVICES,  [NAME_ZEROES] = FILE_SYSTEM_ZEROES,
		[NAME_KERNEL] = FILE_SYSTEM_KERNEL,    [NAME_NOT_LOOKED] = FILE_SYSTEM_UNKNOWN,
	};
	struct vma vma = {
		.start = 0x1000,
		.end = 0x2000,
		.perms = PERM_READ | PERM_WRITE,
		.name = rule->example ? rule->example : rule->name,
		.file_system = file_systems[rule->place],
		.deleted = rule->place == NAME_SHMEM || rule->place == NAME_SECRETMEM,
	};

	if (vma.name[0] != '[') {
		vma.inode = 7;
		vma.dev_minor = 1;
	}
	return vma;
}

static void every_rule_finds_its_example(void **state)
{
	size_t count;
	const struct name_rule *rules = name_rule_table(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		struct vma vma = make(&rules[i]);

		if (name_rule_find(&vma) != &rules[i])
			fail_msg("%s is taken for another rule's", vma.name);
	}
}

static void a_file_on_a_disk_may_have_any_name(void **state)
{
	size_t count;
	const struct name_rule *rules = name_rule_table(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		struct vma vma = make(&rules[i]);

		if (vma.name[0] != '/')
			continue;
		vma.dev_major = 0xfe;
		for (int deleted = 0; deleted <= 1; deleted++) {
			vma.deleted = deleted;
			vma.file_system = FILE_SYSTEM_ORDINARY;
			assert_null(name_rule_find(&vma));
			vma.file_system = FILE_SYSTEM_UNKNOWN;
			assert_null(name_rule_find(&vma));
			/* Nor need a file system without a disk have been the kernel's own. */
			vma.dev_major = 0;
			vma.file_system = FILE_SYSTEM_ORDINARY;
			assert_null(name_rule_find(&vma));
			vma.dev_major = 0xfe;
		}
	}
}

static void names_of_shared_memory_need_the_kernels_own_tmpfs(void **state)
{
	static const uint8_t others[] = {FILE_SYSTEM_TMPFS, FILE_SYSTEM_ABSENT,
					 FILE_SYSTEM_SECRETMEM};
	struct vma vma = {.name = "/memfd:x", .inode = 7, .dev_minor = 0x2d, .deleted = true};

	(void)state;
	for (size_t i = 0; i < sizeof(others); i++) {
		const struct name_rule *rule;

		vma.file_system = others[i];
		rule = name_rule_find(&vma);
		assert_true(!rule || rule->name[0] == '\0');
	}
	vma.file_system = FILE_SYSTEM_SHMEM;
	assert_string_equal(name_rule_find(&vma)->name, "/memfd:");
	/* In huge pages. */
	vma.file_system = FILE_SYSTEM_HUGETLBFS;
	assert_string_equal(name_rule_find(&vma)->name, "/memfd:");
	/* Nobody looked; but a memfd never has a name. */
	vma.file_system = FILE_SYSTEM_UNKNOWN;
	assert_string_equal(name_rule_find(&vma)->name, "/memfd:");
	vma.deleted = false;
	assert_null(name_rule_find(&vma));
}

/* The first segment of shared memory has the id 0, which is its inode. */
static void the_first_segment_of_sysv_has_no_inode(void **state)
{
	struct vma vma = {.name = "/SYSV00000000",
			  .dev_minor = 1,
			  .deleted = true,
			  .file_system = FILE_SYSTEM_SHMEM};

	(void)state;
	assert_string_equal(name_rule_find(&vma)->name, "/SYSV");
}

static void ordinary_memory_has_no_rule(void **state)
{
	const struct vma anonymous = {.name = ""};
	const struct vma file = {
		.name = "/srv/x", .inode = 7, .dev_minor = 0x30, .file_system = FILE_SYSTEM_ABSENT};

	(void)state;
	assert_null(name_rule_find(&anonymous));
	assert_null(name_rule_find(&file));
}

/* Whose rule holds for a name in another file system, too. */
static bool holds_in(const struct name_rule *rule, uint8_t file_system)
{
	switch (rule->place) {
	case NAME_SHMEM:
		return file_system == FILE_SYSTEM_SHMEM || file_system == FILE_SYSTEM_HUGETLBFS;
	case NAME_UNMOUNTED: return file_system == FILE_SYSTEM_ABSENT;
	case NAME_SECRETMEM: return file_system == FILE_SYSTEM_SECRETMEM;
	default: return true;
	}
}

static void the_kernels_own_files_need_their_file_system_and_no_disk(void **state)
{
	size_t count;
	const struct name_rule *rules = name_rule_table(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		struct vma vma = make(&rules[i]);

		if (vma.name[0] != '/' || holds_in(&rules[i], FILE_SYSTEM_COUNT))
			continue;
		for (uint8_t other = FILE_SYSTEM_UNKNOWN + 1; other < FILE_SYSTEM_COUNT; other++) {
			vma.file_system = other;
			if ((name_rule_find(&vma) == &rules[i]) != holds_in(&rules[i], other))
				fail_msg("%s in file system %d", vma.name, other);
		}
		/* Nobody looked: it is as likely as the rest says. */
		vma.file_system = FILE_SYSTEM_UNKNOWN;
		assert_ptr_equal(name_rule_find(&vma), &rules[i]);
		vma.dev_major = 8;
		assert_ptr_not_equal(name_rule_find(&vma), &rules[i]);
		vma = make(&rules[i]);
		vma.dev_minor = 0;
		assert_ptr_not_equal(name_rule_find(&vma), &rules[i]);
		vma = make(&rules[i]);
		if (!vma.deleted)
			continue;
		vma.deleted = false;
		assert_ptr_not_equal(name_rule_find(&vma), &rules[i]);
	}
}

/* Memory that everyone may write to may hold anything; devices and the kernel's own are what they
 * are. */
static void memory_is_what_may_be_shared(void **state)
{
	size_t count, memory = 0;
	const struct name_rule *rules = name_rule_table(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		const bool is_memory = name_rule_is_memory(&rules[i]);

		memory += is_memory;
		if (rules[i].place == NAME_DEVICES && !strcmp(rules[i].name, ""))
			assert_false(is_memory);
		if (rules[i].place == NAME_HUGETLBFS || rules[i].place == NAME_ZEROES)
			assert_true(is_memory);
	}
	assert_true(memory > 0 && memory < count);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_rule_finds_its_example),
		cmocka_unit_test(a_file_on_a_disk_may_have_any_name),
		cmocka_unit_test(names_of_shared_memory_need_the_kernels_own_tmpfs),
		cmocka_unit_test(the_first_segment_of_sysv_has_no_inode),
		cmocka_unit_test(ordinary_memory_has_no_rule),
		cmocka_unit_test(the_kernels_own_files_need_their_file_system_and_no_disk),
		cmocka_unit_test(memory_is_what_may_be_shared),
	};

	return cmocka_run_group_tests_name("name_rule", tests, NULL, NULL);
}

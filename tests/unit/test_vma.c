/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>

#include "base/text.h"
#include "model/file_system.h"
#include "model/kind.h"
#include "model/vma.h"

static void tells_files_from_other_memory(void **state)
{
	struct vma file = {.start = 0x1000, .end = 0x3000, .inode = 5, .name = "/x"};
	struct vma same = file, other = file, heap = {.name = "[heap]"};

	(void)state;
	assert_int_equal(vma_size(&file), 0x2000);
	assert_true(vma_has_file(&file));
	assert_false(vma_has_file(&heap));
	assert_true(vma_same_file(&file, &same));
	other.dev_minor = 1;
	assert_false(vma_same_file(&file, &other));
	other = file;
	other.inode = 6;
	assert_false(vma_same_file(&file, &other));
	assert_false(vma_same_file(&heap, &heap));
	/* Equal numbers, as btrfs gives them to files of different subvolumes. */
	other = file;
	other.name = "/y";
	assert_false(vma_same_file(&file, &other));
	other = file;
	other.deleted = true;
	assert_false(vma_same_file(&file, &other));
	other = file;
	other.twin = 1;
	assert_false(vma_same_file(&file, &other));
	other = file;
	other.name = (const char[]){"/x"};
	assert_true(vma_same_file(&file, &other));
}

static void writes_permissions(void **state)
{
	struct vma vma = {.name = ""};
	char out[PERMS_LENGTH];

	(void)state;
	assert_string_equal(vma_perms(&vma, out), "---p");
	vma.perms = PERM_READ | PERM_EXEC;
	assert_string_equal(vma_perms(&vma, out), "r-xp");
	assert_false(vma_is_writable_executable(&vma));
	vma.perms = PERM_READ | PERM_WRITE | PERM_EXEC | PERM_SHARED;
	assert_string_equal(vma_perms(&vma, out), "rwxs");
	assert_true(vma_is_writable_executable(&vma));
}

static void labels_are_short_and_safe(void **state)
{
	static const struct {
		struct vma vma;
		const char *label;
	} examples[] = {
		{{.name = "/lib/libc.so.6", .kind = KIND_TEXT}, "libc.so.6"},
		{{.name = "/odd/", .kind = KIND_FILE}, "/odd/"},
		{{.name = "/tmp/a\x1b[2J", .kind = KIND_FILE}, "a\\x1b[2J"},
		{{.name = "[heap]", .kind = KIND_HEAP}, "[heap]"},
		{{.name = "", .kind = KIND_THREAD_STACK, .tid = 4711}, "thread-stack 4711"},
		{{.name = "", .kind = KIND_THREAD_STACK}, "thread-stack"},
		{{.name = "[anon: glibc: malloc arena]", .kind = KIND_ARENA}, "arena"},
		{{.name = "", .kind = KIND_ANON}, "anon"},
		{{.name = "", .kind = KIND_BSS}, "bss"},
		{{.name = "", .kind = KIND_ANON, .perms = PERM_READ, .runtime = RUNTIME_V8},
		 "V8 heap"},
		{{.name = "", .kind = KIND_RESERVE, .runtime = RUNTIME_V8}, "V8 heap (reserve)"},
		{{.name = "", .kind = KIND_GUARD, .runtime = RUNTIME_V8}, "V8 heap (guard)"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		struct text text = {0};

		vma_append_label(&text, &examples[i].vma);
		assert_string_equal(text_string(&text), examples[i].label);
		text_finish(&text);
	}
}

static void what_has_no_name_goes_by_the_name_of_its_kind(void **state)
{
	(void)state;
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		struct text text = {0};

		vma_append_label(&text, &(struct vma){.name = "", .kind = (enum kind)kind});
		assert_string_equal(text_string(&text), kind_name((enum kind)kind));
		text_finish(&text);
	}
}

static void stacks_are_called_by_their_thread(void **state)
{
	struct vma vma = {.name = "", .kind = KIND_THREAD_STACK};
	struct text text = {0};

	(void)state;
	vma_append_label(&text, &vma);
	vma.tid = 4711;
	text_append(&text, ", ");
	vma_append_label(&text, &vma);
	vma.alternate = true;
	text_append(&text, ", ");
	vma_append_label(&text, &vma);
	assert_string_equal(text_string(&text),
			    "thread-stack, thread-stack 4711, signal or fiber stack 4711");
	text_finish(&text);
}

static void permissions_agree_as_far_as_they_are_known(void **state)
{
	(void)state;
	assert_true(vma_perms_agree(PERM_READ, PERM_READ));
	assert_false(vma_perms_agree(PERM_READ, PERM_READ | PERM_WRITE));
	assert_false(vma_perms_agree(PERM_READ, PERM_READ | PERM_SHARED));
	assert_true(vma_perms_agree(PERM_READ | PERM_SHARING_UNKNOWN, PERM_READ | PERM_SHARED));
	assert_true(vma_perms_agree(PERM_READ, PERM_READ | PERM_SHARING_UNKNOWN));
	assert_false(vma_perms_agree(PERM_READ | PERM_SHARING_UNKNOWN, PERM_WRITE));
	assert_true(vma_perms_agree(PERM_ACCESS_UNKNOWN, PERM_WRITE));
	assert_false(vma_perms_agree(PERM_ACCESS_UNKNOWN, PERM_WRITE | PERM_SHARED));
}

static void what_is_not_known_has_its_sign(void **state)
{
	char out[PERMS_LENGTH];
	struct vma vma = {.perms = PERM_READ | PERM_SHARING_UNKNOWN};

	(void)state;
	assert_true(vma_is_numbered(&vma));
	assert_string_equal(vma_perms(&vma, out), "r--?");
	vma.perms = PERM_ACCESS_UNKNOWN;
	assert_string_equal(vma_perms(&vma, out), "???p");
	vma.perms |= PERM_SHARED;
	assert_string_equal(vma_perms(&vma, out), "???s");
	vma.dev_major = VMA_UNNUMBERED;
	assert_false(vma_is_numbered(&vma));
}

/* Only the two names that the kernel gives such memory, and no file of tmpfs that has one of them.
 */
static void shared_memory_without_a_file_has_a_name_of_its_own(void **state)
{
	static const struct {
		const char *name;
		bool is_anonymous;
	} cases[] = {
		{"/dev/zero", true}, {"/anon_hugepage", true}, {"/memfd:x", false}, {"", false}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct vma vma = {.start = 4096,
				  .end = 8192,
				  .kind = KIND_SHARED,
				  .name = cases[i].name,
				  .file_system = FILE_SYSTEM_SHMEM};

		assert_int_equal(vma_shared_anonymous(&vma) != NULL, cases[i].is_anonymous);
		vma.file_system = FILE_SYSTEM_TMPFS;
		assert_null(vma_shared_anonymous(&vma));
		vma.file_system = FILE_SYSTEM_SHMEM;
		vma.kind = KIND_FILE;
		assert_null(vma_shared_anonymous(&vma));
	}
}

static void equal_is_what_is_equal_in_all_but_the_name(void **state)
{
	static const struct vma first = {.start = 4096, .end = 8192, .name = "a"};
	struct vma renamed = first;

	(void)state;
	renamed.name = "b";
	assert_true(vma_equal(&first, &renamed));
	for (int field = 0; field < 18; field++) {
		struct vma vma = first;

		switch (field) {
		case 0: vma.start = 0; break;
		case 1: vma.end = 12288; break;
		case 2: vma.offset = 4096; break;
		case 3: vma.inode = 1; break;
		case 4: vma.dev_major = 1; break;
		case 5: vma.dev_minor = 1; break;
		case 6: vma.tid = 1; break;
		case 7: vma.perms = PERM_READ; break;
		case 8: vma.kind = 1; break;
		case 9: vma.kind_source = 1; break;
		case 10: vma.owner = 1; break;
		case 11: vma.file_system = 1; break;
		case 12: vma.huge_shift = 21; break;
		case 13: vma.identity = 1; break;
		case 14: vma.runtime = 1; break;
		case 15: vma.twin = 1; break;
		case 16: vma.deleted = true; break;
		default: vma.alternate = true; break;
		}
		assert_false(vma_equal(&first, &vma));
		assert_false(vma_equal(&vma, &first));
		assert_true(vma_equal(&vma, &vma));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(permissions_agree_as_far_as_they_are_known),
		cmocka_unit_test(what_is_not_known_has_its_sign),
		cmocka_unit_test(tells_files_from_other_memory),
		cmocka_unit_test(writes_permissions),
		cmocka_unit_test(labels_are_short_and_safe),
		cmocka_unit_test(what_has_no_name_goes_by_the_name_of_its_kind),
		cmocka_unit_test(stacks_are_called_by_their_thread),
		cmocka_unit_test(shared_memory_without_a_file_has_a_name_of_its_own),
		cmocka_unit_test(equal_is_what_is_equal_in_all_but_the_name),
	};

	return cmocka_run_group_tests_name("vma", tests, NULL, NULL);
}

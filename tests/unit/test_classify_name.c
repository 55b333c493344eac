/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "maps_lines.h"
#include "model/classify_name.h"

struct example {
	const char *line;
	enum kind kind; /* KIND_COUNT: not settled */
	int32_t tid;
};

#define ANON(perms, name)  "1000-2000 " perms " 00000000 00:00 0 " name
#define DISK(perms, name)  "1000-2000 " perms " 00000000 fe:00 7 " name
#define FILE_(perms, name) "1000-2000 " perms " 00000000 00:01 7 " name

static struct vma parse(struct maps_lines *lines, const char *line)
{
	maps_lines_init(lines, line);
	assert_int_equal(lines->count, 1);
	return lines->vmas[0];
}

static void check(const struct example *examples, size_t count, bool (*ask)(struct vma *vma))
{
	for (size_t i = 0; i < count; i++) {
		struct maps_lines lines;
		struct vma vma = parse(&lines, examples[i].line);
		bool settled = ask(&vma);

		if (vma.kind != examples[i].kind || settled != (examples[i].kind != KIND_COUNT) ||
		    vma.tid != examples[i].tid)
			fail_msg("%s: kind %d tid %d", examples[i].line, vma.kind, vma.tid);
		maps_lines_finish(&lines);
	}
}

static void settles_by_the_kernels_and_the_c_librarys_names(void **state)
{
	static const struct example examples[] = {
		{ANON("rw-p", "[heap]"), KIND_HEAP, 0},
		{ANON("rw-p", "[stack]"), KIND_STACK, 0},
		{ANON("rw-p", "[stack:4711]"), KIND_THREAD_STACK, 4711},
		{ANON("r-xp", "[vdso]"), KIND_VDSO, 0},
		{ANON("r-xp", "[uprobes]"), KIND_VDSO, 0},
		{ANON("r-xp", "[sigpage]"), KIND_VDSO, 0},
		{ANON("r-xp", "[vectors]"), KIND_VDSO, 0},
		{ANON("r--p", "[vvar]"), KIND_VVAR, 0},
		{ANON("r--p", "[vvar_vclock]"), KIND_VVAR, 0},
		{ANON("--xp", "[vsyscall]"), KIND_VSYSCALL, 0},
		{ANON("rw-p", "[anon: glibc: malloc arena]"), KIND_ARENA, 0},
		{ANON("rw-p", "[anon: glibc: pthread stack: 99]"), KIND_THREAD_STACK, 99},
		{ANON("rw-p", "[anon: glibc: pthread user stack: 98]"), KIND_THREAD_STACK, 98},
		{ANON("rw-p", "[anon:stack_and_tls:97]"), KIND_THREAD_STACK, 97},
		{ANON("rw-p", "[anon: glibc: pthread stack: 99999999999]"), KIND_THREAD_STACK, 0},
		{ANON("rw-p", "[anon: glibc: pthread stack: x"), KIND_THREAD_STACK, 0},
		{FILE_("rw-s", "anon_inode:[perf_event]"), KIND_DEVICE, 0},
		{FILE_("rw-s", "/dev/dri/card0"), KIND_DEVICE, 0},
		{FILE_("rw-s", "/dmabuf:"), KIND_DEVICE, 0},
		{FILE_("rw-s", "/[aio] (deleted)"), KIND_DEVICE, 0},
		{FILE_("rw-s", "socket:[123]"), KIND_DEVICE, 0},
		/* Of these also what cannot be accessed. */
		{FILE_("---s", "socket:[123]"), KIND_DEVICE, 0},
		{ANON("---p", "[vvar]"), KIND_VVAR, 0},
		{ANON("---p", "[vdso]"), KIND_VDSO, 0},
		{FILE_("rw-s", "/sys/devices/pci0000:00/0000:00:02.0/resource0"), KIND_DEVICE, 0},
	};

	(void)state;
	check(examples, sizeof(examples) / sizeof(examples[0]), classify_name_settle);
}

static void leaves_other_names_alone(void **state)
{
	static const struct example examples[] = {
		{ANON("rw-p", ""), KIND_COUNT, 0},
		{ANON("rw-p", "[heap"), KIND_COUNT, 0},
		{ANON("---p", "[heap]"), KIND_COUNT, 0},
		{ANON("---p", "[stack]"), KIND_COUNT, 0},
		{ANON("---p", "[stack:4711]"), KIND_COUNT, 0},
		{ANON("---p", "[anon: glibc: malloc arena]"), KIND_COUNT, 0},
		{ANON("rw-p", "[anon: glibc: malloc]"), KIND_COUNT, 0},
		{FILE_("rw-p", "/tmp/[heap]"), KIND_COUNT, 0},
		{FILE_("rw-p", "/tmp/[stack:12]"), KIND_COUNT, 0},
		{FILE_("rw-s", "/dev/shm/x"), KIND_COUNT, 0},
		{FILE_("rw-s", "/dev/zero (deleted)"), KIND_COUNT, 0},
		{FILE_("rw-s", "/devices/x"), KIND_COUNT, 0},
		/* Files on a disk. */
		{DISK("rw-s", "/dev/dri/card0"), KIND_COUNT, 0},
		{DISK("rw-s", "/dmabuf:"), KIND_COUNT, 0},
		{DISK("rw-s", "/[aio] (deleted)"), KIND_COUNT, 0},
	};

	(void)state;
	check(examples, sizeof(examples) / sizeof(examples[0]), classify_name_settle);
}

static void knows_memory_by_its_name(void **state)
{
	static const struct example examples[] = {
		{ANON("rw-s", "[anon_shmem:cache]"), KIND_SHARED, 0},
		{FILE_("rw-s", "/memfd:my memfd (deleted)"), KIND_SHARED, 0},
		{FILE_("rw-s", "/SYSV00000000 (deleted)"), KIND_SHARED, 0},
		{FILE_("r--s", "/dev/shm/pulse"), KIND_SHARED, 0},
		{FILE_("rw-s", "/dev/zero (deleted)"), KIND_SHARED, 0},
		{FILE_("rw-p", "/dev/zero"), KIND_ANON, 0},
		{FILE_("rw-s", "/anon_hugepage (deleted)"), KIND_SHARED, 0},
		{FILE_("rw-p", "/anon_hugepage (deleted)"), KIND_ANON, 0},
		{FILE_("rw-s", "/dev/hugepages/pool"), KIND_SHARED, 0},
		{ANON("rw-p", "[anon: glibc: malloc]"), KIND_ANON, 0},
		{ANON("rw-p", "[anon:my cache]"), KIND_ANON, 0},
		/* Executable memory without a lasting file is generated code. */
		{FILE_("r-xs", "/memfd:doublemapper (deleted)"), KIND_JIT, 0},
		{FILE_("rwxs", "/dev/zero (deleted)"), KIND_JIT, 0},
		{ANON("r-xp", "[anon:v8]"), KIND_JIT, 0},
		{FILE_("rw-s", "/secretmem (deleted)"), KIND_SHARED, 0},
		{FILE_("rw-s", "/srv/memfd:x"), KIND_COUNT, 0},
		{ANON("rw-p", ""), KIND_COUNT, 0},
		/* Files on a disk, or at least with a name. */
		{DISK("rw-s", "/memfd:x (deleted)"), KIND_COUNT, 0},
		{DISK("rw-s", "/SYSV00000000 (deleted)"), KIND_COUNT, 0},
		{DISK("rw-s", "/dev/zero (deleted)"), KIND_COUNT, 0},
		{DISK("rw-s", "/secretmem (deleted)"), KIND_COUNT, 0},
		{FILE_("rw-s", "/memfd:x"), KIND_COUNT, 0},
		{FILE_("rw-s", "/SYSV00000000"), KIND_COUNT, 0},
	};

	(void)state;
	check(examples, sizeof(examples) / sizeof(examples[0]), classify_name_memory);
}

static void knows_anonymous_memory(void **state)
{
	static const struct {
		const char *line;
		bool anonymous;
	} examples[] = {
		{ANON("rw-p", ""), true},
		{ANON("rw-p", "[anon:.bss]"), true},
		{FILE_("r-xp", "/anon_hugepage (deleted)"), true},
		{FILE_("rw-p", "/dev/zero"), true},
		{DISK("rw-p", "/anon_hugepage (deleted)"), false},
		{DISK("rw-p", "/dev/zero"), false},
		{ANON("rw-s", ""), false},
		{FILE_("rw-p", "/tmp/x"), false},
		{ANON("r--p", "[vvar]"), false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		struct maps_lines lines;
		struct vma vma = parse(&lines, examples[i].line);

		assert_int_equal(classify_name_is_anonymous(&vma), examples[i].anonymous);
		maps_lines_finish(&lines);
	}
}

/* Whatever its path, a file of these is what its file system says. */
static void file_systems_decide_where_they_are_known(void **state)
{
	static const struct {
		uint8_t file_system;
		const char *perms;
		uint8_t kind; /* KIND_COUNT: it is as any other file */
	} examples[] = {
		{FILE_SYSTEM_HUGETLBFS, "rw-s", KIND_SHARED},
		{FILE_SYSTEM_HUGETLBFS, "rw-p", KIND_SHARED},
		{FILE_SYSTEM_TMPFS, "rw-s", KIND_SHARED},
		{FILE_SYSTEM_TMPFS, "r--p", KIND_COUNT},
		{FILE_SYSTEM_TMPFS, "r-xp", KIND_COUNT},
		{FILE_SYSTEM_TMPFS, "r-xs", KIND_JIT},
		{FILE_SYSTEM_DEVICES, "rw-s", KIND_DEVICE},
		{FILE_SYSTEM_ZEROES, "rw-p", KIND_ANON},
		{FILE_SYSTEM_KERNEL, "rw-s", KIND_DEVICE},
		{FILE_SYSTEM_ORDINARY, "rw-s", KIND_COUNT},
		{FILE_SYSTEM_ABSENT, "rw-s", KIND_COUNT},
	};
	static const char *const names[] = {"/srv/x", "/dev/x",   "/dev/hugepages/x", "/dev/shm/x",
					    "/sys/x", "/memfd:x", "/proc/x"};

	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++)
		for (size_t j = 0; j < sizeof(names) / sizeof(names[0]); j++) {
			char line[128];
			struct maps_lines lines;
			struct vma vma;

			snprintf(line, sizeof(line), "1000-2000 %s 0 00:2c 7 %s", examples[i].perms,
				 names[j]);
			vma = parse(&lines, line);
			vma.file_system = examples[i].file_system;
			if (!classify_name_settle(&vma))
				classify_name_memory(&vma);
			if (vma.kind != examples[i].kind)
				fail_msg("%s: kind %d", line, vma.kind);
			maps_lines_finish(&lines);
		}
}

/* Of a core file neither the numbers of files are known nor whether they are shared. */
static void files_without_numbers_go_by_their_names(void **state)
{
	static const struct {
		const char *name;
		bool deleted;
		enum kind settled, memory; /* KIND_COUNT: not by that */
	} files[] = {
		{"/usr/lib/libx.so", false, KIND_COUNT, KIND_COUNT},
		{"/usr/lib/libx.so", true, KIND_COUNT, KIND_COUNT},
		{"/memfd:pool", true, KIND_COUNT, KIND_SHARED},
		{"/dev/zero", true, KIND_COUNT, KIND_SHARED},
		{"/dev/shm/queue", false, KIND_COUNT, KIND_SHARED},
		{"/dev/nvidia0", false, KIND_DEVICE, KIND_COUNT},
		{"anon_inode:[perf_event]", false, KIND_DEVICE, KIND_COUNT},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct vma vma = {.name = files[i].name,
				  .deleted = files[i].deleted,
				  .inode = 1,
				  .dev_major = VMA_UNNUMBERED,
				  .perms = PERM_READ | PERM_SHARING_UNKNOWN,
				  .kind = KIND_COUNT};

		assert_int_equal(classify_name_settle(&vma), files[i].settled != KIND_COUNT);
		assert_int_equal(vma.kind, files[i].settled);
		vma.kind = KIND_COUNT;
		if (files[i].settled == KIND_COUNT) {
			assert_int_equal(classify_name_memory(&vma), files[i].memory != KIND_COUNT);
			assert_int_equal(vma.kind, files[i].memory);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_without_numbers_go_by_their_names),
		cmocka_unit_test(settles_by_the_kernels_and_the_c_librarys_names),
		cmocka_unit_test(leaves_other_names_alone),
		cmocka_unit_test(knows_memory_by_its_name),
		cmocka_unit_test(knows_anonymous_memory),
		cmocka_unit_test(file_systems_decide_where_they_are_known),
	};

	return cmocka_run_group_tests_name("classify_name", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "elf_bytes.h"
#include "files/elf_cache.h"
#include "files/errands.h"
#include "files/scout.h"
#include "maps_lines.h"
#include "model/elf_image.h"
#include "model/file_identity.h"

/* A recorded process: its folder, and below it a root with one library. */
struct recorded {
	char path[64];
	int directory;
	struct vma vmas[2]; /* the library's code and data */
	struct errands errands;
	struct elf_cache *cache;
};

static void write_library(const struct recorded *recorded, const void *bytes, size_t size)
{
	int file = openat(recorded->directory, "root/lib/x", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	assert_true(file >= 0);
	assert_int_equal(write(file, bytes, size), size);
	assert_int_equal(ftruncate(file, (off_t)size), 0);
	close(file);
}

static int set_up(void **state)
{
	struct recorded *recorded = memory_alloc(sizeof(*recorded));
	struct elf_bytes elf = elf_bytes_make();
	struct stat stat;

	snprintf(recorded->path, sizeof(recorded->path), "elf-cache-XXXXXX");
	assert_non_null(mkdtemp(recorded->path));
	recorded->directory = open(recorded->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(mkdirat(recorded->directory, "root", 0700), 0);
	assert_int_equal(mkdirat(recorded->directory, "root/lib", 0700), 0);
	write_library(recorded, &elf, sizeof(elf));
	assert_int_equal(fstatat(recorded->directory, "root/lib/x", &stat, 0), 0);
	recorded->vmas[0] = (struct vma){
		.start = 0x10000,
		.end = 0x12000,
		.inode = stat.st_ino,
		.dev_major = major(stat.st_dev),
		.dev_minor = minor(stat.st_dev),
		.perms = PERM_READ | PERM_EXEC,
		.name = "/lib/x",
	};
	recorded->vmas[1] = recorded->vmas[0];
	recorded->vmas[1].start = 0x12000;
	recorded->vmas[1].end = 0x13000;
	recorded->vmas[1].perms = PERM_READ | PERM_WRITE;
	errands_init(&recorded->errands);
	/* However busy the machine is, files are waited for. */
	recorded->errands.plan.limit = recorded->errands.plan.patience = INT64_MAX / 4;
	recorded->cache = elf_cache_create(&recorded->errands);
	*state = recorded;
	return 0;
}

static int tear_down(void **state)
{
	struct recorded *recorded = *state;

	elf_cache_destroy(recorded->cache);
	errands_finish(&recorded->errands);
	unlinkat(recorded->directory, "root/lib/x", 0);
	unlinkat(recorded->directory, "root/lib/y", 0);
	unlinkat(recorded->directory, "exe", 0);
	unlinkat(recorded->directory, "root/lib", AT_REMOVEDIR);
	unlinkat(recorded->directory, "root", AT_REMOVEDIR);
	close(recorded->directory);
	assert_int_equal(rmdir(recorded->path), 0);
	free(recorded);
	return 0;
}

static void look_up_vmas(struct recorded *recorded, struct vma *vmas, size_t vma_count,
			 const struct elf_file **ret_files, size_t *ret_count)
{
	const struct scout scout = {&recorded->errands, recorded->directory, 0};

	elf_cache_ask(recorded->cache, &scout, vmas, vma_count);
	elf_cache_take(recorded->cache, &scout, ret_files, ret_count);
}

/* Looks the two mappings up; the one file they are of. */
static const struct elf_file *look_up(struct recorded *recorded)
{
	const struct elf_file *files = NULL;
	size_t count = 99;

	look_up_vmas(recorded, recorded->vmas, 2, &files, &count);
	assert_int_equal(count, 1);
	assert_int_equal(files[0].key.inode, recorded->vmas[0].inode);
	assert_int_equal(files[0].key.dev_major, recorded->vmas[0].dev_major);
	assert_int_equal(files[0].key.dev_minor, recorded->vmas[0].dev_minor);
	return files;
}

static void finds_the_file_below_the_targets_root(void **state)
{
	const struct elf_file *file = look_up(*state);

	assert_true(file->readable);
	assert_int_equal(file->image->segment_count, 2);
}

static void the_same_mappings_cost_no_system_call(void **state)
{
	struct recorded *recorded = *state;
	const struct elf_image *image = look_up(recorded)->image;
	int directory = recorded->directory;

	recorded->directory = -1; /* nothing can be opened any more */
	for (int i = 0; i < 200; i++)
		assert_ptr_equal(look_up(recorded)->image, image);
	recorded->directory = directory;
}

static void a_changed_file_is_read_again(void **state)
{
	struct recorded *recorded = *state;
	struct elf_bytes elf = elf_bytes_make();

	assert_int_equal(look_up(recorded)->image->segment_count, 2);
	elf.header.e_phnum = 1;
	write_library(recorded, &elf, sizeof(elf) - sizeof(Elf64_Phdr));
	/* Its mappings changed, so it is looked at. */
	recorded->vmas[1].end += 0x1000;
	assert_int_equal(look_up(recorded)->image->segment_count, 1);
	/* Its mappings stay: within a number of look-ups it is looked at all the same. */
	write_library(recorded, "no ELF", 6);
	for (int i = 0; i < 100; i++)
		look_up(recorded);
	assert_true(look_up(recorded)->readable);
	assert_null(look_up(recorded)->image);
}

/* A step of a hash without a key. */
static uint64_t plain_step(uint64_t hash)
{
	const uint64_t golden = UINT64_C(0x9e3779b97f4a7c15);

	hash = (hash ^ (hash >> 32)) * golden;
	hash = (hash ^ (hash >> 29)) * golden;
	return hash ^ (hash >> 32);
}

static uint64_t plain_range(const struct vma *vma)
{
	return plain_step(plain_step(plain_step(vma->start) + vma->end) + vma->offset);
}

/* One file comes for another whose number makes the plain hash of all mappings the same. */
static void no_process_can_hide_a_change(void **state)
{
	struct recorded *recorded = *state;
	struct vma vma = recorded->vmas[0];
	uint64_t before = plain_range(&vma);
	const struct elf_file *files = NULL;
	size_t count = 0;

	look_up_vmas(recorded, &vma, 1, &files, &count);
	vma.end += 0x1000;
	vma.inode += before - plain_range(&vma);
	look_up_vmas(recorded, &vma, 1, &files, &count);
	assert_int_equal(count, 1);
	assert_true(files[0].key.inode == vma.inode);
}

static void what_was_read_holds_while_it_stays_mapped(void **state)
{
	struct recorded *recorded = *state;

	look_up(recorded);
	unlinkat(recorded->directory, "root/lib/x", 0);
	recorded->vmas[1].end += 0x1000;
	assert_non_null(look_up(recorded)->image);
}

static void what_was_read_holds_when_it_is_deleted(void **state)
{
	struct recorded *recorded = *state;
	const struct elf_image *image = look_up(recorded)->image;

	unlinkat(recorded->directory, "root/lib/x", 0);
	recorded->vmas[0].deleted = recorded->vmas[1].deleted = true;
	assert_ptr_equal(look_up(recorded)->image, image);
	assert_int_equal(look_up(recorded)->identity, FILE_IDENTITY_LIKELY);
}

/* A new file at the place of a deleted one, with its numbers: what was read is the old one's. */
static void a_deleted_file_keeps_its_own(void **state)
{
	struct recorded *recorded = *state;
	struct vma vmas[2] = {recorded->vmas[0], recorded->vmas[0]};
	const struct elf_file *files;
	size_t count;

	look_up_vmas(recorded, vmas, 2, &files, &count);
	assert_int_equal(count, 1);
	vmas[1].deleted = true;
	look_up_vmas(recorded, vmas, 2, &files, &count);
	assert_int_equal(count, 2);
	assert_true(files[0].readable && !files[0].key.deleted);
	assert_false(files[1].readable);
	assert_true(files[1].key.deleted);
	assert_int_equal(files[1].identity, FILE_IDENTITY_UNKNOWN);
}

static void equal_numbers_are_not_one_file(void **state)
{
	struct recorded *recorded = *state;
	struct vma vmas[2] = {recorded->vmas[0], recorded->vmas[1]};
	const struct elf_file *files;
	size_t count;

	vmas[1].name = "/lib/y";
	vmas[1].perms = PERM_READ | PERM_EXEC;
	look_up_vmas(recorded, vmas, 2, &files, &count);
	assert_int_equal(count, 2);
	assert_string_equal(files[0].key.name, "/lib/x");
	assert_true(files[0].readable);
	assert_false(files[1].readable);
}

static void a_file_that_is_gone_is_not_readable(void **state)
{
	struct recorded *recorded = *state;

	unlinkat(recorded->directory, "root/lib/x", 0);
	assert_false(look_up(recorded)->readable);
	assert_null(look_up(recorded)->image);
}

static void another_file_is_not_read(void **state)
{
	struct recorded *recorded = *state;

	recorded->vmas[0].inode = ++recorded->vmas[1].inode;
	assert_false(look_up(recorded)->readable);
}

static void a_fifo_or_a_link_is_not_opened(void **state)
{
	struct recorded *recorded = *state;
	struct stat stat;

	assert_int_equal(mkfifoat(recorded->directory, "root/lib/y", 0600), 0);
	fstatat(recorded->directory, "root/lib/y", &stat, 0);
	recorded->vmas[0].name = recorded->vmas[1].name = "/lib/y";
	recorded->vmas[0].inode = recorded->vmas[1].inode = stat.st_ino;
	assert_false(look_up(recorded)->readable);
	unlinkat(recorded->directory, "root/lib/y", 0);
	assert_int_equal(symlinkat("x", recorded->directory, "root/lib/y"), 0);
	fstatat(recorded->directory, "root/lib/y", &stat, AT_SYMLINK_NOFOLLOW);
	recorded->vmas[0].inode = recorded->vmas[1].inode = stat.st_ino;
	assert_false(look_up(recorded)->readable);
}

static void the_exe_link_leads_to_a_deleted_program(void **state)
{
	struct recorded *recorded = *state;

	recorded->vmas[0].name = recorded->vmas[1].name = "/gone";
	assert_int_equal(symlinkat("root/lib/x", recorded->directory, "exe"), 0);
	assert_non_null(look_up(recorded)->image);
}

static void a_newline_in_the_path_is_found(void **state)
{
	struct recorded *recorded = *state;

	assert_int_equal(
		renameat(recorded->directory, "root/lib/x", recorded->directory, "root/lib/a\nb"),
		0);
	recorded->vmas[0].name = recorded->vmas[1].name = "/lib/a\\012b";
	assert_non_null(look_up(recorded)->image);
	unlinkat(recorded->directory, "root/lib/a\nb", 0);
}

static void data_files_and_devices_are_left_alone(void **state)
{
	struct recorded *recorded = *state;

	recorded->vmas[0].perms = PERM_READ | PERM_SHARED;
	recorded->vmas[1].perms = PERM_READ;
	assert_false(look_up(recorded)->readable);
	recorded->vmas[0].perms = PERM_READ | PERM_EXEC;
	recorded->vmas[0].name = recorded->vmas[1].name = "/dev/x";
	assert_false(look_up(recorded)->readable);
}

static void files_come_sorted_and_go_when_unmapped(void **state)
{
	struct recorded *recorded = *state;
	struct vma vmas[3] = {recorded->vmas[0], recorded->vmas[0], recorded->vmas[1]};
	const struct elf_file *files;
	size_t count;

	vmas[0].inode = UINT64_MAX;
	vmas[0].start = 0x1000;
	vmas[0].end = 0x2000;
	look_up_vmas(recorded, vmas, 3, &files, &count);
	assert_int_equal(count, 2);
	assert_int_equal(files[0].key.inode, recorded->vmas[0].inode);
	assert_true(files[0].readable && !files[1].readable);
	for (size_t i = 0; i < 40; i++) {
		vmas[0].start += 0x100;
		look_up_vmas(recorded, vmas, 1, &files, &count);
		assert_int_equal(count, 1);
	}
	look_up_vmas(recorded, vmas, 0, &files, &count);
	assert_int_equal(count, 0);
	assert_non_null(look_up(recorded)->image);
}

/* A helper that is stopped hangs as well as one in a file system that does. */
static void stop_helper(const struct recorded *recorded)
{
	assert_true(recorded->errands.helpers[0].helper.pid > 0);
	assert_int_equal(kill(recorded->errands.helpers[0].helper.pid, SIGSTOP), 0);
	while (helper_get_state(&recorded->errands.helpers[0].helper) == HELPER_RUNNING)
		poll(NULL, 0, 1);
}

static void a_file_system_that_does_not_answer_is_asked_again(void **state)
{
	struct recorded *recorded = *state;
	uint64_t inode = recorded->vmas[0].inode;
	const struct elf_file *file;

	/* Another file, for which a helper is started. */
	recorded->vmas[0].inode = recorded->vmas[1].inode = UINT64_MAX;
	assert_false(look_up(recorded)->stalled);
	stop_helper(recorded);
	recorded->errands.plan.patience = 1;
	recorded->errands.plan.pause_min = recorded->errands.plan.pause_max = INT64_MAX / 4;
	recorded->vmas[0].inode = recorded->vmas[1].inode = inode;
	file = look_up(recorded);
	assert_true(file->stalled && !file->readable);
	/* Not before the pause is over. */
	assert_true(look_up(recorded)->stalled);
	recorded->errands.plan.patience = INT64_MAX / 4;
	recorded->errands.systems[0].again = 0;
	/* Nobody waits for it. */
	while (look_up(recorded)->stalled)
		poll(NULL, 0, 1);
	assert_non_null(look_up(recorded)->image);
	/* What was read once is known, whether the file system goes on answering or not. */
	stop_helper(recorded);
	recorded->errands.plan.patience = 1;
	recorded->vmas[1].end += 0x1000;
	file = look_up(recorded);
	assert_true(file->image && !file->stalled);
}

int main(void)
{
#define IN_TREE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		IN_TREE(finds_the_file_below_the_targets_root),
		IN_TREE(the_same_mappings_cost_no_system_call),
		IN_TREE(a_changed_file_is_read_again),
		IN_TREE(no_process_can_hide_a_change),
		IN_TREE(what_was_read_holds_while_it_stays_mapped),
		IN_TREE(what_was_read_holds_when_it_is_deleted),
		IN_TREE(a_deleted_file_keeps_its_own),
		IN_TREE(equal_numbers_are_not_one_file),
		IN_TREE(a_file_that_is_gone_is_not_readable),
		IN_TREE(another_file_is_not_read),
		IN_TREE(a_fifo_or_a_link_is_not_opened),
		IN_TREE(the_exe_link_leads_to_a_deleted_program),
		IN_TREE(a_newline_in_the_path_is_found),
		IN_TREE(data_files_and_devices_are_left_alone),
		IN_TREE(files_come_sorted_and_go_when_unmapped),
		IN_TREE(a_file_system_that_does_not_answer_is_asked_again),
	};

	return cmocka_run_group_tests_name("elf_cache", tests, NULL, NULL);
}
